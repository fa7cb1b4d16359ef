"""Sightings become people: linked over time, kept apart, chosen and numbered."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from gaitcam.errors import SettingsError
from gaitcam.pose.guide import Guide, is_followed, is_hidden
from gaitcam.pose.one_of_many import normal_person
from gaitcam.pose.people_choice import (
    Person,
    choose_runner,
    gather_people,
    leg_rhythm,
    number_people,
    pick,
)
from gaitcam.pose.people_linking import Glimpse, Linker
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting

STEP_S, SIDE = 0.1, 400.0
STRIDE_HZ = 1.4
Place = Callable[[float], float]


def glimpse(
    index: int, x: float, side: float = SIDE, legs: float = 0.0, colour: float = 50.0
) -> Glimpse:
    time_s = index * STEP_S
    rise = 0.5 * legs * math.sin(2 * math.pi * STRIDE_HZ * time_s)
    return Glimpse(
        index=index,
        time_s=time_s,
        region=Region(x, 300.0, side, 0.0),
        box_px=np.array([x - 50, 100, x + 50, 500]),
        apart=np.array([2 * rise, rise]),
        colour=np.array([colour, 0.0, 0.0]),
    )


def person(places: dict[int, float], side: float = SIDE, legs: float = 0.0) -> Person:
    glimpses = tuple(glimpse(index, x, side, legs) for index, x in places.items())
    return Person(glimpses, leg_rhythm(glimpses))


def film(people: list[tuple[Place, float, float]], steps: int) -> Linker:
    """Link what a camera sees of people (place over time, side, legs); the larger hide others."""
    linker = Linker()
    for index in range(steps):
        seen = [glimpse(index, at(index * STEP_S), side, legs) for at, side, legs in people]
        seen.sort(key=lambda each: -each.region.side)

        def look(region: Region, seen: list[Glimpse] = seen) -> Glimpse | None:
            near = [g for g in seen if abs(g.region.x - region.x) < 0.3 * g.region.side]
            return near[0] if near else None

        linker.see(index * STEP_S, look, [each.region for each in seen])
    return linker


def test_who_crosses_before_the_runner_does_not_take_his_place() -> None:
    runner = (lambda _: 640.0, SIDE, 0.6)
    passer = (lambda time_s: -200 + 400 * time_s, 1.2 * SIDE, 0.3)
    people = gather_people(film([runner, passer], 45).trails)
    assert sorted(round(each.side) for each in people) == [400, 480]
    kept = next(each for each in people if round(each.side) == 400)
    assert all(g.region.x == 640 for g in kept.glimpses)
    assert len(kept.glimpses) < 45  # hidden for a while
    assert kept.glimpses[-1].time_s > 4.0


def test_a_runner_who_comes_back_is_the_same_person() -> None:
    def passes(time_s: float) -> float:
        return -300 + 700 * (time_s % 3.0)

    bystander = (lambda _: 1000.0, 0.9 * SIDE, 0.0)
    linker = film([(passes, SIDE, 0.7), bystander], 58)
    people = gather_people(linker.trails)
    runner = choose_runner(people, 1280)
    assert len(people) == 2
    assert people[runner].side == SIDE
    assert np.ptp([g.time_s for g in people[runner].glimpses]) > 4.0


def test_a_mistake_of_the_detector_is_nobody() -> None:
    linker = film([(lambda _: 640.0, SIDE, 0.6)], 30)
    linker.see(3.0, lambda region: glimpse(30, region.x), [Region(100, 300, SIDE, 0)])
    assert len(gather_people(linker.trails)) == 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (person(dict.fromkeys(range(40), 1000.0), 1.3 * SIDE, 0.0), "stands, and is larger"),
        (person(dict.fromkeys(range(40), 1000.0), 0.7 * SIDE, 0.6), "runs, and is smaller"),
        (person(dict.fromkeys(range(40), 1200.0), 1.1 * SIDE, 0.6), "runs, at the rim"),
        (person({n: 40.0 * n for n in range(30)}, 1.2 * SIDE, 0.3), "walks by, larger"),
    ],
)
def test_the_runner_is_chosen_not_who(other: Person, why: str) -> None:
    runner = person(dict.fromkeys(range(40), 640.0), legs=0.6)
    assert choose_runner([other, runner], 1280) == 1, why
    assert choose_runner([runner, other], 1280) == 0, why


def test_trembling_landmarks_are_no_running() -> None:
    noise = np.random.default_rng(1).normal(0, 0.3, (80, 2))
    still = [glimpse(n, 640.0) for n in range(80)]
    for each, apart in zip(still, noise, strict=True):
        each.apart[:] = apart
    assert leg_rhythm(still) < 0.3 < leg_rhythm([glimpse(n, 640.0, legs=0.6) for n in range(80)])


def test_numbers_go_from_left_to_right_in_the_picture_and_then_by_time() -> None:
    right, left = person(dict.fromkeys(range(40), 900.0)), person(dict.fromkeys(range(40), 300.0))
    later = person({60: 10.0, 61: 10.0})
    order, frame = number_people([later, right, left], 1)
    assert order == [2, 1, 0]
    assert left.at(frame) is not None


def test_a_person_is_picked_by_number_or_place() -> None:
    places = [100.0, 500.0, 1200.0, None]
    assert pick("3", places, 1280, "run.mp4") == 2
    assert [pick(where, places, 1280, "run.mp4") for where in ("left", "centre", "right")] == [
        *(0, 1, 2)
    ]


def test_a_number_that_nobody_has_is_refused_with_those_that_somebody_has() -> None:
    with pytest.raises(SettingsError) as error:
        pick("5", [100.0, 500.0, 1200.0, None], 1280, "run.mp4")
    assert str(error.value) == (
        "person: number 5 was asked for, but 4 people were seen in run.mp4: 1 on the left, 2 in "
        "the middle, 3 on the right, 4 seen at another moment; choose one of these, or leave out "
        "--person: then the runner is followed, and people.jpg numbers everybody"
    )
    with pytest.raises(SettingsError, match=r"only 1 person was seen in run.mp4; leave out"):
        pick("2", [3.0], 1280, "run.mp4")


@pytest.mark.parametrize("wrong", ["0", "-1", "middle", "", "1.5"])
def test_an_impossible_person_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError, match="person: expected a number"):
        normal_person(wrong)


def test_a_person_is_told_alike_from_the_command_line_and_the_settings_file() -> None:
    assert normal_person("2") == normal_person(2) == 2
    assert normal_person("Center") == "centre"


def test_the_guide_leads_without_lag_and_ends_with_the_person() -> None:
    passing = person({n: 100.0 + 40 * n for n in range(20)})
    guide = Guide(passing, ())
    at = guide.expect(0.95)
    assert at is not None
    assert at.x == pytest.approx(480)
    assert guide.expect(2.5) is None
    assert guide.expect(2.1) is not None


def test_a_short_absence_in_place_is_bridged_a_long_one_is_not() -> None:
    places = dict.fromkeys((*range(10), *range(30, 40), *range(90, 100)), 640.0)
    guide = Guide(person(places), ())
    assert guide.expect(2.0) is not None
    assert guide.expect(6.0) is None


def test_a_sighting_of_somebody_else_is_refused() -> None:
    expected, rival = Region(640, 300, SIDE, 0), Region(700, 300, 1.25 * SIDE, 0)

    def seen(region: Region) -> Sighting:
        return Sighting(np.zeros((33, 7)), region)

    assert is_followed(seen(Region(650, 300, SIDE, 0)), expected, [rival])
    assert not is_followed(seen(Region(690, 300, 1.2 * SIDE, 0)), expected, [rival])
    assert not is_followed(seen(Region(900, 300, SIDE, 0)), expected, [])
    assert is_hidden(expected, [Region(650, 300, 1.25 * SIDE, 0)])
    assert not is_hidden(expected, [Region(650, 300, 0.8 * SIDE, 0)])
