"""Several people told apart over time: sightings on a coarse grid linked by place and size."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.region import Region

# Over this time a person moves on along a straight line.
MEMORY_S = 0.5
# A person is expected back for this long; one who keeps the place, longer.
COAST_S, COAST_IN_PLACE_S = 1.0, 4.0
# Sides of the region a second, below which the person keeps the place.
IN_PLACE_SPEED = 0.25
# Mismatch (see `mismatch`) up to which a sighting is of the person who was expected.
LARGEST_MISMATCH, LARGEST_MISMATCH_AT_FIRST = 0.3, 0.5
SAME_SIGHTING = 0.2
# What is found this close to a larger person's hips, in sides, is a part of that person.
PART_OF_BODY = 0.3
MOST_PEOPLE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """One person in one sampled frame.

    ``box_px``: left, top, right, bottom; ``apart``: from right to left ankle in leg lengths;
    ``colour``: of the trunk (CIE Lab).
    """

    index: int
    time_s: float
    region: Region
    box_px: FloatArray
    apart: FloatArray
    colour: FloatArray


Look = Callable[[Region], Glimpse | None]


def mismatch(expected: Region, seen: Region) -> float:
    """Return how badly two regions agree: the distance in sides, and the sizes' log ratio."""
    off = math.hypot(seen.x - expected.x, seen.y - expected.y) / max(expected.side, seen.side)
    return off + abs(math.log(seen.side / expected.side))


class Trail:
    """What was seen of one person, without a break that could hide a change of person."""

    def __init__(self, first: Glimpse) -> None:
        """Begin with the ``first`` sight."""
        self.glimpses = [first]

    @property
    def last(self) -> Glimpse:
        """The latest sight."""
        return self.glimpses[-1]

    def expect(self, time_s: float) -> Region:
        """Return where the person is at ``time_s``, by the last sights."""
        recent = [g for g in self.glimpses[-8:] if g.time_s >= self.last.time_s - MEMORY_S]
        return line_through(recent, time_s)

    def accepts(self, seen: Region, time_s: float) -> float:
        """Return how badly ``seen`` agrees with what is expected; infinite when too badly."""
        limit = LARGEST_MISMATCH if len(self.glimpses) > 2 else LARGEST_MISMATCH_AT_FIRST
        value = mismatch(self.expect(time_s), seen)
        return value if value <= limit else math.inf

    def is_over(self, time_s: float) -> bool:
        """Return whether the person is no longer expected back at ``time_s``."""
        missing_s = time_s - self.last.time_s
        before, now = self.expect(self.last.time_s - 0.5), self.expect(self.last.time_s)
        speed = math.hypot(now.x - before.x, now.y - before.y) / now.side / 0.5
        return missing_s > (COAST_IN_PLACE_S if speed < IN_PLACE_SPEED else COAST_S)


def line_through(glimpses: list[Glimpse], time_s: float) -> Region:
    """Return the region at ``time_s`` on the straight line through some sights.

    Side and rotation are medians; fewer than three sights tell no speed.
    """
    values = np.array([(g.region.x, g.region.y) for g in glimpses])
    x, y = values[-1]
    if len(glimpses) > 2:
        times = np.array([g.time_s for g in glimpses]) - time_s
        x, y = np.polynomial.polynomial.polyfit(times, values, 1)[0]
    side = float(np.median([g.region.side for g in glimpses]))
    rotation = float(np.median([g.region.rotation_rad for g in glimpses]))
    return Region(float(x), float(y), side, rotation)


class Linker:
    """Follows everybody from sampled frame to sampled frame."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.trails: list[Trail] = []
        self._over: set[int] = set()

    def see(self, time_s: float, look: Look, found: Iterable[Region]) -> None:
        """Go on to the next frame: ``look`` sees the person in a region, ``found`` are all.

        Where two people hide each other, the sight goes to the one of whom it was expected;
        the other is expected back.
        """
        live = self._live(time_s)
        sights = [(trail, look(trail.expect(time_s))) for trail in live]
        taken = _share_out(sights, time_s)
        newcomers = [look(region) for region in found if not _is_known(region, taken)]
        missing = [trail for trail in live if trail.last.time_s < time_s]
        taken += _share_out([(t, g) for t in missing for g in newcomers], time_s, taken)
        self._begin([each for each in newcomers if each is not None], taken, time_s)

    def _live(self, time_s: float) -> list[Trail]:
        self._over |= {id(trail) for trail in self.trails if trail.is_over(time_s)}
        return [trail for trail in self.trails if id(trail) not in self._over]

    def _begin(self, newcomers: list[Glimpse], taken: list[Glimpse], time_s: float) -> None:
        """Begin a trail for everybody new, as clear as they were found."""
        for each in newcomers:
            if len(self._live(time_s)) < MOST_PEOPLE and not _is_known(each.region, taken):
                self.trails.append(Trail(each))
                taken.append(each)


def _share_out(
    sights: Iterable[tuple[Trail, Glimpse | None]], time_s: float, taken: Iterable[Glimpse] = ()
) -> list[Glimpse]:
    """Give each sight to the person whom it fits best, and return those that were given."""
    ranked = [(trail.accepts(g.region, time_s), trail, g) for trail, g in sights if g is not None]
    ranked.sort(key=lambda each: each[0])
    given: list[Glimpse] = []
    for cost, trail, glimpse in ranked:
        is_taken = any(
            mismatch(other.region, glimpse.region) < SAME_SIGHTING for other in (*taken, *given)
        )
        if cost < math.inf and not is_taken and trail.last.time_s < time_s:
            trail.glimpses.append(glimpse)
            given.append(glimpse)
    return given


def _is_known(region: Region, taken: Iterable[Glimpse]) -> bool:
    """Return whether ``region`` shows somebody who is followed already, or a part of him."""
    return any(
        math.hypot(region.x - g.region.x, region.y - g.region.y)
        < PART_OF_BODY * max(region.side, g.region.side)
        for g in taken
    )
