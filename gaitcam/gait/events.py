"""Initial contacts and toe-offs, as records."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import EventKind, Side


@dataclass(frozen=True, slots=True)
class GaitEvent:
    """One contact of one foot with the ground, or its end.

    ``time_s`` counts from the first analysed frame and is finer than the frame interval;
    ``uncertainty_s`` is one standard deviation; ``confidence`` runs from 0 to 1.
    """

    kind: EventKind
    side: Side
    time_s: float
    uncertainty_s: float
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class GaitEvents:
    """All events of a clip in order of time."""

    events: tuple[GaitEvent, ...]

    def __post_init__(self) -> None:
        times = [event.time_s for event in self.events]
        if any(later < earlier for earlier, later in pairwise(times)):
            raise ValueError("events: expected ascending times")

    def __iter__(self) -> Iterator[GaitEvent]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def of(self, kind: EventKind, side: Side | None = None) -> tuple[GaitEvent, ...]:
        """Return the events of one kind, of one side or of both."""
        return tuple(
            event
            for event in self.events
            if event.kind is kind and (side is None or event.side is side)
        )

    def times_s(self, kind: EventKind, side: Side | None = None) -> FloatArray:
        """Return the times [s] of one kind of event, ascending, shape (n,)."""
        return np.array([event.time_s for event in self.of(kind, side)], dtype=np.float64)
