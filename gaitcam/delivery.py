"""Puts all results of one clip into a folder, whole or not at all."""

from dataclasses import dataclass, field
from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.findings.finding import FindingKind
from gaitcam.overlay.people import write_people
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.stills import ReportStills, StillTaker, make_stills, typical_steps
from gaitcam.overlay.timing import video_clock
from gaitcam.placing import (
    LANDMARKS_NAME,
    RESULT_NAMES,
    VIDEO_NAME,
    check_not_replaced,
    move_in,
    workshop,
)
from gaitcam.progress import Progress, silent
from gaitcam.report.write import ReportOptions, write_report
from gaitcam.video.source import checksum

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
    earlier result stays as it was; else nothing of another clip's stays beside the new.  The
    files are readable for their owner alone.  Pictures need the clip itself: they are left out when
    ``analysis`` came from stored landmarks without it.
    """
    options = options or OutputOptions()
    target = Path(folder)
    has_clip = _has_clip(analysis)
    check_writable(target, analysis.video.path if has_clip else None)
    with workshop(target) as made:
        analysis.to_store.save(made / LANDMARKS_NAME)
        people = analysis.landmarks.people
        if has_clip and people:
            write_people(analysis.video, people, made)
        stills, video_from_s = ReportStills(), 0.0
        if has_clip:
            stills, video_from_s = _look(analysis, made, options, progress)
        write_report(
            analysis,
            made,
            stills=stills.contacts,
            moments=stills.moments,
            options=options.report,
            video_name=VIDEO_NAME if has_clip and options.video else None,
            video_clock=video_clock(analysis, options.overlay),
            video_from_s=video_from_s,
        )
        move_in(made, target, [analysis.video.path] if has_clip else [])
    return target


def _look(
    analysis: Analysis, folder: Path, options: OutputOptions, progress: Progress
) -> tuple[ReportStills, float]:
    """Return the most typical landings, and a moment of each finding that judges.

    The annotated video goes into ``folder``, if it is asked for; the stills are then taken
    while the clip is read for it, and it is told at what second of the clip the video begins.
    """
    judged = [f for f in analysis.findings if f.kind is not FindingKind.INFORMATION]
    steps = typical_steps(analysis, STILLS_PER_SIDE)
    if not options.video:
        return make_stills(analysis, steps, judged, options.report.units), 0.0
    taker = StillTaker(analysis, steps, judged, options.report.units)
    path = folder / VIDEO_NAME
    from_s = render_annotated_video(analysis, path, progress, options.overlay, taker.see)
    return taker.taken(), from_s


def _has_clip(analysis: Analysis) -> bool:
    """Tell whether the clip is there; of stored landmarks only a name is known, maybe another's."""
    path = analysis.video.path
    if not path.is_file():
        return False
    return path.parent != Path() or checksum(path) == analysis.video.sha256


def check_writable(folder: Path, clip: Path | None = None, landmarks: Path | None = None) -> None:
    """Raise `OutputError` early when results could not be put into ``folder``.

    Nor may the results replace the ``clip`` or the stored ``landmarks`` that they come from;
    only these have a place among the results, where they are written whole again.
    """
    if clip is not None:
        check_not_replaced(clip, folder)
    if landmarks is not None:
        check_not_replaced(landmarks, folder, set(RESULT_NAMES) - {LANDMARKS_NAME})
    with workshop(folder):
        pass
