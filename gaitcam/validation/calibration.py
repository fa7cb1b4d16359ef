"""The method's own error of every metric, and whether intervals hold the truth of other runners.

The error that no number of steps removes is taken from the errors of single clips and legs, so
that one clip that went wrong does not widen all intervals.  Every runner weighs
the same, however many clips show him.  Whether intervals hold is told from
runners that the error was not measured on.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.metrics.catalog import RUN_METRICS, STEP_METRICS
from gaitcam.metrics.definition import Gait, MetricDefinition
from gaitcam.metrics.intervals import MAD_TO_SD
from gaitcam.metrics.measure import summarise_run, summarise_steps
from gaitcam.metrics.tables import MetricSummary, RunSummary
from gaitcam.validation.compare import (
    BOTH,
    DIFFERENCE,
    FAR,
    NEAR,
    Comparison,
    MetricError,
    compare_metrics,
)

SUMMARISED = {row.key: row for row in RUN_METRICS + STEP_METRICS}


@dataclass(frozen=True, slots=True)
class Calibration:
    """One metric's interval: the catalog's error, the measured one, and what intervals hold.

    ``held`` of ``clips`` intervals as shipped, ``held_left_out`` with the method's error
    measured on the other runners only; ``half_width`` is the mean as shipped.
    """

    key: str
    shipped: float
    measured: float
    held: int
    held_left_out: int
    intervals: int
    half_width: float


def calibrate(comparisons: Sequence[Comparison], leg: str) -> Iterator[Calibration]:
    """Yield the calibration of every metric with truth, for one leg, both, or the difference."""
    for key, row in SUMMARISED.items():
        errors = [e for c in comparisons for e in c.metrics if (e.key, e.leg) == (key, leg)]
        if not errors:
            continue
        left_out = [_without_own_runner(comparisons, row, error) for error in errors]
        yield Calibration(
            key=key,
            shipped=row.method_error,
            measured=measure_method_error(comparisons, key),
            held=sum(error.is_held for error in errors),
            held_left_out=sum(error.is_held for error in left_out),
            intervals=len(errors),
            half_width=float(np.mean([error.half_width for error in errors])),
        )


def measure_method_error(comparisons: Sequence[Comparison], key: str) -> float:
    """Return the usual size of a metric's error, bias included; NaN without errors.

    The smaller of two figures in which every runner weighs the same: root mean square, and bias
    and spread from medians, which a clip that went wrong does not move.
    """
    errors, weights = [], []
    for runner in {c.clip.runner for c in comparisons}:
        own = [
            error.error
            for c in comparisons
            if c.clip.runner == runner
            for error in c.metrics
            if error.key == key and error.leg in _legs_of(c, key)
        ]
        errors += own
        weights += [1.0 / max(len(own), 1)] * len(own)
    values, each = np.array(errors), np.array(weights)
    bias = _weighted_median(values, each)
    spread = MAD_TO_SD * _weighted_median(np.abs(values - bias), each)
    if not len(values):
        return float("nan")
    root_mean_square = np.sqrt(np.average(values**2, weights=each))
    return float(min(np.hypot(bias, spread), root_mean_square))


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    if not len(values):
        return float("nan")
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(below, 0.5)])


def _legs_of(comparison: Comparison, key: str) -> tuple[str, ...]:
    has_sides = any(e.key == key and e.leg == DIFFERENCE for e in comparison.metrics)
    return (NEAR, FAR) if has_sides else (BOTH,)


def _without_own_runner(
    comparisons: Sequence[Comparison], row: MetricDefinition, error: MetricError
) -> MetricError:
    """Return an estimate with its interval from the method's error on all other runners."""
    own = next(c for c in comparisons if c.clip is error.clip)
    others = [c for c in comparisons if c.clip.runner != error.clip.runner]
    changed = dataclasses.replace(row, method_error=measure_method_error(others, row.key))
    summary = RunSummary({row.key: _summarise(own, changed)})
    return next(e for e in compare_metrics(own.clip, summary) if e.leg == error.leg)


def _summarise(comparison: Comparison, row: MetricDefinition) -> MetricSummary:
    analysis = comparison.analysis
    if row.key in {each.key for each in RUN_METRICS}:
        columns = dict(analysis.frame_table.columns)
        gait = Gait(analysis.keypoints, analysis.events, analysis.steps, columns)
        return summarise_run(gait, row)
    return summarise_steps(analysis.step_table, row, analysis.view.roll_doubt_deg)
