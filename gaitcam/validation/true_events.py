"""Metrics read at the true events instead of those found: what is left is the pose's own error."""

import dataclasses
from collections.abc import Sequence

from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.metrics.measure import measure_gait
from gaitcam.validation.clip_truth import ClipTruth
from gaitcam.validation.compare import Comparison, compare


def at_true_events(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return every clip measured again with the truth's events."""
    return [_at_true_events(comparison) for comparison in comparisons]


def _at_true_events(comparison: Comparison) -> Comparison:
    analysis = comparison.analysis
    events = _true_events(comparison.clip, float(analysis.keypoints.time_s[-1]))
    frames, steps, summary = measure_gait(analysis.keypoints, events)
    changed = dataclasses.replace(
        analysis, events=events, frame_table=frames, step_table=steps, summary=summary
    )
    return compare(comparison.clip, changed)


def _true_events(clip: ClipTruth, last_s: float) -> GaitEvents:
    events = [
        GaitEvent(kind, side, float(time_s), uncertainty_s=0.0, confidence=1.0)
        for (kind, side), times_s in clip.events.items()
        for time_s in times_s
        if 0.0 <= time_s <= last_s
    ]
    return GaitEvents(tuple(sorted(events, key=lambda event: event.time_s)))
