"""Computes the catalog: frames, steps, and the run's summary with intervals."""

from dataclasses import replace
from typing import cast

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step, cut_steps
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack, keypoint
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
from gaitcam.metrics.intervals import (
    Scatter,
    estimate_both_sides,
    estimate_difference,
    estimate_from_steps,
    measure_scatter,
)
from gaitcam.metrics.leg import flat_foot_angle_deg
from gaitcam.metrics.tables import Estimate, FrameTable, MetricSummary, RunSummary, StepTable
from gaitcam.metrics.timing import measure_rhythm
from gaitcam.vocabulary import EventKind, Quality, Side

NAN = float("nan")
LEG = ("hip", "knee", "ankle", "heel", "foot_index")


def measure_gait(
    track: KeypointTrack, events: GaitEvents
) -> tuple[FrameTable, StepTable, RunSummary]:
    """Return every catalog metric per frame, per step and over the run."""
    columns = measure_frames(track)
    steps = cut_steps(events)
    gait = Gait(track=track, events=events, steps=steps, frame_columns=columns)
    flat_foot = {side: flat_foot_angle_deg(gait, side) for side in Side}
    gait = replace(gait, flat_foot_deg=flat_foot)
    seen = [_is_landing_seen(track, step) for step in steps]
    step_columns = {row.key: _measure_steps(gait, row, seen) for row in STEP_METRICS}
    step_table = StepTable(steps=steps, columns=step_columns)
    summary = [summarise_run(gait, row) for row in RUN_METRICS]
    summary += [summarise_steps(step_table, row, track.view.roll_doubt_deg) for row in STEP_METRICS]
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


def _measure_steps(gait: Gait, row: MetricDefinition, seen: list[bool]) -> FloatArray:
    """Return one value a step; only times are taken where the landing leg is not ``seen``."""
    compute = cast("StepFunction", row.compute)
    is_time = row.unit == "s"
    return np.array(
        [
            compute(gait, step) if is_time or is_seen else NAN
            for step, is_seen in zip(gait.steps, seen, strict=True)
        ],
        dtype=np.float64,
    )


def _is_landing_seen(track: KeypointTrack, step: Step) -> bool:
    """Tell whether the landing leg lies in the picture in the frames around contact."""
    after = int(np.searchsorted(track.time_s, step.contact_s))
    points = [keypoint(name, step.side) for name in LEG]
    flags = track.quality[max(after - 1, 0) : after + 1, points]
    return not bool(np.any(flags & np.uint8(Quality.OUT_OF_VIEW)))


def summarise_run(gait: Gait, row: MetricDefinition) -> MetricSummary:
    """Summarise cadence, the one run metric: its error follows from the contacts' scatter."""
    value = cast("RunFunction", row.compute)(gait)
    rhythm = measure_rhythm(gait.events)
    contacts_s = gait.events.times_s(EventKind.INITIAL_CONTACT)
    scatter = Scatter(rhythm.scatter_s, rhythm.degrees).joined_with(row.usual_scatter)
    error = value * rhythm.leverage * scatter.sd / rhythm.step_s
    half = scatter.half_width(error, row.method_error)
    spread = (
        value / rhythm.step_s * float(np.std(np.diff(contacts_s))) if len(contacts_s) > 2 else NAN
    )
    estimate = Estimate(value, value - half, value + half, max(len(contacts_s) - 1, 0))
    return MetricSummary(row.key, row.unit, estimate, spread)


def summarise_steps(
    table: StepTable, row: MetricDefinition, roll_doubt_deg: float = 0.0
) -> MetricSummary:
    """Summarise a step metric: both sides together, and where it has sides each, and left - right.

    Steps from one foot differ from those of the other in what has no side as well (bounce, the
    trunk's turn), so that sides are weighed alike everywhere.  What a camera's roll adds is the
    same on both sides, so nothing to their difference.
    """
    values, error = table.columns[row.key], row.error(roll_doubt_deg)
    sides = [_of_side(table, values, side) for side in Side]
    seen = measure_scatter(sides)
    scatter = seen.joined_with(row.usual_scatter)
    left, right = (estimate_from_steps(side, scatter, error) for side in sides)
    summary = MetricSummary(
        key=row.key,
        unit=row.unit,
        overall=estimate_both_sides(left, right, scatter, error),
        spread=seen.sd if seen.degrees else NAN,
    )
    if not row.is_bilateral:
        return summary
    difference = estimate_difference(left, right, scatter, row.method_error)
    return replace(summary, left=left, right=right, difference=difference)


def _of_side(table: StepTable, values: FloatArray, side: Side) -> FloatArray:
    of_side: FloatArray = values[[step.side is side for step in table.steps]]
    return of_side
