from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.findings.finding import FindingKind
from gaitcam.report.write import ReportOptions, write_report

FILES = {"frames.csv", "steps.csv", "columns.csv", "summary.json", "report.html", "report.md"}


def test_all_files_are_written_and_returned(analysis: Analysis, tmp_path: Path) -> None:
    paths = write_report(analysis, tmp_path)
    assert {path.name for path in paths} == FILES
    assert all(path.stat().st_size > 0 for path in paths)
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_figures_are_written_on_request(analysis: Analysis, tmp_path: Path) -> None:
    paths = write_report(analysis, tmp_path, options=ReportOptions(plots=True))
    assert (tmp_path / "plots" / "gait_cycle.svg") in paths


def test_the_page_is_small(analysis: Analysis, tmp_path: Path) -> None:
    write_report(analysis, tmp_path)
    assert (tmp_path / "report.html").stat().st_size < 2_000_000


def test_the_text_report_tells_advice_one_may_take_from_what_to_change(
    analysis: Analysis, tmp_path: Path
) -> None:
    write_report(analysis, tmp_path)
    findings = (tmp_path / "report.md").read_text(encoding="utf-8").partition("## Findings")[2]
    advised = [finding for finding in analysis.findings if finding.advice]
    assert {finding.kind for finding in advised} >= {FindingKind.INFORMATION}
    for finding in advised:
        is_change = finding.kind is FindingKind.CHANGE
        heading = "What to do" if is_change else "If you want to work on it"
        section = findings.partition(f"### {finding.title}\n")[2].partition("\n### ")[0]
        assert f"\n\n{heading}:\n\n1. {finding.advice[0].text}" in section
