"""The annotated video: the frames of the source, drawn on and written again."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.errors import VideoError
from gaitcam.overlay.ahead import run_ahead
from gaitcam.overlay.angles import draw_gravity, draw_knee_flexion, draw_trunk_lean
from gaitcam.overlay.canvas import Canvas
from gaitcam.overlay.landing import LandingLayer
from gaitcam.overlay.layer import Layer, Scene, draw_all
from gaitcam.overlay.layout import Box, hidden_share, runner_boxes
from gaitcam.overlay.moment import Story, tell
from gaitcam.overlay.readouts import Unmeasured, choose_readouts, place_panel
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.skeleton import draw_far_limbs, draw_near_limbs, draw_trunk
from gaitcam.overlay.style import Style, style_for
from gaitcam.overlay.timeline import Timeline, make_timeline
from gaitcam.overlay.timing import MOST_PICTURES_HZ, Pace, video_clock
from gaitcam.progress import Progress
from gaitcam.video.info import Frame
from gaitcam.video.memory import give_all_back
from gaitcam.video.planes import ColourCode, Planes
from gaitcam.video.sink import open_sink
from gaitcam.video.source import all_around, read_frames

STAGE = "video"
FRAMES_AHEAD = 7  # fewer leave cores idle, more bring nothing (docs/PERFORMANCE.md)
BODY_LAYERS: tuple[Layer, ...] = (
    draw_far_limbs,
    draw_gravity,
    draw_trunk,
    draw_near_limbs,
    draw_trunk_lean,
    draw_knee_flexion,
)


@dataclass(frozen=True, slots=True, eq=False)
class Renderer:
    """Draws the frames of one clip; all that does not change is made once."""

    story: Story
    settings: OverlaySettings
    style: Style
    layers: tuple[Layer, ...]
    floor: int

    def draw(self, frame: Frame, planes: Planes, code: ColourCode) -> None:
        """Write what goes into the video for ``frame`` into ``planes``, of the video's size.

        Their numbers mean what ``code`` says, the code of the clip's first frame.
        """
        width, _ = planes.size
        annotated = planes
        if self.settings.side_by_side:
            frame.write(planes.columns(0, width // 2), code)
            annotated = planes.columns(width // 2, width)
        frame.write(annotated, code)
        canvas = Canvas.of_planes(annotated, code)
        scene = Scene(canvas, self.story.analysis.view, self.style, self.floor)
        draw_all(self.layers, scene, self.story.at(frame.index, frame.time_s))


def make_renderer(analysis: Analysis, settings: OverlaySettings) -> Renderer:
    """Return the renderer of a clip, with its panels where they hide least of the runner."""
    width, height = analysis.video.width, analysis.video.height
    style = style_for(width, height, analysis.view.leg_length_px)
    runner = runner_boxes(analysis.keypoints)
    timeline = _place_timeline(make_timeline(analysis, style, width), height, runner)
    free = _beside(timeline, style, width, height)
    panel = place_panel(choose_readouts(analysis, settings.units), style, free, runner)
    absence = Unmeasured(int(free.left), int(free.top))
    layers: list[Layer] = [*BODY_LAYERS, LandingLayer(settings.hold_s), timeline, absence]
    if panel is not None:
        layers.append(panel)
    floor = timeline.top if _is_below(timeline, height) else height
    return Renderer(tell(analysis, settings.units), settings, style, tuple(layers), floor)


def _place_timeline(timeline: Timeline, height: int, runner: FloatArray) -> Timeline:
    """Return the timeline at the bottom of the picture, or at the top if it hid less there."""
    at_top = timeline
    at_bottom = timeline.moved(timeline.left, height - timeline.top - timeline.height)
    hides_less = hidden_share(at_top.box, runner) < hidden_share(at_bottom.box, runner)
    return at_top if hides_less else at_bottom


def _beside(timeline: Timeline, style: Style, width: int, height: int) -> Box:
    """Return the part of the picture that the timeline leaves free, without margins."""
    margin, taken = style.margin, timeline.height + style.margin // 2
    if _is_below(timeline, height):
        return Box(margin, margin, width - margin, timeline.top - style.margin // 2)
    return Box(margin, margin + taken, width - margin, height - margin)


def _is_below(timeline: Timeline, height: int) -> bool:
    return 2 * timeline.top > height


def render_annotated_video(
    analysis: Analysis,
    path: Path,
    progress: Progress,
    settings: OverlaySettings | None = None,
    watch: Callable[[Frame], None] | None = None,
) -> float:
    """Write the annotated video of ``analysis`` to ``path`` (H.264, the source's size and times).

    Returns when the source shows the frame with which it begins [s].
    It has every frame of the source, up to 120 a second of playing time (see `Pace`); where the
    source cannot be read beside the part in which the pose was seen, those that can be.  The source
    is read again from ``analysis.video.path``; ``watch`` is shown every frame of it, in order,
    before it is drawn.  Reading, drawing and coding run in a thread each; a few
    frames are held at a time.  Raises `VideoError` when the source has gone and `OutputError`
    when ``path`` cannot be written.
    """
    chosen = settings or OverlaySettings()
    video = analysis.video
    pictures = 2 if chosen.side_by_side else 1
    width = pictures * (video.width - video.width % 2)
    clock = video_clock(analysis, chosen)
    renderer = make_renderer(analysis, chosen)
    give_all_back()
    frames = run_ahead(_frames_to_show(analysis), FRAMES_AHEAD)
    first = next(frames)
    rate_hz = min(video.container_rate_hz, MOST_PICTURES_HZ)
    pace = Pace()
    with open_sink(path, width, video.height, rate_hz, first.code) as sink:
        for done, frame in enumerate(chain([first], frames), start=1):
            if watch is not None:
                watch(frame)
            shown_s = clock(frame.shown_s) if clock else frame.shown_s
            if pace.takes(shown_s):
                page = sink.page()
                renderer.draw(frame, page.planes, first.code)
                sink.append(page, shown_s)
            progress(STAGE, done, video.frame_count)
    return first.shown_s


def _frames_to_show(analysis: Analysis) -> Iterator[Frame]:
    """Yield all frames of the clip; where it cannot be read beside the part seen, what can be.

    There it may be damaged, or its clock leap, though a part was chosen and measured well.
    """
    video, seen_s = analysis.video, analysis.to_store.shown_s
    first_s, end_s = float(seen_s[0]), float(seen_s[-1])
    part = replace(analysis.settings.video, start_s=first_s, end_s=end_s)
    wanted, last_s = all_around(video, part), -math.inf
    try:
        for frame in read_frames(video, wanted):
            last_s = frame.shown_s
            yield frame
    except VideoError:
        if last_s >= end_s:
            return
    else:
        return
    rest = replace(wanted, start_s=max(first_s, math.nextafter(last_s, math.inf)))
    try:
        for frame in read_frames(video, rest):
            last_s = frame.shown_s
            yield frame
    except VideoError:
        if last_s < end_s:
            raise
