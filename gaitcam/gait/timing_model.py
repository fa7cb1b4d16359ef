"""From the moments of a stride to the event: weights learned from runners whose truth is known.

A ridge regression predicts how long after the pattern's anchor the event comes.  It was fitted
by `gaitcam.validation.train_event_model` to real runners on force plates and to rendered
clips; docs/EVENTS.md tells on which, and how far off it is on runners left out.  The weights
are plain numbers in ``event_timing.json``.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import EventKind

USUAL_STRIDE_S = 0.7
LARGEST_SCORE = 3.0  # standard deviations: beyond the runners it was fitted to, hold still


@dataclass(frozen=True, slots=True, eq=False)
class TimingModel:
    """Linear model of one kind of event.

    ``names`` of the measures it reads; their ``centre`` and ``scale`` over the training
    runners; ``weight`` [s] per scaled measure; ``intercept_s``; ``error_s``: one standard
    deviation of the leg's common error on runners left out, and ``jitter_s`` of single
    strides, with ``jitter_frames`` the part that grows with the frame interval.
    ``is_stride_scaled``: times count in strides of `USUAL_STRIDE_S`.
    """

    names: tuple[str, ...]
    is_stride_scaled: bool
    centre: FloatArray
    scale: FloatArray
    weight: FloatArray
    intercept_s: float
    error_s: float
    jitter_s: float
    jitter_frames: float

    def delay_s(self, measures: dict[str, float], stride_s: float) -> float:
        """Return the event's time after the anchor; what is not known counts as usual."""
        values = select_measures(measures, self.names, stride_s, self.is_stride_scaled)
        scores = (values - self.centre) / self.scale
        scores = np.clip(np.nan_to_num(scores), -LARGEST_SCORE, LARGEST_SCORE)
        delay_s = float(scores @ self.weight) + self.intercept_s
        return delay_s * (stride_s / USUAL_STRIDE_S if self.is_stride_scaled else 1.0)

    def uncertainty_s(self, frame_s: float, strides: int) -> float:
        """Return one standard deviation of an event's time."""
        jitter_s = np.hypot(self.jitter_s, self.jitter_frames * frame_s)
        shared_s = jitter_s / np.sqrt(max(strides, 1))
        return float(np.sqrt(self.error_s**2 + jitter_s**2 + shared_s**2))


def select_measures(
    measures: dict[str, float], names: tuple[str, ...], stride_s: float, is_stride_scaled: bool
) -> FloatArray:
    """Return the named measures, times divided by the stride where so wanted; NaN if unknown."""
    factor = USUAL_STRIDE_S / stride_s if is_stride_scaled else 1.0
    return np.array(
        [measures.get(n, np.nan) * (factor if is_time(n) else 1.0) for n in names],
        dtype=np.float64,
    )


def is_time(name: str) -> bool:
    """Tell whether a measure is a time, not an angle or a place, and scales with the stride."""
    measure = name.partition(".")[2]
    return measure not in POSTURES and not measure.endswith("_percent")


POSTURES = ("thigh", "shank", "foot", "knee", "foot_drop")


@cache
def load_timing_model(kind: EventKind) -> TimingModel:
    """Read the shipped weights of one kind of event."""
    text = files("gaitcam.gait").joinpath("event_timing.json").read_text(encoding="utf-8")
    stored = json.loads(text)["models"][kind.value]
    return TimingModel(
        names=tuple(m["name"] for m in stored["measures"]),
        is_stride_scaled=bool(stored["is_stride_scaled"]),
        centre=np.array([m["centre"] for m in stored["measures"]]),
        scale=np.array([m["scale"] for m in stored["measures"]]),
        weight=np.array([m["weight_s"] for m in stored["measures"]]),
        intercept_s=float(stored["intercept_s"]),
        error_s=float(stored["error_s"]),
        jitter_s=float(stored["jitter_s"]),
        jitter_frames=float(stored["jitter_frames"]),
    )
