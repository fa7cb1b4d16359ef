"""Moments are read off a curve finer than its grid, and only where it shows them."""

import numpy as np
import pytest

from gaitcam.gait.moments import falls_at, highest_at, rises_at, see_leg
from gaitcam.gait.stride_pattern import LAG_S


@pytest.mark.parametrize("true_s", [-0.0312, 0.0, 0.0517])
def test_a_top_is_found_between_grid_points(true_s: float) -> None:
    assert highest_at(-((LAG_S - true_s) ** 2), (-0.1, 0.1)) == pytest.approx(true_s, abs=1e-4)


def test_a_signal_still_rising_at_the_windows_end_has_no_top() -> None:
    assert np.isnan(highest_at(LAG_S, (-0.1, 0.1)))


def test_a_level_is_crossed_between_grid_points_and_in_the_right_direction() -> None:
    assert rises_at(LAG_S, 0.0333, (-0.1, 0.1)) == pytest.approx(0.0333, abs=1e-6)
    assert np.isnan(falls_at(LAG_S, 0.0333, (-0.1, 0.1)))
    assert falls_at(-LAG_S, -0.0333, (-0.1, 0.1)) == pytest.approx(0.0333, abs=1e-6)


def test_unknown_data_have_no_moments() -> None:
    unknown = np.full_like(LAG_S, np.nan)
    assert np.isnan(highest_at(unknown, (-0.1, 0.1)))
    assert np.isnan(rises_at(unknown, 0.0, (-0.1, 0.1)))


def test_angles_of_a_leg_that_hangs_straight_with_the_foot_level() -> None:
    knee, ankle, heel, toe = (0.0, -0.5), (0.0, -1.0), (-0.05, -1.05), (0.2, -1.05)
    place = np.repeat(np.array([*knee, *ankle, *heel, *toe])[:, None], len(LAG_S), axis=1)
    leg = see_leg(place)
    for angle in (leg.thigh, leg.shank, leg.foot, leg.knee):
        assert np.allclose(angle, 0.0)


def test_thigh_and_toe_forward_and_up_are_positive_and_a_bent_knee_is_flexed() -> None:
    knee, ankle, heel, toe = (0.3, -0.4), (0.1, -0.8), (0.05, -0.85), (0.3, -0.75)
    place = np.repeat(np.array([*knee, *ankle, *heel, *toe])[:, None], len(LAG_S), axis=1)
    leg = see_leg(place)
    assert leg.thigh[0] > 0
    assert leg.shank[0] < 0
    assert leg.foot[0] > 0
    assert leg.knee[0] == pytest.approx(leg.thigh[0] - leg.shank[0])
