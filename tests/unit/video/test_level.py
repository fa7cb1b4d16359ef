"""Roll and pitch from drawn walls, and none from chance lines."""

import cv2
import numpy as np
import pytest

from gaitcam.video.info import focal_length_px
from gaitcam.video.level import expected_tilt_deg, find_steep_lines, fit_level

SIZE = (1280, 720)


def walls(roll_deg: float, pitch_deg: float) -> np.ndarray:
    """Return lines (n, 4) as verticals in the world look to a turned camera."""
    grid = np.stack(np.meshgrid(np.linspace(-600, 600, 9), np.linspace(-300, 300, 4)), -1)
    middle = grid.reshape(-1, 2)
    tilt = np.radians(expected_tilt_deg(middle, roll_deg, pitch_deg, focal_length_px(SIZE)))
    half = 60 * np.stack([np.sin(tilt), -np.cos(tilt)], axis=1)
    centre = np.array(SIZE) / 2
    return np.concatenate([middle + centre - half, middle + centre + half], axis=1)


@pytest.mark.parametrize(("roll_deg", "pitch_deg"), [(0, 0), (3, 0), (0, 6), (-2, -12)])
def test_lines_of_a_wall_tell_roll_and_pitch(roll_deg: float, pitch_deg: float) -> None:
    level = fit_level(walls(roll_deg, pitch_deg), SIZE)
    assert level.roll_deg == pytest.approx(roll_deg, abs=0.05)
    assert level.pitch_deg == pytest.approx(pitch_deg, abs=0.2)


def test_slanting_lines_among_the_walls_do_not_turn_the_result() -> None:
    random = np.random.default_rng(5)
    start = random.uniform((0, 0), SIZE, (15, 2))
    slanting = np.concatenate([start, start + random.uniform((5, 40), (25, 90), (15, 2))], axis=1)
    level = fit_level(np.concatenate([walls(1.5, 0), slanting]), SIZE)
    assert level.roll_deg == pytest.approx(1.5, abs=0.15)


def test_a_few_chance_lines_are_not_believed() -> None:
    random = np.random.default_rng(6)
    start = random.uniform((0, 0), SIZE, (6, 2))
    lines = np.concatenate([start, start + random.uniform((-8, 30), (8, 50), (6, 2))], axis=1)
    assert not fit_level(lines, SIZE).is_known
    assert not fit_level(np.empty((0, 4)), SIZE).is_known


def test_lines_are_found_in_a_drawn_picture() -> None:
    picture = np.full((720, 1280), 200, np.uint8)
    for x in range(100, 1200, 150):
        cv2.rectangle(picture, (x, 100), (x + 60, 600), 60, -1)
    level = fit_level(find_steep_lines(picture), SIZE)
    assert (level.roll_deg, level.pitch_deg) == pytest.approx((0.0, 0.0), abs=0.05)
