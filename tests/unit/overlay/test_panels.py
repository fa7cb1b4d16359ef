"""The timeline and the read-outs: what they show and where they go."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from av.video.frame import VideoFrame

from gaitcam.analysis import Analysis
from gaitcam.overlay.canvas import Canvas
from gaitcam.overlay.layer import Scene
from gaitcam.overlay.layout import OUTLINE, Box, hidden_share, runner_boxes
from gaitcam.overlay.moment import tell
from gaitcam.overlay.readouts import Panel, Unmeasured, choose_readouts, place_panel
from gaitcam.overlay.render import Renderer, make_renderer
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.sprites import Sprite
from gaitcam.overlay.style import FAR, NEAR, WHITE, style_for
from gaitcam.overlay.timeline import Strip, make_timeline, scrolled
from gaitcam.units import UnitSystem
from gaitcam.video.info import Frame
from gaitcam.video.planes import STANDARD, Planes
from tests.running import HEIGHT, WIDTH
from tests.unit.overlay.drawing import VIEW, image_of, is_colour

STYLE = style_for(WIDTH, HEIGHT, VIEW.leg_length_px)
GREY = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
PICTURE = Box(16, 16, WIDTH - 16, HEIGHT - 80)


def drawn(renderer: Renderer, frame: Frame, pictures: int = 1) -> np.ndarray:
    """Return the brightness of what goes into the video, ``pictures`` wide."""
    stored = VideoFrame(pictures * WIDTH, HEIGHT, "yuv420p")
    planes = Planes.of(stored)
    renderer.draw(frame, planes, STANDARD)
    return planes.brightness.copy()


def test_each_contact_is_a_bar_as_long_as_the_foot_is_down(
    analysis: Analysis, scene: Scene
) -> None:
    timeline = make_timeline(analysis, STYLE, WIDTH)
    timeline(scene, tell(analysis).at(179, 2.98))
    near_rows = is_colour(image_of(scene), NEAR)[:, timeline.left + timeline.window[0] :]
    painted = near_rows.any(axis=0).sum() / timeline.px_per_s
    near_steps = [s for s in analysis.steps if s.side is VIEW.near_side]
    down_s = sum(s.toe_off_s - s.contact_s for s in near_steps if np.isfinite(s.toe_off_s))
    assert painted == pytest.approx(down_s, abs=0.06)
    assert is_colour(image_of(scene), FAR).any()


def test_what_was_not_measured_says_so(analysis: Analysis) -> None:
    renderer = make_renderer(analysis, OverlaySettings())
    story = renderer.story
    absence = next(layer for layer in renderer.layers if isinstance(layer, Unmeasured))
    scene = Scene(Canvas.of_rgb(GREY.copy()), VIEW, STYLE, HEIGHT)
    absence(scene, story.at(100, 1.67))
    assert np.array_equal(image_of(scene), GREY)
    absence(scene, story.at(100_000, 1667.0))
    assert is_colour(image_of(scene), WHITE).any()


def test_the_playhead_moves_with_time(analysis: Analysis, scene: Scene) -> None:
    timeline = make_timeline(analysis, STYLE, WIDTH)

    def playhead(time_s: float) -> float:
        image_of(scene)[:] = 90
        timeline(scene, tell(analysis).at(round(time_s * 60), time_s))
        inside = image_of(scene)[timeline.top + 3, timeline.left + timeline.window[0] :]
        return float(np.flatnonzero((inside[: timeline.window[1]] == WHITE).all(axis=1)).mean())

    assert playhead(2.0) - playhead(1.0) == pytest.approx(timeline.px_per_s, abs=1.5)


def test_a_long_clip_scrolls_under_a_playhead_in_the_middle() -> None:
    assert scrolled(now=10.0, width=100, length=1000) == 0
    assert scrolled(now=500.0, width=100, length=1000) == 450
    assert scrolled(now=990.0, width=100, length=1000) == 900


def test_a_short_clip_does_not_scroll() -> None:
    assert {scrolled(now, 100, 100) for now in (0.0, 50.0, 100.0)} == {0}


@pytest.mark.parametrize(("duration_s", "scrolls"), [(3.0, False), (60.0, True), (7200.0, True)])
def test_bars_keep_a_readable_width(analysis: Analysis, duration_s: float, scrolls: bool) -> None:
    video = replace(analysis.video, duration_s=duration_s)
    timeline = make_timeline(replace(analysis, video=video), STYLE, WIDTH)
    assert (timeline.strip.length > timeline.window[1]) is scrolls


def test_a_picture_without_room_for_the_timeline_is_drawn_all_the_same(
    analysis: Analysis, scene: Scene
) -> None:
    timeline = make_timeline(analysis, STYLE, 60)
    assert timeline(scene, tell(analysis).at(100, 1.67)) is scene


def test_a_stretch_of_the_strip_is_a_part_of_the_whole() -> None:
    shades = np.random.default_rng(2).integers(0, 255, (4, 1000, 3), np.uint8)

    def draw(first: int, last: int) -> Sprite:
        return Sprite(shades[:, first:last], shades[:, first:last])

    strip = Strip(1000, 75, draw)
    for column in (0, 70, 76, 500, 925, 3):
        stretch = strip.around(column)
        inside = column - stretch.first
        assert stretch.played.width <= 2 * 76
        shown = stretch.played.colour[:, inside : inside + 75]
        assert np.array_equal(shown, shades[:, column : column + 75])


def test_frames_that_were_not_analysed_show_no_runner(analysis: Analysis) -> None:
    renderer = make_renderer(analysis, OverlaySettings())
    brightness = drawn(renderer, Frame(index=9999, time_s=1.0, shown_s=1.0, picture=GREY))
    changed = brightness != brightness[HEIGHT // 2, WIDTH // 2]
    assert changed.any()
    assert not changed[HEIGHT // 4 : HEIGHT - HEIGHT // 4].any()


def test_beside_the_drawing_the_source_is_as_it_was(analysis: Analysis) -> None:
    renderer = make_renderer(analysis, OverlaySettings(side_by_side=True))
    both = drawn(renderer, Frame(30, 0.5, 0.5, GREY), pictures=2)
    assert (both[:, :WIDTH] == both[0, 0]).all()
    assert (both[:, WIDTH:] != both[0, 0]).any()


def test_read_outs_name_their_units(analysis: Analysis) -> None:
    units = {readout.label: readout.beside for readout in choose_readouts(analysis)}
    assert units["Cadence"] == "steps/min"
    assert units["Foot ahead"] == "cm"
    assert units["Contact time"] == "ms"


def test_lengths_are_in_inches_where_they_are_asked_for(analysis: Analysis) -> None:
    overstride = choose_readouts(analysis, UnitSystem.IMPERIAL)[1]
    in_inches = analysis.summary.value("overstride_m") / 0.0254
    assert (overstride.beside, overstride.note) == ("in", f"whole run {in_inches:.1f} in")


def test_without_a_scale_overstride_is_in_percent_of_the_leg(analysis: Analysis) -> None:
    track = analysis.keypoints
    unscaled = replace(track, view=replace(VIEW, m_per_px=float("nan")))
    readouts = choose_readouts(replace(analysis, keypoints=unscaled))
    assert next(r.beside for r in readouts if r.label == "Foot ahead") == "% of leg"


def test_an_unknown_number_is_a_dash_and_never_zero(analysis: Analysis) -> None:
    before_first_contact = tell(analysis).at(0, 0.0)
    overstride = choose_readouts(analysis)[1]
    assert overstride.words(before_first_contact) == "–"


def test_the_whole_run_stands_below_as_in_the_summary(analysis: Analysis) -> None:
    cadence = choose_readouts(analysis)[0]
    assert cadence.note == f"whole run {analysis.summary.value('cadence_spm'):.0f}"


@pytest.mark.parametrize(
    "runner",
    [
        Box(400, 200, 800, 640),  # room above
        Box(500, 0, 800, 640),  # fills the height: room at the sides
        Box(0, 0, 900, 640),  # room at the right alone
        Box(260, 0, 1280, 640),  # room at the left alone
    ],
)
def test_the_read_outs_go_where_the_runner_is_not(analysis: Analysis, runner: Box) -> None:
    boxes = np.array([[runner.left, runner.top, runner.right, runner.bottom]])
    panel = place_panel(choose_readouts(analysis), STYLE, PICTURE, boxes)
    assert panel is not None
    assert hidden_share(panel.box(panel.left, panel.top), boxes) < 0.01


def test_read_outs_are_given_up_where_there_is_no_room(analysis: Analysis) -> None:
    readouts = choose_readouts(analysis)
    narrow = place_panel(readouts, STYLE, Box(0, 0, 320, 100), np.empty((0, 4)))
    assert narrow is not None
    assert [cell.readout.label for cell in narrow.cells] == ["Cadence"]
    assert place_panel(readouts, STYLE, Box(0, 0, 50, 50), np.empty((0, 4))) is None


def coloured(panel: Panel, times_s: Sequence[float], analysis: Analysis) -> Planes:
    """Return the last of the pictures that a panel is drawn on, one after the other."""
    for time_s in times_s:
        planes = Planes.of(VideoFrame(WIDTH, HEIGHT, "yuv420p"))
        for part in planes.parts:
            part[:] = 90
        scene = Scene(Canvas.of_planes(planes, STANDARD), VIEW, STYLE, HEIGHT)
        panel(scene, tell(analysis).at(round(time_s * 60), time_s))
    return planes


@pytest.mark.parametrize("picture", [PICTURE, Box(16, 16, 500, HEIGHT - 80)], ids=["row", "column"])
def test_a_panel_whose_values_change_looks_as_if_made_anew(
    analysis: Analysis, picture: Box
) -> None:
    def panel() -> Panel:
        placed = place_panel(choose_readouts(analysis), STYLE, picture, np.empty((0, 4)))
        assert placed is not None
        return placed

    changed = coloured(panel(), (0.0, 0.5, 1.0, 1.9, 2.9), analysis)
    anew = coloured(panel(), (2.9,), analysis)
    other = coloured(panel(), (0.0,), analysis)
    for part, expected in zip(changed.parts, anew.parts, strict=True):
        assert np.array_equal(part, expected)
    assert not np.array_equal(other.brightness, anew.brightness)


def test_the_timeline_leaves_the_feet_free(analysis: Analysis) -> None:
    for lift, is_at_bottom in ((100.0, True), (-30.0, False)):  # the feet reach down to 664 px
        track = replace(analysis.keypoints, image_px=analysis.keypoints.image_px - (0.0, lift))
        renderer = make_renderer(replace(analysis, keypoints=track), OverlaySettings())
        assert (renderer.floor < HEIGHT) is is_at_bottom


def test_the_runners_box_reaches_over_the_head_and_below_the_soles(analysis: Analysis) -> None:
    boxes = runner_boxes(analysis.keypoints)
    points = analysis.keypoints.image_px[:, OUTLINE]
    assert boxes[:, 1].min() < points[..., 1].min() - 20
    assert boxes[:, 3].max() > points[..., 1].max()
