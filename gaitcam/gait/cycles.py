"""Steps and strides cut from the events.

A step runs from an initial contact to the next one of the other foot; a stride to the next
one of the same foot.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.vocabulary import EventKind, Side

NAN = float("nan")
# In usual steps: what takes longer hides a missed contact.  A stride has two, and a walker's
# foot stays down for hardly more than one.
LONGEST_STEP, LONGEST_STRIDE = 1.5, 3.0


@dataclass(frozen=True, slots=True)
class Step:
    """One landing and what follows it; a time that the clip does not show, or missed, is NaN.

    Times in seconds from the first analysed frame: this foot's contact and toe-off, the
    other foot's contact after it, and this foot's next contact.
    """

    index: int
    side: Side
    contact_s: float
    toe_off_s: float
    other_contact_s: float
    next_contact_s: float
    confidence: float


def cut_steps(events: GaitEvents) -> tuple[Step, ...]:
    """Return one `Step` for each initial contact, in order of time."""
    times = {
        (kind, side): events.times_s(kind, side).tolist() for kind in EventKind for side in Side
    }
    contacts = events.of(EventKind.INITIAL_CONTACT)
    usual_s = _usual_step_s(contacts)
    return tuple(_step(index, contact, times, usual_s) for index, contact in enumerate(contacts))


Times = dict[tuple[EventKind, Side], list[float]]


def _usual_step_s(contacts: Sequence[GaitEvent]) -> float:
    """Return the usual time between contacts of two feet [s]; infinite where that is not known.

    The mean of both feet's, so that a limp is no missed contact.
    """
    steps_s: dict[Side, list[float]] = {side: [] for side in Side}
    for first, second in pairwise(contacts):
        if first.side is not second.side:
            steps_s[first.side].append(second.time_s - first.time_s)
    known = [median_low(times_s) for times_s in steps_s.values() if times_s]
    return sum(known) / len(known) if known else math.inf


def _step(index: int, contact: GaitEvent, times: Times, usual_s: float) -> Step:
    side, start = contact.side, contact.time_s

    def first(kind: EventKind, side: Side, most_steps: float, before_s: float = NAN) -> float:
        moment = _first_after(times[kind, side], start)
        return moment if moment - start <= most_steps * usual_s and not moment > before_s else NAN

    next_contact = first(EventKind.INITIAL_CONTACT, side, LONGEST_STRIDE)
    toe_off = first(EventKind.TOE_OFF, side, LONGEST_STEP, next_contact)
    other_contact = first(EventKind.INITIAL_CONTACT, side.other, LONGEST_STEP, next_contact)
    return Step(
        index=index,
        side=side,
        contact_s=start,
        toe_off_s=toe_off,
        other_contact_s=other_contact,
        next_contact_s=next_contact,
        confidence=contact.confidence,
    )


def _first_after(times_s: list[float], moment_s: float) -> float:
    index = bisect_right(times_s, moment_s)
    return times_s[index] if index < len(times_s) else NAN


def is_alternating(events: GaitEvents) -> bool:
    """Tell whether initial contacts change sides from each to the next."""
    contacts = events.of(EventKind.INITIAL_CONTACT)
    return all(first.side is not second.side for first, second in pairwise(contacts))
