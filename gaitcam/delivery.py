"""Puts all results of one clip into a folder, whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.errors import OutputError
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.stills import contact_stills
from gaitcam.overlay.timing import video_clock
from gaitcam.progress import Progress, silent
from gaitcam.report.write import ReportOptions, write_report

VIDEO_NAME = "annotated.mp4"
LANDMARKS_NAME = "landmarks.npz"
STILLS_PER_SIDE = 3


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """What to write: ``video`` the annotated clip; the rest is the report's and overlay's."""

    video: bool = True
    overlay: OverlaySettings = field(default_factory=OverlaySettings)
    report: ReportOptions = field(default_factory=ReportOptions)


def write_outputs(
    analysis: Analysis,
    folder: str | Path,
    options: OutputOptions | None = None,
    progress: Progress = silent,
) -> Path:
    """Write video, tables, report, summary and landmarks into ``folder`` and return it.

    Everything is made in a temporary folder beside it and moved in at the end, file by file;
    when anything fails, an earlier result stays as it was.  Pictures need the clip itself: they
    are left out when ``analysis`` came from stored landmarks without it.
    """
    options = options or OutputOptions()
    target = Path(folder)
    has_clip = analysis.video.path.is_file()
    with _workshop(target) as workshop:
        analysis.landmarks.save(workshop / LANDMARKS_NAME)
        stills = contact_stills(analysis, STILLS_PER_SIDE) if has_clip else ()
        if has_clip and options.video:
            render_annotated_video(analysis, workshop / VIDEO_NAME, progress, options.overlay)
        write_report(
            analysis,
            workshop,
            stills=stills,
            options=options.report,
            video_name=VIDEO_NAME if has_clip and options.video else None,
            video_clock=video_clock(analysis, options.overlay),
        )
        _move_in(workshop, target)
    return target


def check_writable(folder: Path) -> None:
    """Raise `OutputError` early when results could not be put into ``folder``."""
    with _workshop(folder):
        pass


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """Yield a private temporary folder on the same disk as ``target``; always removed."""
    try:
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target} is a file; choose another folder with --out")
        target.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as problem:
        raise OutputError(
            f"cannot write beside {target} ({problem.strerror}); choose another folder with --out"
        ) from None
    try:
        yield workshop
    except OSError as problem:
        raise OutputError(
            f"cannot write the results to {target}: {problem}; earlier results there are unchanged"
        ) from problem
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _move_in(workshop: Path, target: Path) -> None:
    target.mkdir(mode=0o700, exist_ok=True)
    for made in sorted(workshop.rglob("*")):
        if made.is_dir():
            (target / made.relative_to(workshop)).mkdir(mode=0o700, exist_ok=True)
            continue
        made.replace(target / made.relative_to(workshop))
