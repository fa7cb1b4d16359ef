"""Puts all results of one clip into a folder, whole or not at all."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.errors import OutputError
from gaitcam.findings.finding import FindingKind
from gaitcam.interruption import uninterrupted
from gaitcam.overlay.people import write_people
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.stills import ReportStills, StillTaker, make_stills, typical_steps
from gaitcam.overlay.timing import video_clock
from gaitcam.progress import Progress, silent
from gaitcam.report.write import ReportOptions, write_report
from gaitcam.video.source import checksum

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

    Everything is made in a temporary folder and moved in at the end; when anything fails, an
    earlier result stays as it was.  The files are readable for their owner alone.  Pictures
    need the clip itself: they are left out when ``analysis`` came from stored landmarks
    without it.
    """
    options = options or OutputOptions()
    target = Path(folder)
    has_clip = _has_clip(analysis)
    check_writable(target, analysis.video.path if has_clip else None)
    with _workshop(target) as workshop:
        analysis.landmarks.save(workshop / LANDMARKS_NAME)
        people = analysis.landmarks.people
        if has_clip and people:
            write_people(analysis.video, people, workshop)
        stills = _look(analysis, workshop, options, progress) if has_clip else ReportStills()
        write_report(
            analysis,
            workshop,
            stills=stills.contacts,
            moments=stills.moments,
            options=options.report,
            video_name=VIDEO_NAME if has_clip and options.video else None,
            video_clock=video_clock(analysis, options.overlay),
        )
        _move_in(workshop, target)
    return target


def _look(
    analysis: Analysis, folder: Path, options: OutputOptions, progress: Progress
) -> ReportStills:
    """Return the most typical landings, and a moment of each finding that judges.

    The annotated video goes into ``folder``, if it is asked for; the stills are then taken
    while the clip is read for it.
    """
    judged = [f for f in analysis.findings if f.kind is not FindingKind.INFORMATION]
    steps = typical_steps(analysis, STILLS_PER_SIDE)
    if not options.video:
        return make_stills(analysis, steps, judged, options.report.units)
    taker = StillTaker(analysis, steps, judged, options.report.units)
    path = folder / VIDEO_NAME
    render_annotated_video(analysis, path, progress, options.overlay, taker.see)
    return taker.taken()


def _has_clip(analysis: Analysis) -> bool:
    """Tell whether the clip is there; of stored landmarks only a name is known, maybe another's."""
    path = analysis.video.path
    if not path.is_file():
        return False
    return path.parent != Path() or checksum(path) == analysis.video.sha256


def check_writable(folder: Path, clip: Path | None = None) -> None:
    """Raise `OutputError` early when results could not be put into ``folder``.

    Nor may the results replace the ``clip`` that they come from.
    """
    if clip is not None and clip.absolute() == (folder / VIDEO_NAME).absolute():
        raise OutputError(
            f"{clip} would be replaced by the new annotated video; choose another folder with --out"
        )
    with _workshop(folder):
        pass


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """Yield a private temporary folder on the same disk as ``target``; always removed."""
    name = f".gaitcam-{secrets.token_hex(4)}"
    workshop: Path | None = None
    try:
        workshop = _nearest_folder(target) / name
        workshop.mkdir(mode=0o700)
        yield workshop
    except (OSError, OutputError) as problem:
        if isinstance(problem, OutputError) and not isinstance(problem.__cause__, OSError):
            raise
        raise OutputError(
            f"cannot write to {target} ({_reason(problem)}); earlier results there are unchanged, "
            "choose another folder with --out"
        ) from problem
    finally:
        with uninterrupted():
            if workshop is not None:
                shutil.rmtree(workshop, ignore_errors=True)


def _nearest_folder(target: Path) -> Path:
    """Return ``target``, or the nearest folder above it that is there."""
    absolute = target.absolute()
    for place in (absolute, *absolute.parents):
        try:
            place.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if place.is_dir():
            return place
        break
    raise OutputError(f"{place} is a file; choose another folder with --out")


def _reason(problem: Exception) -> str:
    cause = problem if isinstance(problem, OSError) else problem.__cause__
    return str(getattr(cause, "strerror", None) or problem).lower()


def _move_in(workshop: Path, target: Path) -> None:
    """Move the files of ``workshop`` into ``target``: a new folder at once, else file by file."""
    made = sorted(workshop.rglob("*"))
    for path in made:
        path.chmod(0o700 if path.is_dir() else 0o600)
    _check_no_conflict(made, workshop, target)
    with uninterrupted():
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            workshop.rename(target)
            return
        for path in made:
            place = target / path.relative_to(workshop)
            if path.is_dir():
                place.mkdir(mode=0o700, exist_ok=True)
            else:
                path.replace(place)


def _check_no_conflict(made: list[Path], workshop: Path, target: Path) -> None:
    """Raise `OutputError` before anything is moved where a folder has a result's name."""
    for path in made:
        place = target / path.relative_to(workshop)
        if place.exists() and place.is_dir() != path.is_dir():
            raise OutputError(
                f"{place} is in the way of a result of this name; move it, "
                "or choose another folder with --out"
            )
