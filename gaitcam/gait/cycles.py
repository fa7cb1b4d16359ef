"""Steps and strides cut from the events.

A step runs from an initial contact to the next one of the other foot; a stride to the next
one of the same foot.
"""

from dataclasses import dataclass
from itertools import pairwise

from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.vocabulary import EventKind, Side

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Step:
    """One landing and what follows it; a time that the clip does not show is NaN.

    Times in seconds from the first analysed frame: this foot's contact and toe-off, the
    other foot's toe-off before it and contact after it, and this foot's next contact.
    """

    index: int
    side: Side
    contact_s: float
    toe_off_s: float
    other_toe_off_before_s: float
    other_contact_s: float
    next_contact_s: float
    confidence: float


def cut_steps(events: GaitEvents) -> tuple[Step, ...]:
    """Return one `Step` for each initial contact, in order of time."""
    contacts = events.of(EventKind.INITIAL_CONTACT)
    return tuple(_step(index, contact, events) for index, contact in enumerate(contacts))


def _step(index: int, contact: GaitEvent, events: GaitEvents) -> Step:
    side, start = contact.side, contact.time_s
    next_contact = _first_after(events, EventKind.INITIAL_CONTACT, side, start)
    toe_off = _first_after(events, EventKind.TOE_OFF, side, start)
    if toe_off > next_contact:
        toe_off = NAN
    other_contact = _first_after(events, EventKind.INITIAL_CONTACT, side.other, start)
    if other_contact > next_contact:
        other_contact = NAN
    return Step(
        index=index,
        side=side,
        contact_s=start,
        toe_off_s=toe_off,
        other_toe_off_before_s=_toe_off_before(events, side, start),
        other_contact_s=other_contact,
        next_contact_s=next_contact,
        confidence=contact.confidence,
    )


def _first_after(events: GaitEvents, kind: EventKind, side: Side, time_s: float) -> float:
    return next((e.time_s for e in events.of(kind, side) if e.time_s > time_s), NAN)


def _toe_off_before(events: GaitEvents, side: Side, time_s: float) -> float:
    """Return the other foot's toe-off before a contact, if no contact of it lies between."""
    before = [e for e in events if e.side is side.other and e.time_s <= time_s]
    if not before or before[-1].kind is not EventKind.TOE_OFF:
        return NAN
    return before[-1].time_s


def is_alternating(events: GaitEvents) -> bool:
    """Tell whether initial contacts change sides from each to the next."""
    contacts = events.of(EventKind.INITIAL_CONTACT)
    return all(first.side is not second.side for first, second in pairwise(contacts))
