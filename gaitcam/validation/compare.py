"""The program's answers beside the truth: metrics with intervals, and events one to one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.gait.events import GaitEvents
from gaitcam.metrics.tables import Estimate, MetricSummary, RunSummary
from gaitcam.pipeline import analyze_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.settings import Settings
from gaitcam.validation.clip_truth import ClipTruth
from gaitcam.vocabulary import EventKind, Side

EDGE_S = 0.1  # nearer to the end of what is seen, an event may be missed or found without blame
NEAR, FAR, BOTH, DIFFERENCE = "near", "far", "both", "left - right"


@dataclass(frozen=True, slots=True)
class MetricError:
    """One estimate of one clip against its truth; ``leg`` is near, far, both or left - right."""

    clip: ClipTruth
    key: str
    leg: str
    estimate: Estimate
    truth: float

    @property
    def error(self) -> float:
        """Estimate minus truth."""
        return self.estimate.value - self.truth

    @property
    def half_width(self) -> float:
        """Half of the 95 % interval."""
        return 0.5 * (self.estimate.high - self.estimate.low)

    @property
    def is_held(self) -> bool:
        """Whether the interval holds the truth."""
        return self.estimate.low <= self.truth <= self.estimate.high


@dataclass(frozen=True, slots=True)
class EventError:
    """One event that was found: ``error_s`` positive when found late."""

    clip: ClipTruth
    kind: EventKind
    leg: str
    error_s: float
    uncertainty_s: float


@dataclass(frozen=True, slots=True)
class EventCount:
    """Events of one clip, kind and leg: true ones, missed and invented away from the edges."""

    clip: ClipTruth
    kind: EventKind
    leg: str
    true: int
    missed: int
    invented: int


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """All that one clip has to say."""

    clip: ClipTruth
    analysis: Analysis
    metrics: tuple[MetricError, ...]
    events: tuple[EventError, ...]
    counts: tuple[EventCount, ...]


def settings_for(truth: ClipTruth) -> Settings:
    """Return the settings of a user who tells the runner's height, where it is known."""
    height_cm = None if truth.height_m is None else 100.0 * truth.height_m
    return Settings().changed("runner", height_cm=height_cm)


def run_program(truth: ClipTruth, landmarks: LandmarkTrack) -> Analysis:
    """Analyse the stored landmarks of a clip, with the stickers' track that lies in them."""
    return analyze_landmarks(landmarks, settings_for(truth))


def compare(truth: ClipTruth, analysis: Analysis) -> Comparison:
    """Set the program's analysis of a clip against its truth."""
    pairs = [(kind, side) for kind in EventKind for side in Side]
    return Comparison(
        clip=truth,
        analysis=analysis,
        metrics=tuple(compare_metrics(truth, analysis.summary)),
        events=tuple(e for pair in pairs for e in _event_errors(truth, analysis.events, *pair)),
        counts=tuple(_event_count(truth, analysis.events, *pair) for pair in pairs),
    )


def compare_metrics(truth: ClipTruth, summary: RunSummary) -> Iterator[MetricError]:
    """Yield each metric whose truth is known: both sides together, near, far, and difference."""
    for key, metric in summary.metrics.items():
        if key not in truth.metrics:
            continue
        true = truth.metrics[key]
        candidates = [(BOTH, metric.overall, true.overall)]
        if metric.difference is not None:
            sides = ((NEAR, truth.near_side), (FAR, truth.near_side.other))
            candidates += [(leg, _of(metric, side), true.of(side)) for leg, side in sides]
            candidates.append((DIFFERENCE, metric.difference, true.left - true.right))
        for leg, estimate, value in candidates:
            if estimate.is_known and np.isfinite(value):
                yield MetricError(truth, key, leg, estimate, value)


def _of(metric: MetricSummary, side: Side) -> Estimate:
    estimate = metric.of(side)
    return metric.overall if estimate is None else estimate


def match(true_s: FloatArray, found_s: FloatArray, limit_s: float) -> list[tuple[int, int]]:
    """Return index pairs of true and found times, one to one, nearest within ``limit_s``."""
    if not (len(true_s) and len(found_s)):
        return []
    distance = np.abs(true_s[:, None] - found_s[None, :])
    pairs = zip(*linear_sum_assignment(np.minimum(distance, limit_s) ** 2), strict=True)
    return [(int(i), int(j)) for i, j in pairs if distance[i, j] < limit_s]


def _half_step_s(truth: ClipTruth) -> float:
    return 30.0 / truth.metrics["cadence_spm"].overall


def _leg(truth: ClipTruth, side: Side) -> str:
    return NEAR if side is truth.near_side else FAR


def _event_errors(
    truth: ClipTruth, found: GaitEvents, kind: EventKind, side: Side
) -> Iterator[EventError]:
    """Yield the error of each matched event that happens while the whole runner is seen."""
    true_s, events = truth.events[kind, side], found.of(kind, side)
    for i, j in match(true_s, found.times_s(kind, side), _half_step_s(truth)):
        if truth.view_s[0] <= true_s[i] <= truth.view_s[1]:
            error_s = events[j].time_s - float(true_s[i])
            leg = _leg(truth, side)
            yield EventError(truth, kind, leg, error_s, events[j].uncertainty_s)


def _event_count(truth: ClipTruth, found: GaitEvents, kind: EventKind, side: Side) -> EventCount:
    true_s, found_s = truth.events[kind, side], found.times_s(kind, side)
    pairs = match(true_s, found_s, _half_step_s(truth))
    left_out = np.delete(true_s, [i for i, _ in pairs])
    made_up = np.delete(found_s, [j for _, j in pairs])
    return EventCount(
        clip=truth,
        kind=kind,
        leg=_leg(truth, side),
        true=_count_inside(truth, true_s),
        missed=_count_inside(truth, left_out),
        invented=_count_inside(truth, made_up),
    )


def _count_inside(truth: ClipTruth, times_s: FloatArray) -> int:
    """Count the times at which an event cannot be excused by the edge of what is seen."""
    first_s, last_s = truth.view_s[0] + EDGE_S, truth.view_s[1] - EDGE_S
    return int(np.sum((times_s >= first_s) & (times_s <= last_s)))
