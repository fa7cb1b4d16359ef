"""Writes everything that one analysis says: tables, summary, page and text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.findings.profile_finding import ProfileFinding
from gaitcam.report.csv_tables import write_tables
from gaitcam.report.html import MomentStill, PageMedia, Still, render_page, render_text
from gaitcam.report.summary_json import summarise, write_summary
from gaitcam.units import UnitSystem

PAGE_FILE = "report.html"
TEXT_FILE = "report.md"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the report shows.

    ``units`` is metric or imperial; ``plots`` asks for figures as files too;
    ``profile_findings`` is what the runner's own answers gave.
    """

    units: UnitSystem = UnitSystem.METRIC
    plots: bool = False
    profile_findings: tuple[ProfileFinding, ...] = ()


def write_report(
    analysis: Analysis,
    folder: Path,
    *,
    stills: Sequence[Still] = (),
    moments: Sequence[MomentStill] = (),
    options: ReportOptions | None = None,
    video_name: str | None = "annotated.mp4",
    video_clock: Callable[[float], float] | None = None,
    video_from_s: float = 0.0,
) -> tuple[Path, ...]:
    """Write the tables, summary.json, report.html and report.md into ``folder``.

    ``stills`` are landings, ``moments`` show one finding each.
    ``video_name`` is the annotated video beside the page, None if there is none;
    ``video_clock`` tells when that video shows a moment of the file's clock, if it is slowed;
    ``video_from_s`` with which moment of the file's clock it begins.
    Returns the paths that were written.
    """
    options = options or ReportOptions()
    summary = summarise(analysis, options.profile_findings)
    media = PageMedia(tuple(stills), video_name, video_clock, tuple(moments), video_from_s)
    written = [*write_tables(analysis, folder), write_summary(summary, folder)]
    page = render_page(analysis, summary, media, options.profile_findings, options.units)
    text = render_text(analysis, summary, options.profile_findings, options.units)
    for name, content in ((PAGE_FILE, page), (TEXT_FILE, text)):
        path = folder / name
        path.write_text(content, encoding="utf-8")
        written.append(path)
    if options.plots:
        from gaitcam.report.plots import write_plots  # matplotlib takes a second to load

        written += write_plots(analysis, summary, folder)
    return tuple(written)
