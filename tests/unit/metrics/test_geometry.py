"""Angles of hand-made triangles, and values between frames."""

import numpy as np
import pytest

from gaitcam.metrics.geometry import (
    bend_deg,
    from_horizontal_deg,
    from_vertical_deg,
    known_part,
    value_at,
    within,
)


def at(x: float, y: float) -> np.ndarray:
    return np.array([[x, y]])


def test_leaning_forward_is_positive() -> None:
    assert from_vertical_deg(at(0, 0), at(1, 1)) == pytest.approx(45.0)
    assert from_vertical_deg(at(0, 0), at(-1, 1)) == pytest.approx(-45.0)


def test_rising_towards_the_front_is_positive() -> None:
    assert from_horizontal_deg(at(0, 0), at(1, 1)) == pytest.approx(45.0)
    assert from_horizontal_deg(at(0, 0), at(1, 0)) == pytest.approx(0.0)


def test_a_straight_limb_has_no_bend_and_a_right_angle_has_ninety() -> None:
    assert bend_deg(at(0, 2), at(0, 1), at(0, 0)) == pytest.approx(0.0)
    assert bend_deg(at(0, 1), at(0, 0), at(1, 0)) == pytest.approx(90.0)


def test_a_value_between_frames_follows_the_curve() -> None:
    time_s = np.arange(10) / 30.0
    assert value_at(time_s**3, time_s, 0.15) == pytest.approx(0.15**3, abs=1e-12)


def test_next_to_a_gap_the_straight_line_serves_and_inside_it_nothing_does() -> None:
    time_s = np.arange(10) / 10.0
    column = 2.0 * time_s
    column[[3, 6, 7]] = np.nan
    assert value_at(column, time_s, 0.45) == pytest.approx(0.9)
    assert np.isnan(value_at(column, time_s, 0.65))


@pytest.mark.parametrize("moment_s", [-0.1, 0.95, float("nan")])
def test_outside_the_clip_nothing_is_known(moment_s: float) -> None:
    time_s = np.arange(10) / 10.0
    assert np.isnan(value_at(time_s, time_s, moment_s))


def test_a_phase_with_an_unknown_end_is_empty() -> None:
    time_s = np.arange(10) / 10.0
    assert within(time_s, 0.2, float("nan")) == slice(0, 0)
    assert time_s[within(time_s, 0.2, 0.4)].tolist() == [0.2, 0.3, 0.4]


def test_a_phase_that_is_mostly_unknown_yields_nothing() -> None:
    assert len(known_part(np.array([1.0, np.nan, np.nan]))) == 0
    assert known_part(np.array([1.0, 2.0, 3.0, 4.0, np.nan])).tolist() == [1, 2, 3, 4]
