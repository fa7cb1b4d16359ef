"""The measured numbers: one table a frame, one a step, one summary a run."""

from collections.abc import Mapping
from dataclasses import dataclass

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.vocabulary import Side


@dataclass(frozen=True, slots=True, eq=False)
class FrameTable:
    """One row a frame: ``columns[name]`` has shape (F,); a missing value is NaN."""

    time_s: FloatArray
    columns: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class StepTable:
    """One row a step: ``columns[key]`` has shape (N,); a missing value is NaN."""

    steps: tuple[Step, ...]
    columns: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval and the count of steps behind it; NaN if unknown."""

    value: float
    low: float
    high: float
    n: int

    @property
    def is_known(self) -> bool:
        """Whether there is a value at all."""
        return self.value == self.value


@dataclass(frozen=True, slots=True)
class MetricSummary:
    """One metric over the run: both sides together, each side, and left minus right."""

    key: str
    unit: str
    overall: Estimate
    spread: float
    left: Estimate | None = None
    right: Estimate | None = None
    difference: Estimate | None = None

    def of(self, side: Side | None) -> Estimate | None:
        """Return one side's estimate, if the metric has sides, or that of both (None)."""
        if side is None:
            return self.overall
        return self.left if side is Side.LEFT else self.right


@dataclass(frozen=True, slots=True, eq=False)
class RunSummary:
    """Every catalog metric over the whole run, in the catalog's order."""

    metrics: Mapping[str, MetricSummary]

    def value(self, key: str) -> float:
        """Return the overall value of one metric."""
        return self.metrics[key].overall.value
