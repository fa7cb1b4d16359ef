"""Computes the catalog: frames, steps, and the run's summary with intervals."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from scipy.stats import t as student

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import cut_steps
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.catalog import FRAME_METRICS, RUN_METRICS, STEP_METRICS
from gaitcam.metrics.definition import (
    FrameFunction,
    FramePerSideFunction,
    Gait,
    Level,
    MetricDefinition,
    RunFunction,
    StepFunction,
)
from gaitcam.metrics.tables import Estimate, FrameTable, MetricSummary, RunSummary, StepTable
from gaitcam.metrics.timing import step_interval_s
from gaitcam.vocabulary import EventKind, Side

NAN = float("nan")
UNKNOWN = Estimate(NAN, NAN, NAN, 0)
COVERAGE = 0.95
# The median's standard error is this much larger than the mean's for normal scatter.
MEDIAN_EFFICIENCY = 1.2533
MAD_TO_SD = 1.4826


def measure_gait(
    track: KeypointTrack, events: GaitEvents
) -> tuple[FrameTable, StepTable, RunSummary]:
    """Return every catalog metric per frame, per step and over the run."""
    columns = measure_frames(track)
    steps = cut_steps(events)
    gait = Gait(track=track, events=events, steps=steps, frame_columns=columns)
    step_columns = {row.key: _measure_steps(gait, row) for row in STEP_METRICS}
    step_table = StepTable(steps=steps, columns=step_columns)
    summary = [_summarise_run(gait, row) for row in RUN_METRICS]
    summary += [_summarise_steps(step_table, row) for row in STEP_METRICS]
    return (
        FrameTable(time_s=track.time_s, columns=columns),
        step_table,
        RunSummary(metrics={metric.key: metric for metric in summary}),
    )


def measure_frames(track: KeypointTrack) -> dict[str, FloatArray]:
    """Return every per-frame column, each of shape (F,), in the catalog's order."""
    columns: dict[str, FloatArray] = {}
    for row in FRAME_METRICS:
        if row.level is Level.FRAME:
            columns[row.key] = cast("FrameFunction", row.compute)(track)
            continue
        per_side = cast("FramePerSideFunction", row.compute)
        for side in Side:
            columns[row.column(side)] = per_side(track, side)
    return columns


def _measure_steps(gait: Gait, row: MetricDefinition) -> FloatArray:
    compute = cast("StepFunction", row.compute)
    return np.array([compute(gait, step) for step in gait.steps], dtype=np.float64)


def _summarise_run(gait: Gait, row: MetricDefinition) -> MetricSummary:
    """Summarise cadence, the one run metric: its error follows from the contacts' scatter."""
    value = cast("RunFunction", row.compute)(gait)
    contacts_s = gait.events.times_s(EventKind.INITIAL_CONTACT)
    slope_s, slope_error_s = step_interval_s(gait.events)
    error = float(np.hypot(value * slope_error_s / slope_s, row.method_error))
    half = error * float(student.ppf(0.5 + COVERAGE / 2, max(len(contacts_s) - 3, 1)))
    spread = 60.0 / slope_s**2 * float(np.std(np.diff(contacts_s))) if len(contacts_s) > 2 else NAN
    estimate = Estimate(value, value - half, value + half, max(len(contacts_s) - 1, 0))
    return MetricSummary(row.key, row.unit, estimate, spread)


def _summarise_steps(table: StepTable, row: MetricDefinition) -> MetricSummary:
    values = table.columns[row.key]
    if not row.is_bilateral:
        return MetricSummary(
            row.key, row.unit, estimate_from_steps(values, row.method_error), _spread(values)
        )
    sides = {side: _of_side(table, values, side) for side in Side}
    left, right = (estimate_from_steps(sides[side], row.method_error) for side in Side)
    return MetricSummary(
        key=row.key,
        unit=row.unit,
        overall=_both_sides(left, right),
        spread=_spread(np.concatenate([v - np.nanmedian(v) for v in sides.values() if _known(v)]))
        if any(_known(v) for v in sides.values())
        else NAN,
        left=left,
        right=right,
        difference=_left_minus_right(left, right),
    )


def _of_side(table: StepTable, values: FloatArray, side: Side) -> FloatArray:
    return values[np.array([step.side is side for step in table.steps], dtype=bool)]


def _known(values: FloatArray) -> int:
    return int(np.isfinite(values).sum())


def estimate_from_steps(values: Sequence[float] | FloatArray, method_error: float) -> Estimate:
    """Return the median of step values with its 95 % interval.

    The interval joins the scatter of the steps (which more steps narrow) and the method's own
    error (which they do not).  NaN counts as not measured; one step alone has no scatter, so
    its interval is that of the method, doubled.
    """
    array = np.asarray(values, dtype=np.float64)
    known = array[np.isfinite(array)]
    if not len(known):
        return UNKNOWN
    middle = float(np.median(known))
    if len(known) == 1:
        half = 2.0 * 1.96 * method_error
    else:
        scatter = MEDIAN_EFFICIENCY * _robust_sd(known) / np.sqrt(len(known))
        quantile = float(student.ppf(0.5 + COVERAGE / 2, len(known) - 1))
        half = float(np.hypot(quantile * scatter, 1.96 * method_error))
    return Estimate(middle, middle - half, middle + half, len(known))


def _robust_sd(known: FloatArray) -> float:
    """Return the standard deviation from the median absolute deviation; plain below five."""
    if len(known) < 5:
        return float(np.std(known, ddof=1))
    return float(MAD_TO_SD * np.median(np.abs(known - np.median(known))))


def _spread(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return _robust_sd(known) if len(known) > 1 else NAN


def _both_sides(left: Estimate, right: Estimate) -> Estimate:
    """Return the mean of both sides, so that neither counts more for having more steps."""
    if not (left.is_known and right.is_known):
        return left if left.is_known else right
    middle = 0.5 * (left.value + right.value)
    # The method's error is much the same on both sides: halves add, they do not cancel.
    half = 0.5 * (_half(left) + _half(right))
    return Estimate(middle, middle - half, middle + half, left.n + right.n)


def _left_minus_right(left: Estimate, right: Estimate) -> Estimate:
    if not (left.is_known and right.is_known):
        return UNKNOWN
    difference = left.value - right.value
    half = float(np.hypot(_half(left), _half(right)))
    return Estimate(difference, difference - half, difference + half, min(left.n, right.n))


def _half(estimate: Estimate) -> float:
    return 0.5 * (estimate.high - estimate.low)
