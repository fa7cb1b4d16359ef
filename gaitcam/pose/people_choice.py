"""From everybody's trails to people: who is one person, who is the runner, who has which number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.errors import SettingsError
from gaitcam.pose.people import name_place
from gaitcam.pose.people_linking import Glimpse, Trail, mismatch

# Who is seen for less than this, in all, may be a mistake of the detector.
SHORTEST_S, SHORTEST_SHARE = 0.8, 0.2
FEWEST_IN_TRAIL = 3
# A trail that keeps this share of its time about the hips of a longer one shows the same body.
SHADOW_SHARE, SHADOW_REACH = 0.4, 0.3
# Smaller than this, as part of the largest runner, nobody is told of.
SMALLEST_PART = 0.3
# What a person's trails have in common: size, and colour of the trunk (CIE Lab distance).
SIZE_RATIO, COLOUR_DISTANCE = 1.3, 25.0
SHORT_GAP_S, SAME_PLACE = 4.0, 0.6
# Stride frequencies, slow motion included; a rhythm needs this many sights.
SLOWEST_HZ, FASTEST_HZ = 0.1, 2.5
FEWEST_GLIMPSES = 8
# Leg lengths that the ankles rise past each other: more than this is no more of a run.
RUNS = 0.5
# Of the size that counts at the picture's rim, where in its middle all of it does.
RIM_WEIGHT = 0.4
# Sides that somebody who runs in place moves about, and how much more likely that is the runner.
IN_PLACE, IN_PLACE_WEIGHT = 0.6, 1.5
STANDING = 0.1
PLACES = ("left", "centre", "right")


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One person: all sights in order of time, and how much the legs run (see `leg_rhythm`)."""

    glimpses: tuple[Glimpse, ...]
    running: float

    @property
    def side(self) -> float:
        """The usual side of the region, in px."""
        return float(np.median([g.region.side for g in self.glimpses]))

    def at(self, index: int) -> Glimpse | None:
        """Return the sight in frame ``index``."""
        return next((g for g in self.glimpses if g.index == index), None)


def gather_people(trails: Sequence[Trail]) -> list[Person]:
    """Return the people behind the trails, the smallest left out; in order of first sight."""
    lasting = _without_shadows([t for t in trails if len(t.glimpses) >= FEWEST_IN_TRAIL])
    people = [Person(tuple(group), leg_rhythm(group)) for group in _join(lasting)]
    longest_s = max((_length_s(person.glimpses) for person in people), default=0.0)
    shortest_s = min(SHORTEST_S, SHORTEST_SHARE * longest_s)
    people = [person for person in people if _length_s(person.glimpses) >= shortest_s]
    largest = max((p.side for p in people if p.running > STANDING), default=0.0)
    return [person for person in people if person.side >= SMALLEST_PART * largest]


def choose_runner(people: Sequence[Person], width: int) -> int:
    """Return which of the ``people`` is the runner.

    The legs run, large and central in the picture, for long, and rather in place (a treadmill, a
    camera that follows) than passing by.
    """

    def score(person: Person) -> float:
        xs = np.array([g.region.x for g in person.glimpses])
        off = float(np.mean(np.abs(xs - width / 2))) / (width / 2)
        centrality = 1 - (1 - RIM_WEIGHT) * min(1.0, off)
        size = person.side * math.sqrt(len(person.glimpses))
        legs = min(person.running / RUNS, 1.0) ** 2
        low, high = np.percentile(xs, [5, 95])
        place = IN_PLACE_WEIGHT if high - low < IN_PLACE * person.side else 1.0
        return (0.01 + legs) * size * centrality * place

    return max(range(len(people)), key=lambda number: score(people[number]))


def leg_rhythm(glimpses: Sequence[Glimpse]) -> float:
    """Return how far the ankles rise past each other in a steady rhythm, in leg lengths.

    The range of the ankles' difference in height (near 0 for a picture or a bystander, 0.3 for
    a walker, above 0.5 for a runner), times the share of the legs' movement that one sinusoid
    explains: what merely trembles has no rhythm.
    """
    times, apart = [g.time_s for g in glimpses], [g.apart for g in glimpses]
    return measure_rhythm(np.array(times), np.array(apart))


def measure_rhythm(time_s: FloatArray, apart: FloatArray) -> float:
    """Return the same for the ankles' differences (N, 2), in leg lengths, at ``time_s`` (N,)."""
    if len(time_s) < FEWEST_GLIMPSES:
        return 0.0
    low, high = np.percentile(apart[:, 1], [5, 95])
    return float(high - low) * _rhythm_share(apart - apart.mean(axis=0), time_s)


def _rhythm_share(values: FloatArray, time_s: FloatArray) -> float:
    """Return the share of the variance of ``values`` (N, 2) that the best sinusoid explains."""
    total = float((values**2).sum())
    if total <= 0:
        return 0.0
    lowest = max(SLOWEST_HZ, 0.8 / max(float(np.ptp(time_s)), 1e-3))
    explained = 0.0
    for rate_hz in np.arange(lowest, FASTEST_HZ, 0.25 * lowest):
        turn = 2 * np.pi * rate_hz * time_s
        waves = np.column_stack([np.cos(turn), np.sin(turn), np.ones_like(turn)])
        fit = waves @ np.linalg.lstsq(waves, values, rcond=None)[0]
        explained = max(explained, 1 - float(((values - fit) ** 2).sum()) / total)
    return explained


def number_people(people: Sequence[Person], chosen: int) -> tuple[list[int], int]:
    """Return the ``people`` in the order of their numbers, and the frame that shows most of them.

    The frame shows the ``chosen`` one, and of such the most others.  Who is in it is numbered
    from left to right; the others follow in order of first sight.
    """

    def shown(index: int) -> int:
        return sum(person.at(index) is not None for person in people)

    counts = [(shown(g.index), -n, g.index) for n, g in enumerate(people[chosen].glimpses)]
    frame = max(counts)[2]

    def place(number: int) -> tuple[bool, float]:
        glimpse, first = people[number].at(frame), people[number].glimpses[0]
        return glimpse is None, first.time_s if glimpse is None else glimpse.region.x

    return sorted(range(len(people)), key=place), frame


def pick(wanted: str, boxes_x: Sequence[float | None], width: int, clip: str) -> int:
    """Return the position in the order of numbers of the person that the user ``wanted``.

    ``boxes_x``: where each stands in the picture of choices; None: not in it.  Raises
    `SettingsError` when there is no such person.
    """
    if wanted in PLACES:
        here = [(x, n) for n, x in enumerate(boxes_x) if x is not None]
        aim = {"left": 0.0, "centre": width / 2, "right": float(width)}[wanted]
        return min((abs(x - aim), n) for x, n in here)[1]
    if not 1 <= int(wanted) <= len(boxes_x):
        raise SettingsError(
            f"person: number {wanted} was asked for, but {_who_is_there(boxes_x, width, clip)}"
        )
    return int(wanted) - 1


def _who_is_there(boxes_x: Sequence[float | None], width: int, clip: str) -> str:
    """Return how many people were seen, and where: there is no picture of them at this point."""
    if len(boxes_x) < 2:
        return f"only 1 person was seen in {clip}; leave out --person to follow that one"
    places = ", ".join(
        f"{number} {'seen at another moment' if x is None else name_place(x, width)}"
        for number, x in enumerate(boxes_x, start=1)
    )
    return (
        f"{len(boxes_x)} people were seen in {clip}: {places}; choose one of these, or leave out "
        "--person: then the runner is followed, and people.jpg numbers everybody"
    )


def _length_s(glimpses: Sequence[Glimpse]) -> float:
    return glimpses[-1].time_s - glimpses[0].time_s


def _without_shadows(trails: Sequence[Trail]) -> list[Trail]:
    """Leave out trails that keep to the body of a longer one."""
    kept: list[Trail] = []
    for trail in sorted(trails, key=lambda t: -len(t.glimpses)):
        if not any(_is_shadow(trail, other) for other in kept):
            kept.append(trail)
    return sorted(kept, key=lambda t: t.glimpses[0].time_s)


def _is_shadow(trail: Trail, longer: Trail) -> bool:
    places = {g.index: g.region for g in longer.glimpses}
    near = 0
    for glimpse in trail.glimpses:
        one, other = glimpse.region, places.get(glimpse.index)
        if other is not None:
            reach = SHADOW_REACH * max(one.side, other.side)
            near += math.hypot(one.x - other.x, one.y - other.y) < reach
    return near > SHADOW_SHARE * len(trail.glimpses)


def _join(trails: Sequence[Trail]) -> list[list[Glimpse]]:
    """Join trails of one person that follow on one another; ``trails`` by their first time."""
    groups: list[list[Glimpse]] = []
    for trail in trails:
        fitting = [group for group in groups if _is_continued(group, trail.glimpses)]
        if fitting:
            max(fitting, key=lambda group: group[-1].time_s).extend(trail.glimpses)
        else:
            groups.append(list(trail.glimpses))
    return groups


def _is_continued(before: list[Glimpse], after: list[Glimpse]) -> bool:
    """Return whether the same person was seen ``before`` and ``after`` a break.

    Either he comes back where he was lost, or he runs both times, as large and in the same
    colours: a runner who passes by several times.
    """
    gap_s = after[0].time_s - before[-1].time_s
    if gap_s <= 0 or _colours_apart(before, after) > COLOUR_DISTANCE:
        return False
    if gap_s <= SHORT_GAP_S and mismatch(before[-1].region, after[0].region) < SAME_PLACE:
        return True
    one, other = Person(tuple(before), 0.0).side, Person(tuple(after), 0.0).side
    is_run = all(len(p) < FEWEST_GLIMPSES or leg_rhythm(p) > STANDING for p in (before, after))
    return is_run and max(one, other) < SIZE_RATIO * min(one, other)


def _colours_apart(before: list[Glimpse], after: list[Glimpse]) -> float:
    colours = [np.median([g.colour for g in part], axis=0) for part in (before, after)]
    # Light and shade change the first, lightness, more than the others.
    return float(np.linalg.norm((colours[0] - colours[1]) * (0.5, 1.0, 1.0)))
