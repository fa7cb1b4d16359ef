"""A sticker where it was marked: its exact place and size, and its look."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from gaitcam.arrays import FloatArray
from gaitcam.markers.picture import Picture, blobness, blur, bump, curvatures, cut_out, summit

# Radius in leg lengths (hip to ankle): stickers of 1 to 7 cm across.
SMALLEST_RADIUS, LARGEST_RADIUS = 0.006, 0.045
SMALLEST_RADIUS_PX = 1.5
RADIUS_STEP = 1.15
# A mark may miss its sticker by one and a half times the sticker's width.
REACH_RADII = 3.0
# Fainter than this (CIE Lab), film grain and the codec make spots of their own.
FAINTEST = 2.0
# Colours that cannot be told apart in compressed video; keeps the best direction steady.
COLOUR_NOISE = 4.5


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A round spot: ``centre_px`` (2,) in the picture, and its radius."""

    centre_px: FloatArray
    radius_px: float


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


def find_spot(image: NDArray[np.uint8], near: FloatArray, leg_length_px: float) -> Spot | None:
    """Return the round spot at or beside the pixel ``near``; None when there is none.

    Spots are peaks of the Hessian's determinant over place and scale (Lindeberg 1998); one
    that stands out more counts for more, one further off for less.
    """
    radii = _radii(leg_length_px)
    half = int(np.ceil(REACH_RADII * radii[-1] + 2 * radii[-1]))
    picture = cut_out(image, near, half)
    stack = np.stack([blobness(picture, radius) for radius in radii])
    is_peak = (stack == maximum_filter(stack, size=3)) & (stack > FAINTEST)
    is_peak[[0, -1]] = False  # the size itself must be found, too
    size, row, column = np.nonzero(is_peak)
    away = np.hypot(column - half, row - half) / radii[size]
    worth = stack[is_peak] * np.exp(-0.5 * (away / (0.5 * REACH_RADII)) ** 2)
    worth[away > REACH_RADII] = 0.0
    if not worth.any():
        return None
    best = int(worth.argmax())
    place = summit(stack[size[best]], int(row[best]), int(column[best]))
    return Spot(np.round(near) - half + place, float(radii[size[best]]))


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
        height=float(along[half - 1 : half + 2, half - 1 : half + 2].max()),
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
