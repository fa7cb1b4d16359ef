"""Text and panels as small transparent pictures."""

import numpy as np
import pytest

from gaitcam.overlay.canvas import RGB, Canvas, Ink, plane_inks
from gaitcam.overlay.sprites import (
    clear,
    coded,
    cut,
    faded,
    lay,
    panel,
    pill,
    put,
    stacked,
    text,
    text_width,
)
from gaitcam.overlay.style import NEAR, WHITE
from gaitcam.video.planes import STANDARD


def a_picture() -> np.ndarray:
    return np.full((60, 200, 3), 90, dtype=np.uint8)


def test_text_shows_in_its_colour_and_leaves_its_surroundings() -> None:
    image = a_picture()
    lay(Canvas.of_rgb(image), text("160", 30, WHITE), 10, 10)
    assert image.max() > 240
    assert (image[:, 150:] == 90).all()


def test_figures_are_equally_wide_so_that_running_numbers_stand_still() -> None:
    assert text_width("111", 36) == text_width("888", 36)


@pytest.mark.parametrize("corner", [(-20, -10), (190, 50), (0, -25), (-300, 0), (500, 500)])
def test_what_sticks_out_of_the_picture_is_cut(corner: tuple[int, int]) -> None:
    lay(Canvas.of_rgb(a_picture()), pill("29 cm", 24), *corner)


def test_a_sprite_faded_to_nothing_changes_nothing() -> None:
    image = a_picture()
    lay(Canvas.of_rgb(image), faded(pill("29 cm", 24), 0.0), 10, 10)
    assert (image == 90).all()


def test_a_half_opaque_panel_is_half_way_between_picture_and_panel() -> None:
    image = a_picture()
    lay(Canvas.of_rgb(image), panel(40, 30, 4, (200, 0, 90), 0.5), 10, 10)
    assert image[25, 30] == pytest.approx([145, 45, 90], abs=1)


def test_corners_are_round_and_smooth() -> None:
    image = a_picture()
    lay(Canvas.of_rgb(image), panel(40, 30, 10, WHITE, 1.0), 10, 10)
    assert image[10, 10, 0] == 90
    assert image[10, 30, 0] == 255
    assert len(np.unique(image[10:20, 10:20, 0])) > 5


def test_stacking_looks_like_laying_one_after_the_other() -> None:
    ground, label = panel(80, 40, 5, (10, 20, 30), 0.6), text("7°", 24)
    one, two = a_picture(), a_picture()
    lay(Canvas.of_rgb(one), stacked(ground, (label, 10, 5)), 20, 10)
    lay(Canvas.of_rgb(two), ground, 20, 10)
    lay(Canvas.of_rgb(two), label, 30, 15)
    assert np.abs(one.astype(int) - two).max() <= 2


@pytest.mark.parametrize("ink", [RGB, *plane_inks(STANDARD)])
def test_a_part_put_in_place_looks_like_stacking(ink: Ink) -> None:
    ground, label = panel(81, 41, 5, (200, 20, 90), 0.6), text("7°", 24, NEAR)
    changed = stacked(ground, (text("8", 24), 53, 7))
    coded(changed, ink)
    put(changed, stacked(cut(ground, 52, 6, 90, 60), (label, 3, 2)), 52, 6)
    expected = coded(stacked(ground, (label, 55, 8)), ink)
    for part, other in zip(coded(changed, ink), expected, strict=True):
        assert np.array_equal(part, other)


def test_a_clear_sprite_is_invisible() -> None:
    image = a_picture()
    lay(Canvas.of_rgb(image), clear(50, 50), 0, 0)
    assert (image == 90).all()
