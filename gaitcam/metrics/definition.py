"""What a metric is: one function and one row that says what it means."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.vocabulary import Side


class Level(StrEnum):
    """What one value of a metric belongs to."""

    FRAME = "frame"
    FRAME_PER_SIDE = "frame_per_side"
    STEP = "step"
    RUN = "run"


@dataclass(frozen=True, slots=True, eq=False)
class Gait:
    """What a step or run metric is computed from.

    ``frame_columns`` holds the per-frame metrics, each of shape (F,), by column name;
    ``flat_foot_deg`` the heel-toe line's angle while each foot lies flat.
    """

    track: KeypointTrack
    events: GaitEvents
    steps: tuple[Step, ...]
    frame_columns: dict[str, FloatArray]
    flat_foot_deg: Mapping[Side, float] = field(default_factory=dict)


# How a key ends, the longest first.
UNIT_SUFFIXES = ("_leg_ratio", "_ratio", "_deg", "_mps", "_spm", "_m", "_s")

FrameFunction = Callable[[KeypointTrack], FloatArray]
FramePerSideFunction = Callable[[KeypointTrack, Side], FloatArray]
StepFunction = Callable[[Gait, Step], float]
RunFunction = Callable[[Gait], float]


@dataclass(frozen=True, slots=True, eq=False)
class MetricDefinition:
    """One row of the catalog; CSV headers, report, overlay and docs follow from it.

    ``key`` ends in the unit; ``positive`` says what a positive value means;
    ``method_error`` is the known error of the method (one standard deviation, same unit)
    that averaging over steps does not reduce; ``per_roll_deg`` how much a degree of camera roll
    that nobody knows of adds to the value; ``usual_scatter`` the usual standard deviation
    from step to step (of cadence: of contact times about the beat [s]); ``is_bilateral`` tells
    whether left and right are summarised apart.
    """

    key: str
    label: str
    unit: str
    level: Level
    positive: str
    definition: str
    source: str
    compute: FrameFunction | FramePerSideFunction | StepFunction | RunFunction
    method_error: float = 0.0
    per_roll_deg: float = 0.0
    usual_scatter: float = 0.0
    is_bilateral: bool = False
    decimals: int = 1

    def error(self, roll_doubt_deg: float) -> float:
        """Return the method's error where the camera's roll is in doubt by so much."""
        return math.hypot(self.method_error, self.per_roll_deg * roll_doubt_deg)

    def column(self, side: Side | None = None) -> str:
        """Return the CSV column name: ``knee_flexion_left_deg`` from ``knee_flexion_deg``."""
        if self.level is not Level.FRAME_PER_SIDE or side is None:
            return self.key
        suffix = next(suffix for suffix in UNIT_SUFFIXES if self.key.endswith(suffix))
        return f"{self.key.removesuffix(suffix)}_{side}{suffix}"
