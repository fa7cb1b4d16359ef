"""Lines at sub-pixel places."""

from itertools import pairwise

import numpy as np
import pytest

from gaitcam.overlay.canvas import Canvas
from gaitcam.overlay.strokes import arc, dashed, dashes, dots, stroke, wedge
from gaitcam.overlay.style import WHITE

BACKGROUND = 90


def a_picture() -> np.ndarray:
    return np.full((80, 120, 3), BACKGROUND, dtype=np.uint8)


def is_untouched(image: np.ndarray) -> bool:
    return bool((image == BACKGROUND).all())


def test_a_line_with_a_missing_end_is_not_drawn_but_its_known_part_is() -> None:
    image = a_picture()
    stroke(Canvas.of_rgb(image), [np.array([[10.0, 10.0], [np.nan, np.nan]])], WHITE, 3)
    assert is_untouched(image)
    stroke(
        Canvas.of_rgb(image), [np.array([[10.0, 10.0], [30.0, 10.0], [np.nan, np.nan]])], WHITE, 3
    )
    assert image[10, 20, 0] == 255


def test_points_far_outside_do_not_wrap_around_into_the_picture() -> None:
    image = a_picture()
    stroke(Canvas.of_rgb(image), [np.array([[1e9, 10.0], [1e9, 50.0]])], WHITE, 3)
    dots(Canvas.of_rgb(image), np.array([[-1e9, 3.0]]), 5.0, WHITE, 2)
    assert is_untouched(image)


@pytest.mark.parametrize("shift", [0.25, 0.5, 0.75])
def test_lines_move_by_parts_of_a_pixel(shift: float) -> None:
    def centre(x: float) -> float:
        image = np.zeros((80, 120, 3), dtype=np.uint8)
        stroke(Canvas.of_rgb(image), [np.array([[x, 10.0], [x, 70.0]])], WHITE, 3)
        light = image[40, :, 0].astype(float)
        return float((light * np.arange(120)).sum() / light.sum())

    assert centre(60.0 + shift) - centre(60.0) == pytest.approx(shift, abs=0.13)


def test_dashes_start_and_end_with_the_line_and_leave_gaps() -> None:
    pieces = dashes(np.array([[0.0, 0.0], [100.0, 0.0]]), dash=10.0)
    assert pieces[0][0] == pytest.approx([0.0, 0.0])
    assert pieces[-1][1] == pytest.approx([100.0, 0.0])
    gaps = [b[0, 0] - a[1, 0] for a, b in pairwise(pieces)]
    assert min(gaps) > 4.0
    image = a_picture()
    dashed(Canvas.of_rgb(image), [np.array([[10.0, 40.0], [110.0, 40.0]])], WHITE, 3, 14.0)
    assert (image[40, 10:110, 0] == BACKGROUND).any()


def test_a_short_line_is_one_dash() -> None:
    assert len(dashes(np.array([[0.0, 0.0], [3.0, 0.0]]), dash=10.0)) == 1


def test_an_arc_goes_the_short_way_between_two_directions() -> None:
    up, right = np.array([0.0, -1.0]), np.array([5.0, 0.0])
    points = arc(np.array([50.0, 50.0]), 20.0, up, right)
    assert points[0] == pytest.approx([50.0, 30.0])
    assert points[-1] == pytest.approx([70.0, 50.0])
    assert np.hypot(*(points - 50.0).T) == pytest.approx(np.full(len(points), 20.0))
    assert (points[:, 0] >= 50.0 - 1e-9).all()


def test_a_wedge_tints_its_inside_alone() -> None:
    image = a_picture()
    wedge(Canvas.of_rgb(image), np.array([[20.0, 20.0], [60.0, 20.0], [20.0, 60.0]]), WHITE, 0.5)
    assert int(image[30, 30, 0]) == pytest.approx(172, abs=2)
    assert image[55, 55, 0] == BACKGROUND


def test_a_wedge_outside_the_picture_draws_nothing() -> None:
    image = a_picture()
    wedge(Canvas.of_rgb(image), np.array([[-50.0, 20.0], [-20.0, 20.0], [-20.0, 60.0]]), WHITE, 0.5)
    wedge(Canvas.of_rgb(image), np.full((3, 2), np.nan), WHITE, 0.5)
    assert is_untouched(image)
