"""Small people: looked for in overlapping squares, since the detector sees 224 px only."""

import math
from itertools import product

import numpy as np

from gaitcam.pose.detector import SAME_BODY, Detection, PersonDetector
from gaitcam.pose.region import MARGIN, Region
from gaitcam.video.picture import AnyPicture

# The first squares are as wide as the picture's shorter side, each next level's half of that.
LEVELS = 3
SMALLEST_SQUARE_PX = 240
# The region's side over the square's of somebody who just fits in.
LARGEST_IN_SQUARE = 1.4
# A search of a whole level may be spread over so many frames.
PARTS = 6
# How far the next square lies, in sides: people are higher than wide.
STEP_ACROSS, STEP_DOWN = 2 / 3, 1 / 2


def count_levels(image: AnyPicture) -> int:
    """Return how many levels of squares are worth a search in ``image``."""
    shorter = min(image.shape[:2])
    return sum(shorter / 2**level >= SMALLEST_SQUARE_PX for level in range(LEVELS)) or 1


def find_in_squares(
    detector: PersonDetector, image: AnyPicture, level: int, part: int | None = None
) -> list[Detection]:
    """Return who is found in the squares of one ``level`` (from 0 on), the surest first.

    Whoever would be larger than a square is left out: only a part of him is in it.  ``part``:
    look into one of `PARTS` of the squares only.
    """
    height, width = image.shape[:2]
    squares = _squares(width, height, min(width, height) / 2**level)
    found = [
        person
        for square in (squares if part is None else squares[part::PARTS])
        for person in detector.find(image, square)
        if person.region.side < LARGEST_IN_SQUARE * square.side
    ]
    return unite(found)


def find_everybody(detector: PersonDetector, image: AnyPicture, levels: int) -> list[Detection]:
    """Return who is found in the whole ``image`` and in the squares of ``levels`` levels."""
    people = detector.find(image)
    for level in range(min(levels, count_levels(image))):
        people = people + find_in_squares(detector, image, level)
    return unite(people)


def unite(people: list[Detection]) -> list[Detection]:
    """Return each person once, the surest first: the best of all sights about the same hips."""
    kept: list[Detection] = []
    for person in sorted(people, key=lambda each: -each.score):
        if not any(_is_same(person.region, other.region) for other in kept):
            kept.append(person)
    return kept


def _is_same(one: Region, other: Region) -> bool:
    """Return whether two regions are about the same body: hips close, for the smaller one."""
    reach = SAME_BODY * min(one.side, other.side) / 2 / MARGIN
    return math.hypot(one.x - other.x, one.y - other.y) < reach


def _squares(width: int, height: int, side: float) -> list[Region]:
    columns = _centres(width, side, STEP_ACROSS)
    return [Region(x, y, side, 0.0) for y, x in product(_centres(height, side, STEP_DOWN), columns)]


def _centres(length: int, side: float, step: float) -> list[float]:
    """Return where the squares' centres lie along a ``length``, evenly, from edge to edge."""
    count = 1 + math.ceil((length - side) / (step * side) - 1e-9)
    return [float(place) for place in np.linspace(side / 2, length - side / 2, count)]
