"""The 95 % interval of a run's number: how steps scatter, and the error of the method itself.

More steps narrow the first part and never the second.  A clip with few steps says little about
how much this runner's steps scatter, so what is usual counts as well, like `PRIOR_STEPS` steps
more (the scaled inverse chi-square prior of a normal variance: Gelman, Bayesian Data Analysis,
2.6).  Both parts are measured: docs/VALIDATION.md says on what, and how often the intervals
hold the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.metrics.tables import Estimate

NAN = float("nan")
UNKNOWN = Estimate(NAN, NAN, NAN, 0)
UPPER = 0.975  # the quantile that ends a two-sided 95 % interval
NORMAL_QUANTILE = 1.96
PRIOR_STEPS = 4.0
# The median's standard error is this much larger than the mean's for normal scatter.
MEDIAN_EFFICIENCY = 1.2533
MAD_TO_SD = 1.4826
FEWEST_FOR_MAD = 8


@dataclass(frozen=True, slots=True)
class Scatter:
    """Standard deviation from step to step, and the degrees of freedom behind it."""

    sd: float
    degrees: float

    def joined_with(self, usual_sd: float) -> "Scatter":
        """Return the scatter joined with what is usual."""
        degrees = self.degrees + PRIOR_STEPS
        observed = self.degrees * self.sd**2 if self.degrees > 0 else 0.0
        return Scatter(float(np.sqrt((observed + PRIOR_STEPS * usual_sd**2) / degrees)), degrees)

    def half_width(self, standard_error: float, method_error: float) -> float:
        """Return half of the 95 % interval of a number with this standard error."""
        from scipy.stats import t as student

        quantile = float(student.ppf(UPPER, self.degrees))
        return float(np.hypot(quantile * standard_error, NORMAL_QUANTILE * method_error))


def measure_scatter(sides: Sequence[FloatArray]) -> Scatter:
    """Return how values scatter about the median of their own side; NaN counts as no step.

    From the median absolute deviation, which a stray step does not move, where there are
    enough steps; 0 with no degrees of freedom when no side has two.
    """
    known = [values[np.isfinite(values)] for values in sides]
    known = [values for values in known if len(values)]
    residuals = np.concatenate([v - np.median(v) for v in known]) if known else np.zeros(0)
    degrees = len(residuals) - len(known)
    if degrees < 1:
        return Scatter(0.0, 0.0)
    if len(residuals) < FEWEST_FOR_MAD:
        return Scatter(float(np.sqrt(np.sum(residuals**2) / degrees)), degrees)
    robust = MAD_TO_SD * float(np.median(np.abs(residuals)))
    return Scatter(robust * float(np.sqrt(len(residuals) / degrees)), degrees)


def estimate_from_steps(values: FloatArray, scatter: Scatter, method_error: float) -> Estimate:
    """Return the median of step values with its interval; NaN counts as not measured."""
    known = values[np.isfinite(values)]
    if not len(known):
        return UNKNOWN
    half = scatter.half_width(_standard_error(len(known), scatter), method_error)
    return _around(float(np.median(known)), half, len(known))


def estimate_both_sides(
    left: Estimate, right: Estimate, scatter: Scatter, method_error: float
) -> Estimate:
    """Return the mean of both sides, so that neither counts more for having more steps.

    The method errs much alike on both sides, so their mean keeps its error.
    """
    if not (left.is_known and right.is_known):
        return left if left.is_known else right
    error = 0.5 * _joint_error(left, right, scatter)
    half = scatter.half_width(error, method_error)
    return _around(0.5 * (left.value + right.value), half, left.n + right.n)


def estimate_difference(
    left: Estimate, right: Estimate, scatter: Scatter, method_error: float
) -> Estimate:
    """Return left minus right; here the method's errors count as independent, to be careful."""
    if not (left.is_known and right.is_known):
        return UNKNOWN
    error = _joint_error(left, right, scatter)
    half = scatter.half_width(error, float(np.sqrt(2.0)) * method_error)
    return _around(left.value - right.value, half, min(left.n, right.n))


def _around(value: float, half: float, n: int) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def _standard_error(steps: int, scatter: Scatter) -> float:
    return MEDIAN_EFFICIENCY * scatter.sd / float(np.sqrt(steps))


def _joint_error(left: Estimate, right: Estimate, scatter: Scatter) -> float:
    return float(np.hypot(_standard_error(left.n, scatter), _standard_error(right.n, scatter)))
