"""How far a value may be judged follows from its interval and its steps."""

import math

import numpy as np
import pytest

from gaitcam.findings.finding import ReferenceRange
from gaitcam.findings.judging import (
    furthest_out,
    is_too_close,
    is_too_thin,
    is_within_error,
    moments_of_both_sides,
    moments_that_show,
    nearer_edge,
    place_of,
    sureness,
)
from gaitcam.findings.rules import Place
from gaitcam.metrics.tables import Estimate
from tests.summaries import STEP_S, steps_of

BAND = ReferenceRange(0.0, 10.0, "deg", "a study")


def test_places() -> None:
    assert [place_of(v, BAND) for v in (-1.0, 0.0, 10.0, 11.0)] == [
        Place.BELOW,
        Place.INSIDE,
        Place.INSIDE,
        Place.ABOVE,
    ]
    assert place_of(3.0, None) is Place.NO_RANGE


@pytest.mark.parametrize(
    ("low", "value", "high", "within"),
    [
        (9.0, 11.0, 13.0, True),
        (10.0, 11.0, 12.0, True),
        (10.1, 11.0, 12.0, False),
        (-3.0, -1.0, 1.0, True),
        (-3.0, -2.0, -0.5, False),
        (3.0, 5.0, 12.0, False),
        (math.nan, 11.0, math.nan, True),
    ],
)
def test_outside_by_less_than_the_interval(
    low: float, value: float, high: float, within: bool
) -> None:
    assert is_within_error(Estimate(value, low, high, 20), BAND) is within


@pytest.mark.parametrize(
    ("estimate", "sure"),
    [
        (Estimate(5.0, 4.0, 6.0, 14), "high"),
        (Estimate(5.0, 4.0, 6.0, 7), "medium"),
        (Estimate(5.0, 4.0, 6.0, 6), "low"),
        (Estimate(9.0, 7.0, 11.0, 20), "medium"),
        (Estimate(5.0, math.nan, math.nan, 20), "medium"),
    ],
)
def test_sureness(estimate: Estimate, sure: str) -> None:
    assert sureness(estimate, BAND, is_open=False) == sure
    assert sureness(estimate, BAND, is_open=True) == "low"


def test_the_nearer_edge_of_a_range() -> None:
    assert nearer_edge(Estimate(2.0, 1.0, 3.0, 9), BAND) is Place.BELOW
    assert nearer_edge(Estimate(8.0, 7.0, 9.0, 9), BAND) is Place.ABOVE
    open_below = ReferenceRange(-math.inf, 10.0, "deg", "a study")
    assert nearer_edge(Estimate(2.0, 1.0, 3.0, 9), open_below) is Place.ABOVE


def test_inside_on_few_steps_is_thin_only_when_it_could_lie_outside() -> None:
    assert is_too_thin(Estimate(9.0, 7.0, 12.0, 4), BAND)
    assert is_too_thin(Estimate(5.0, math.nan, math.nan, 1), BAND)
    assert not is_too_thin(Estimate(5.0, 4.0, 6.0, 4), BAND)
    assert not is_too_thin(Estimate(9.0, 7.0, 12.0, 9), BAND)


@pytest.mark.parametrize(
    ("low", "value", "high", "close"),
    [
        (5.0, 9.0, 13.0, True),
        (5.0, 7.9, 10.8, False),
        (8.0, 9.0, 10.0, False),
        (-4.0, 5.0, 14.0, False),
        (-10.0, 5.0, 20.0, True),
        (9.0, 11.0, 13.0, False),
        (math.nan, 9.9, math.nan, False),
    ],
)
def test_inside_but_nearer_to_the_edge_than_half_of_what_the_interval_reaches(
    low: float, value: float, high: float, close: bool
) -> None:
    assert is_too_close(Estimate(value, low, high, 20), BAND) is close


def test_typical_steps_show_a_value_inside_and_the_furthest_one_outside() -> None:
    values = [4.0, 5.0, 6.0, math.nan, 7.0]
    steps = steps_of({"shank_angle_at_ic_deg": values}, n=5)
    typical = moments_that_show("shank_angle_at_ic_deg", Place.INSIDE, steps)
    furthest = moments_that_show("shank_angle_at_ic_deg", Place.ABOVE, steps)
    lowest = moments_that_show("shank_angle_at_ic_deg", Place.BELOW, steps)
    assert np.allclose(typical, np.array([1, 2, 0]) * STEP_S)
    assert np.allclose(furthest, np.array([4, 2, 1]) * STEP_S)
    assert np.allclose(lowest, np.array([0, 1, 2]) * STEP_S)


def test_a_difference_is_shown_by_a_typical_step_of_each_foot() -> None:
    # Right and left in turn, starting with the right foot.
    steps = steps_of({"knee_flexion_at_ic_deg": [10.0, 20.0, 11.0, 21.0, 12.0, 22.0]}, n=6)
    moments = moments_of_both_sides("knee_flexion_at_ic_deg", steps)
    assert np.allclose(moments, np.array([3, 2]) * STEP_S)


def test_the_difference_whose_interval_clears_the_range_stands_out() -> None:
    unsure, clear, unknown = (
        Estimate(20.0, -5.0, 45.0, 9),
        Estimate(14.0, 12.0, 16.0, 9),
        Estimate(30.0, math.nan, math.nan, 1),
    )
    assert furthest_out([unsure, clear, unknown], BAND) == 1
    assert furthest_out([unknown, unsure], BAND) == 1


def test_a_sure_value_inside_the_range_does_not_hide_an_unsure_one_outside() -> None:
    middle, inside, near = 0.5 * (BAND.low + BAND.high), BAND.high - 2.0, BAND.high - 0.5
    sure = Estimate(middle, middle - 0.1, middle + 0.1, 9)
    unsure = Estimate(BAND.high + 5.0, BAND.high - 5.0, BAND.high + 15.0, 9)
    assert furthest_out([sure, unsure], BAND) == 1
    spread = Estimate(inside, inside - 20.0, inside + 20.0, 9)
    assert furthest_out([sure, Estimate(near, near - 0.1, near + 0.1, 9), spread], BAND) == 2


def test_a_metric_without_steps_has_no_moments() -> None:
    assert moments_that_show("cadence_spm", Place.ABOVE, steps_of()) == ()
    nothing = steps_of({"arm_swing_deg": [math.nan] * 3}, n=3)
    assert moments_that_show("arm_swing_deg", Place.NO_RANGE, nothing) == ()
