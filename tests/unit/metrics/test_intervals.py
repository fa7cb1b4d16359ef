"""What the intervals promise: they hold the truth about as often as they say."""

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.metrics.intervals import (
    Scatter,
    estimate_both_sides,
    estimate_difference,
    estimate_from_steps,
    measure_scatter,
)
from gaitcam.metrics.tables import Estimate

USUAL = 1.0


def estimate(values: FloatArray, method_error: float = 0.5) -> Estimate:
    scatter = measure_scatter([values]).joined_with(USUAL)
    return estimate_from_steps(values, scatter, method_error)


def width(of: Estimate) -> float:
    return of.high - of.low


def test_the_interval_narrows_with_steps_but_never_below_the_methods_error() -> None:
    random = np.random.default_rng(3)
    few, many = (estimate(random.normal(0, 1, n)) for n in (8, 800))
    assert width(many) < width(few)
    assert width(many) >= 2 * 1.96 * 0.5


def test_two_steps_have_an_interval_of_use() -> None:
    assert width(estimate(np.array([0.0, 1.0]), method_error=0.0)) < 6 * USUAL


def test_one_step_alone_scatters_as_usual() -> None:
    alone = estimate(np.array([7.0]))
    assert alone.n == 1
    assert USUAL < width(alone) < 10 * USUAL


def test_steps_alike_by_chance_do_not_make_the_interval_vanish() -> None:
    alike = estimate(np.array([2.0, 2.0]), method_error=0.0)
    assert width(alike) > USUAL


def test_many_steps_outweigh_what_is_usual() -> None:
    values = np.random.default_rng(5).normal(0, 10 * USUAL, 400)
    assert measure_scatter([values]).joined_with(USUAL).sd == pytest.approx(10 * USUAL, rel=0.15)


def test_a_stray_step_does_not_widen_the_interval_of_many() -> None:
    values = np.random.default_rng(6).normal(0, 1, 30)
    stray = np.append(values, 100.0)
    assert width(estimate(stray)) < 1.2 * width(estimate(values))


def test_scatter_is_about_each_sides_own_middle() -> None:
    left, right = np.array([0.0, 1.0, 2.0, np.nan]), np.array([10.0, 11.0, 12.0])
    seen = measure_scatter([left, right])
    assert seen.sd == pytest.approx(1.0)
    assert seen.degrees == 4


@pytest.mark.parametrize("steps", [2, 3, 5, 12, 40])
def test_the_interval_holds_the_truth_in_about_95_percent_of_runs(steps: int) -> None:
    random = np.random.default_rng(4)
    held = 0
    for _ in range(600):
        scatter = USUAL * random.uniform(0.5, 1.5)
        found = estimate(random.normal(0, 0.5) + random.normal(0, scatter, steps))
        held += found.low <= 0 <= found.high
    assert 0.92 <= held / 600 <= 0.995


def test_both_sides_together_keep_the_methods_error_and_their_difference_widens_it() -> None:
    scatter = Scatter(1e-9, 100.0)
    left, right = (estimate_from_steps(np.full(5, v), scatter, 1.0) for v in (1.0, 3.0))
    both = estimate_both_sides(left, right, scatter, 1.0)
    apart = estimate_difference(left, right, scatter, 1.0)
    assert (both.value, apart.value, both.n, apart.n) == (2.0, -2.0, 10, 5)
    assert width(both) == pytest.approx(width(left), rel=1e-3)
    assert width(apart) == pytest.approx(np.sqrt(2) * width(left), rel=1e-3)


def test_one_side_alone_stands_for_both_but_yields_no_difference() -> None:
    scatter = Scatter(1.0, 4.0)
    left = estimate_from_steps(np.array([1.0, 2.0]), scatter, 1.0)
    nothing = estimate_from_steps(np.array([np.nan]), scatter, 1.0)
    assert not nothing.is_known
    assert estimate_both_sides(left, nothing, scatter, 1.0) == left
    assert not estimate_difference(left, nothing, scatter, 1.0).is_known


def test_steps_that_were_not_measured_do_not_count() -> None:
    found = estimate(np.array([1.0, np.nan, 3.0]))
    assert (found.value, found.n) == (2.0, 2)
