"""While one person is followed: who else is in the picture, and where a small one may be."""

import math

from gaitcam.pose.detector import Detection, PersonDetector
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.people_search import count_levels, find_in_squares, unite
from gaitcam.pose.people_survey import look_at
from gaitcam.pose.region import Region
from gaitcam.video.picture import AnyPicture

# The score of a person whose size suits the square; of another it is less.
SURE = 0.8
# The score of nearly everybody half as high as the picture.
CLEAR = 0.9
# Others whose hips lie this close, in sides, are parts of the same body.
SAME_BODY = 0.3
# Who is smaller than this part of the runner is no danger to him.
SMALLEST_OTHER = 0.4
# A region's side is this much more than a person's height; one as high as this part of a
# square is found in it.
SIDE_OVER_HEIGHT, FOUND_FROM = 1.3, 0.28


class Lookout:
    """Finds what the search for one clear person leaves out."""

    def __init__(self, detector: PersonDetector, placer: LandmarkPlacer) -> None:
        """Use both networks of a worker."""
        self._detector, self._placer = detector, placer

    def find_clearest(self, image: AnyPicture) -> Region | None:
        """Return the clearest person in the whole picture.

        One of whom the detector is not sure is looked for in the largest squares, which show
        more: of a runner a third as high as the picture the first guess may be far off.
        """
        people = self._detector.find(image)
        fits = bool(people) and people[0].region.side < min(image.shape[:2])
        if fits and people[0].score < CLEAR:
            people = find_in_squares(self._detector, image, 0) or people
        return people[0].region if people else None

    def find_small(self, image: AnyPicture, step: int) -> list[Region]:
        """Return who is found in squares at ``step`` of a coarse grid of time, the surest first.

        The next level of smaller squares is searched half as often; unless all are, the
        detector must be sure.
        """
        levels = [level for level in range(count_levels(image)) if step % 2**level == 0]
        found: list[Detection] = []
        for level in levels:
            found += find_in_squares(self._detector, image, level)
            if any(person.score >= SURE for person in found):
                break
        is_all = len(levels) == count_levels(image)
        return [each.region for each in unite(found) if is_all or each.score >= SURE]

    def sees_others(self, image: AnyPicture, runner: Region, part: int | None = None) -> bool:
        """Return whether somebody as large as the ``runner``, or nearly so, is in the picture.

        ``part``: look for smaller ones instead, in one of `PARTS` of the picture.
        """
        for person in self._find_alike(image, runner, part):
            if _is_other(runner, person):
                sighting = look_at(self._placer, image, person)
                if sighting and sighting.region and _is_other(runner, sighting.region):
                    return True
        return False

    def _find_alike(self, image: AnyPicture, runner: Region, part: int | None) -> list[Region]:
        """Return who is about as large as the ``runner``, as the detector's first guess goes."""
        level, *smaller = _levels_for(image, runner)
        if part is not None:
            people = [
                person
                for each in smaller
                for person in find_in_squares(self._detector, image, each, part)
            ]
        elif runner.side > min(image.shape[:2]):
            people = self._detector.find(image)
        else:
            people = find_in_squares(self._detector, image, level)
        return [person.region for person in people]


def _levels_for(image: AnyPicture, runner: Region) -> tuple[int, ...]:
    """Return the coarsest level of squares that finds who is as large as the runner; the next."""
    shorter, levels = min(image.shape[:2]), count_levels(image)
    for level in range(levels):
        if runner.side >= SIDE_OVER_HEIGHT * FOUND_FROM * shorter / 2**level:
            return tuple(range(level, min(level + 2, levels)))
    return (levels - 1,)


def _is_other(runner: Region, person: Region) -> bool:
    off = math.hypot(runner.x - person.x, runner.y - person.y)
    is_apart = off > SAME_BODY * max(runner.side, person.side)
    return is_apart and person.side > SMALLEST_OTHER * runner.side


def is_small(image: AnyPicture, person: Region) -> bool:
    """Return whether a person is too small to be found in the whole picture."""
    return person.side < SIDE_OVER_HEIGHT * FOUND_FROM * float(max(image.shape[:2]))
