"""What is drawn on planes looks like the same drawn in RGB."""

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame

from gaitcam.analysis import Analysis
from gaitcam.overlay.canvas import RGB, Canvas, painted, plane_inks
from gaitcam.overlay.landing import LandingLayer
from gaitcam.overlay.layer import Layer, Scene
from gaitcam.overlay.layout import Box
from gaitcam.overlay.moment import Moment, tell
from gaitcam.overlay.readouts import choose_readouts, place_panel
from gaitcam.overlay.render import BODY_LAYERS
from gaitcam.overlay.sprites import lay, pill
from gaitcam.overlay.style import INK, NEAR, WHITE, style_for
from gaitcam.overlay.timeline import make_timeline
from gaitcam.video.planes import STANDARD, ColourCode, Planes
from tests.running import HEIGHT, WIDTH
from tests.unit.overlay.drawing import VIEW

STYLE = style_for(WIDTH, HEIGHT, VIEW.leg_length_px)
GROUND = (60, 140, 90)


def panel_layer(analysis: Analysis) -> Layer:
    panel = place_panel(
        choose_readouts(analysis),
        STYLE,
        Box(16, 16, WIDTH - 16, HEIGHT - 80),
        np.empty((0, 4)),
    )
    assert panel is not None
    return panel


LAYERS = (*BODY_LAYERS, LandingLayer(0.3), "timeline", "panel")


def moment_of(analysis: Analysis) -> Moment:
    frame = round(analysis.steps[2].contact_s * 60)
    return tell(analysis).at(frame, frame / 60)


def coded(image: np.ndarray, code: ColourCode) -> Planes:
    """Return an RGB picture in planes, by arithmetic alone."""
    planes = Planes.of(VideoFrame(WIDTH, HEIGHT, "yuv420p"))
    whole = cv2.transform(image, code.from_rgb())
    half = cv2.resize(whole, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    planes.brightness[:], planes.blue[:], planes.red[:] = whole[..., 0], half[..., 1], half[..., 2]
    return planes


@pytest.mark.parametrize("code", [STANDARD, ColourCode(matrix=1)])
@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_looks_the_same_in_rgb_and_in_planes(
    analysis: Analysis, layer: Layer | str, code: ColourCode
) -> None:
    if layer == "timeline":
        layer = make_timeline(analysis, STYLE, WIDTH)
    elif layer == "panel":
        layer = panel_layer(analysis)
    assert not isinstance(layer, str)
    image = np.full((HEIGHT, WIDTH, 3), GROUND, np.uint8)
    before, planes = coded(image, code), coded(image, code)
    layer(Scene(Canvas.of_rgb(image), VIEW, STYLE, HEIGHT), moment_of(analysis))
    layer(Scene(Canvas.of_planes(planes, code), VIEW, STYLE, HEIGHT), moment_of(analysis))
    expected = coded(image, code)
    changed = expected.brightness != before.brightness
    assert changed.any()
    away = [np.abs(a.astype(int) - b) for a, b in zip(planes.parts, expected.parts, strict=True)]
    assert away[0].max() <= 6  # brightness: exactly but for rounding
    light = changed & (expected.brightness > 60)  # what is dark hardly shows its colour
    coloured = light[::2, ::2] & light[1::2, 1::2]
    for part in away[1:]:
        # Of 224: odd widths are rounded up, so that thin lines are less pale than by halving.
        assert part[coloured].mean() < 16


def test_nothing_but_the_drawing_is_touched() -> None:
    image = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    planes, before = coded(image, STANDARD), coded(image, STANDARD)
    lay(Canvas.of_planes(planes, STANDARD), pill("29 cm", 24), 101, 57)
    for part, old, scale in zip(planes.parts, before.parts, (1, 2, 2), strict=True):
        rows, columns = np.nonzero(part != old)
        assert scale * rows.min() + 1 >= 57
        assert scale * columns.min() + 1 >= 101
        assert scale * rows.max() < 57 + 40
        assert scale * columns.max() < 101 + 120


@pytest.mark.parametrize("corner", [(-20, -10), (1270, 700), (0, -25), (-300, 0), (5000, 5000)])
def test_what_sticks_out_of_the_planes_is_cut(corner: tuple[int, int]) -> None:
    planes = coded(np.full((HEIGHT, WIDTH, 3), 90, np.uint8), STANDARD)
    lay(Canvas.of_planes(planes, STANDARD), pill("29 cm", 24), *corner)


def test_colours_have_their_own_numbers_in_each_code() -> None:
    assert painted(NEAR, RGB) == NEAR
    assert [painted(WHITE, ink) for ink in plane_inks(STANDARD)] == [(235,), (128,), (128,)]
    other = plane_inks(ColourCode(matrix=1))
    assert painted(NEAR, other[2]) != painted(NEAR, plane_inks(STANDARD)[2])
    assert painted(INK, plane_inks(STANDARD)[0])[0] < 40
