"""Where the runner is, and where others are, as a survey of the clip has found them."""

import math
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from gaitcam.pose.people_choice import Person
from gaitcam.pose.people_linking import COAST_IN_PLACE_S, Glimpse, line_through, mismatch
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.vocabulary import KEYPOINT_INDEX

# The region follows the sights this long before and after.
HALF_WINDOW_S = 0.3
# So long before the first sight and after the last one a person may be there already or still.
EDGE_S = 0.3
# Mismatch beyond which a sighting is not of the person who is followed.
FARTHEST = 0.35
# A larger person, who is nearer to the camera, hides one whose hips are this close, in sides.
HIDING = 0.1
HIPS = [KEYPOINT_INDEX["left_hip"], KEYPOINT_INDEX["right_hip"]]


class Guide:
    """Leads the pose estimation to one person, by the sights before and after each moment."""

    def __init__(self, followed: Person, others: Sequence[Person]) -> None:
        """Follow one person, and keep away from the ``others``."""
        self._followed, self._others = _Path(followed), [_Path(other) for other in others]

    def expect(self, time_s: float) -> Region | None:
        """Return where the runner is at ``time_s``; None: not in the picture."""
        return self._followed.region(time_s)

    def rivals(self, time_s: float) -> list[Region]:
        """Return where the others are at ``time_s``."""
        regions = [other.region(time_s) for other in self._others]
        return [region for region in regions if region is not None]


def is_followed(sighting: Sighting, expected: Region, rivals: Sequence[Region]) -> bool:
    """Return whether a sighting is of the person in ``expected``, and of none of the rivals."""
    off = _off(expected, sighting)
    return off < FARTHEST and all(off <= _off(rival, sighting) for rival in rivals)


def _off(person: Region, sighting: Sighting) -> float:
    """Return how badly a sighting agrees with where a person is."""
    if sighting.region is not None:
        return mismatch(person, sighting.region)
    # MediaPipe's own engine tells no region, so no size: the hips must do.
    x, y = sighting.pose[HIPS, :2].mean(axis=0)
    return mismatch(person, Region(float(x), float(y), person.side, 0.0))


def is_hidden(expected: Region, rivals: Sequence[Region]) -> bool:
    """Return whether one of the rivals stands before the person in ``expected``."""
    return any(
        rival.side > expected.side
        and math.hypot(rival.x - expected.x, rival.y - expected.y) < HIDING * rival.side
        for rival in rivals
    )


class _Path:
    """The sights of one person, as a smooth path of regions."""

    def __init__(self, person: Person) -> None:
        self._glimpses = person.glimpses
        self._times = [g.time_s for g in person.glimpses]

    def region(self, time_s: float) -> Region | None:
        """Return the region at ``time_s``; None where the person is out of the picture."""
        after = bisect_left(self._times, time_s)
        before, last = after - 1, len(self._times) - 1
        if after > last:
            is_near = time_s - self._times[last] <= EDGE_S
        elif before < 0:
            is_near = self._times[0] - time_s <= EDGE_S
        else:
            return self._between(time_s, before, after)
        return self._smooth(time_s) if is_near else None

    def _between(self, time_s: float, before: int, after: int) -> Region | None:
        """Return the region between two sights, however long the one hides that a step."""
        gap_s = self._times[after] - self._times[before]
        if gap_s <= 2 * HALF_WINDOW_S:
            return self._smooth(time_s)
        if gap_s > COAST_IN_PLACE_S or mismatch(self._region(before), self._region(after)) > 1:
            edge = before if time_s - self._times[before] <= EDGE_S else after
            return self._region(edge) if abs(self._times[edge] - time_s) <= EDGE_S else None
        share = (time_s - self._times[before]) / gap_s
        one, other = self._region(before), self._region(after)
        x, y, side, turn = (
            (1 - share) * getattr(one, name) + share * getattr(other, name)
            for name in ("x", "y", "side", "rotation_rad")
        )
        return Region(x, y, side, turn)

    def _region(self, number: int) -> Region:
        return self._glimpses[number].region

    def _smooth(self, time_s: float) -> Region:
        """Return the region on the line through the sights about ``time_s``."""
        low = bisect_left(self._times, time_s - HALF_WINDOW_S)
        high = bisect_left(self._times, time_s + HALF_WINDOW_S)
        window: list[Glimpse] = list(self._glimpses[low:high])
        if not window:
            nearest = int(np.argmin(np.abs(np.array(self._times) - time_s)))
            window = [self._glimpses[nearest]]
        return line_through(window, time_s)
