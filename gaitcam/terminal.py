"""Progress bars and the closing table in the terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from gaitcam.analysis import Analysis
from gaitcam.check.report import CheckReport, Judgement
from gaitcam.errors import printable
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind
from gaitcam.metrics.catalog import SUMMARY_METRICS
from gaitcam.metrics.tables import Estimate
from gaitcam.progress import Progress as Listener
from gaitcam.progress import silent
from gaitcam.units import DisplayUnit, UnitSystem, display_unit

STAGE_LABELS = {
    "pose": "Finding the pose",
    "people": "Telling people apart",
    "pelvis markers": "Following the stickers",
    "video": "Drawing the video",
}
JUDGEMENT_STYLES = {
    Judgement.PASS: "green",
    Judgement.WEAK: "yellow",
    Judgement.FAIL: "bold red",
    Judgement.UNKNOWN: "dim",
}
HEADLINES = (
    "overstride_m",
    "overstride_leg_ratio",
    "trunk_lean_deg",
    "pelvic_tilt_estimate_deg",
    "pelvic_tilt_measured_deg",
    "cadence_spm",
)


class _RateColumn(ProgressColumn):
    """Frames per second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f} frames/s" if speed else "", style="cyan")


@contextmanager
def progress_bars(is_shown: bool) -> Iterator[Listener]:
    """Yield a listener that shows one bar a stage on standard error."""
    if not is_shown:
        yield silent
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def listen(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGE_LABELS.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield listen


def print_summary(
    analysis: Analysis,
    folder: Path,
    units: UnitSystem,
    profile_findings: Sequence[ProfileFinding] = (),
) -> None:
    """Print the headline numbers, in the report's units, and where the results are.

    What the runner's own answers ask to have checked comes before any number.
    """
    console = Console()
    for finding in profile_findings:
        if finding.kind is ProfileKind.RED_FLAG:
            console.print(f"From your answers: {finding.title}.", style="bold", highlight=False)
    table = Table(title=Text(f"{analysis.video.file_name}: running form"), title_justify="left")
    table.add_column("Measure")
    for heading in ("Value", "95 % interval", "Left", "Right"):
        table.add_column(heading, justify="right")
    for row in SUMMARY_METRICS:
        summary, shown = analysis.summary.metrics[row.key], display_unit(row.unit, units)
        if row.key not in HEADLINES or not summary.overall.is_known:
            continue
        whole = summary.overall
        table.add_row(
            row.label,
            shown.text(whole.value),
            f"{shown.number(whole.low)} to {shown.number(whole.high)}",
            _number(summary.left, shown),
            _number(summary.right, shown),
        )
    console.print(table)
    for note in analysis.quality.notes:
        console.print(f"Note: {note}", highlight=False)
    report = printable(str(folder / "report.html"))
    console.print(f"Report: {report}", highlight=False, markup=False, soft_wrap=True)


def print_check(report: CheckReport, name: str) -> None:
    """Print the check of a clip as a table, and how to film better."""
    console = Console()
    table = Table(title=Text(f"{name}: check of the clip"), title_justify="left")
    for heading in ("What", "Found", "Judged", "Why it matters"):
        table.add_column(heading)
    for row in report.rows:
        judged = Text(row.judgement.value, style=JUDGEMENT_STYLES[row.judgement])
        table.add_row(Text(row.label), Text(row.found), judged, Text(row.why))
    console.print(table)
    console.print(report.verdict, highlight=False, markup=False)
    for row in report.rows:
        if row.advice:
            console.print(f"{row.label}: {row.advice}", highlight=False, markup=False)


def _number(estimate: Estimate | None, shown: DisplayUnit) -> str:
    if estimate is None or not estimate.is_known:
        return ""
    return shown.number(estimate.value)
