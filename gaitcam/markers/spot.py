"""A sticker where it was marked: its exact place and size, and its look."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.markers.picture import Picture, blobness, blur, bump, curvatures, cut_out, summit

# Radius in leg lengths (hip to ankle): stickers of 1 to 5 cm across.
SMALLEST_RADIUS, LARGEST_RADIUS = 0.006, 0.03
SMALLEST_RADIUS_PX = 1.5
RADIUS_STEP = 1.15
# A mark may miss its sticker by one and a half times the sticker's width, but not by more
# than some 4 cm (leg lengths).
REACH_RADII, REACH = 3.0, 0.045
# What two stickers of one sheet may differ in: size (logarithm) and colour (CIE Lab; one may
# lie in shade).
PAIR_SIZE, PAIR_COLOUR = 0.3, 25.0
# Fainter than this (CIE Lab), film grain and the codec make spots of their own.
FAINTEST = 2.0
LOWEST = 0.1
# Colours that cannot be told apart in compressed video; keeps the best direction steady.
COLOUR_NOISE = 4.5


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A round spot: ``centre_px`` (2,) in the picture, its radius, and its colour (3,) in Lab.

    ``worth`` is how much it stands out, less the further it lies from the mark.
    """

    centre_px: FloatArray
    radius_px: float
    colour: FloatArray
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a sticker looks where it was marked.

    ``direction`` (3,): the direction in Lab in which it differs most surely from what is
    around it; ``colour`` (3,): its blurred colour; ``contrast`` (3,): how it bulges in each
    colour; ``height``: how it bulges along ``direction``.
    """

    radius_px: float
    direction: NDArray[np.float32]
    colour: FloatArray
    contrast: FloatArray
    height: float


def find_spots(image: NDArray[np.uint8], near: FloatArray, leg_length_px: float) -> list[Spot]:
    """Return the round spots at or beside the pixel ``near``.

    Spots are peaks of the Hessian's determinant over place and scale (Lindeberg 1998).
    """
    from scipy.ndimage import maximum_filter

    radii = _radii(leg_length_px)
    half = int(np.ceil((REACH_RADII + 2.0) * radii[-1]))
    picture = cut_out(image, near, half)
    stack = np.stack([blobness(picture, radius) for radius in radii])
    is_peak = (stack == maximum_filter(stack, size=3)) & (stack > FAINTEST)
    is_peak[[0, -1]] = False  # the size itself must be found, too
    spots = []
    for size, row, column in np.argwhere(is_peak):
        radius = float(radii[size])
        away_px = float(np.hypot(column - half, row - half))
        if away_px > min(REACH_RADII * radius, REACH * leg_length_px):
            continue
        centre = np.round(near) - half + summit(stack[size], int(row), int(column))
        colour = blur(picture, radius)[row, column].astype(np.float64)
        worth = float(stack[size, row, column] * np.exp(-0.5 * (away_px / radius) ** 2))
        spots.append(Spot(centre, radius, colour, worth))
    return spots


def choose_spots(front: list[Spot], back: list[Spot]) -> tuple[Spot, Spot]:
    """Return the most likely pair: both stand out, lie close to their marks and look alike."""
    return max(product(front, back), key=lambda pair: _pair_worth(*pair))


def _pair_worth(front: Spot, back: Spot) -> float:
    size = np.log(front.radius_px / back.radius_px) / PAIR_SIZE
    colour = np.linalg.norm(front.colour - back.colour) / PAIR_COLOUR
    return float(front.worth * back.worth * np.exp(-0.5 * (size**2 + colour**2)))


def _radii(leg_length_px: float) -> FloatArray:
    smallest = max(SMALLEST_RADIUS_PX, SMALLEST_RADIUS * leg_length_px)
    largest = max(4.0 * SMALLEST_RADIUS_PX, LARGEST_RADIUS * leg_length_px)
    count = int(np.ceil(np.log(largest / smallest) / np.log(RADIUS_STEP))) + 1
    return np.array([smallest * RADIUS_STEP**step for step in range(count)])


def describe(image: NDArray[np.uint8], spot: Spot) -> Look:
    """Return how ``spot`` looks in ``image``."""
    half = int(np.ceil(4.0 * spot.radius_px))
    picture = cut_out(image, spot.centre_px, half)
    direction = _telling_direction(picture, spot.radius_px)
    along = bump(picture @ direction, spot.radius_px)
    return Look(
        radius_px=spot.radius_px,
        direction=direction,
        colour=blur(picture, spot.radius_px)[half, half].astype(np.float64),
        contrast=contrast(picture, spot.radius_px)[half, half].astype(np.float64),
        height=max(float(along[half - 1 : half + 2, half - 1 : half + 2].max()), LOWEST),
    )


def contrast(picture: Picture, radius_px: float) -> Picture:
    """Return how each colour bulges everywhere: what a spot has and its surroundings have not."""
    xx, yy, _ = curvatures(picture, radius_px)
    return np.asarray(-0.5 * (xx + yy), np.float32)


def _telling_direction(picture: Picture, radius_px: float) -> NDArray[np.float32]:
    """Return Fisher's discriminant between the spot's pixels and the ring around it, (3,).

    Folds and shading of the clothes vary along some colours; this looks along the others.
    """
    half = picture.shape[0] // 2
    rows, columns = np.mgrid[-half : half + 1, -half : half + 1]
    away = np.hypot(rows, columns) / radius_px
    inside, around = picture[away <= 0.8], picture[(away > 1.5) & (away <= 3.0)]
    scatter = np.cov(inside.T) + np.cov(around.T) + COLOUR_NOISE**2 * np.eye(3)
    direction = np.linalg.solve(scatter, inside.mean(axis=0) - around.mean(axis=0))
    return np.asarray(direction / np.linalg.norm(direction), np.float32)
