"""Steps cut from events: what belongs together, and what is unknown at the ends."""

import math

import numpy as np
import pytest

from gaitcam.gait.cycles import cut_steps, is_alternating
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.vocabulary import EventKind, Side
from tests.running import regular_events


def test_each_contact_begins_one_step_and_sides_alternate() -> None:
    events = regular_events()
    steps = cut_steps(events)
    assert len(steps) == len(events.of(EventKind.INITIAL_CONTACT))
    assert is_alternating(events)
    assert [step.side for step in steps[:3]] == [Side.RIGHT, Side.LEFT, Side.RIGHT]


def test_a_step_in_the_middle_knows_all_its_times() -> None:
    step = cut_steps(regular_events(cadence_spm=150.0, contact_s=0.25))[3]
    assert math.isclose(step.toe_off_s - step.contact_s, 0.25)
    assert math.isclose(step.other_contact_s - step.contact_s, 0.4)
    assert math.isclose(step.next_contact_s - step.contact_s, 0.8)


def test_what_lies_outside_the_clip_is_unknown() -> None:
    steps = cut_steps(regular_events())
    assert math.isnan(steps[-1].next_contact_s)


def test_two_strides_are_not_taken_for_one_where_contacts_were_missed() -> None:
    events = regular_events(cadence_spm=150.0)
    contacts = events.of(EventKind.INITIAL_CONTACT)
    for missed in (contacts[4:5], contacts[4:6]):
        steps = cut_steps(GaitEvents(tuple(event for event in events if event not in missed)))
        strides_s = [step.next_contact_s - step.contact_s for step in steps]
        steps_s = [step.other_contact_s - step.contact_s for step in steps]
        assert max(x for x in strides_s if math.isfinite(x)) == pytest.approx(0.8)
        assert max(x for x in steps_s if math.isfinite(x)) == pytest.approx(0.4)


def test_a_short_clip_with_one_contact_missed_has_no_double_stride() -> None:
    events = regular_events(cadence_spm=150.0)
    contacts = events.of(EventKind.INITIAL_CONTACT)
    few = [e for e in events if e.time_s <= contacts[5].time_s and e is not contacts[2]]
    strides_s = [step.next_contact_s - step.contact_s for step in cut_steps(GaitEvents(tuple(few)))]
    assert [x for x in strides_s if math.isfinite(x)] == pytest.approx([0.8, 0.8])


@pytest.mark.parametrize("contacts", [10, 11])
def test_an_uneven_runner_loses_no_step(contacts: int) -> None:
    sides = [Side.LEFT, Side.RIGHT] * contacts
    times_s = np.cumsum([0.0, *([0.46, 0.30] * contacts)])[:contacts]
    kind = EventKind.INITIAL_CONTACT
    events = GaitEvents(
        tuple(
            GaitEvent(kind, side, float(time_s), 0.005, 1.0)
            for side, time_s in zip(sides, times_s, strict=False)
        )
    )
    steps_s = [step.other_contact_s - step.contact_s for step in cut_steps(events)[:-1]]
    assert np.isfinite(steps_s).all()


def test_a_missing_contact_leaves_no_step_that_spans_it() -> None:
    events = regular_events()
    contacts = events.of(EventKind.INITIAL_CONTACT)
    gone = contacts[4]
    kept = GaitEvents(tuple(event for event in events if event is not gone))
    before = cut_steps(kept)[3]
    assert math.isnan(before.other_contact_s)
    assert not is_alternating(kept)
