"""Smooth lines, dashes, dots and arcs at sub-pixel places, each with a dark edge.

The dark edge keeps light lines readable on light clothes and walls.  Points are (n, 2)
arrays of image px; a line with a missing (NaN) end is not drawn.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.overlay.sprites import Picture
from gaitcam.overlay.style import INK, Colour

DASH_SHARE = 0.55  # of a dash and the gap after it
SHIFT = 4  # cv2 takes coordinates in sixteenths of a pixel
FAR_OUT_PX = 1 << 14  # beyond this cv2's fixed-point coordinates would overflow


def stroke(image: Picture, lines: Sequence[FloatArray], colour: Colour, width: int) -> None:
    """Draw polylines of one colour with a dark edge; all edges first, so that they join."""
    parts = [_fixed(part) for line in lines for part in _finite_parts(line)]
    _stroke(image, parts, colour, width)


def dashed(
    image: Picture, lines: Sequence[FloatArray], colour: Colour, width: int, dash: float
) -> None:
    """Draw polylines as dashes of about ``dash`` [px], each with its dark edge."""
    parts = [part for line in lines for part in _finite_parts(line)]
    pieces = [piece for part in parts for piece in _fixed(dashes(part, dash))]
    _stroke(image, pieces, colour, width)


def dashes(line: FloatArray, dash: float) -> FloatArray:
    """Cut a polyline (n, 2) into straight dashes (m, 2, 2); each piece starts and ends with one."""
    return np.concatenate([_dashes(start, end, dash) for start, end in pairwise(line)])


def _dashes(start: FloatArray, end: FloatArray, dash: float) -> FloatArray:
    along = end - start
    count = max(1, round(math.hypot(along[0], along[1]) / dash * DASH_SHARE))
    period = 1.0 / (count - 1 + DASH_SHARE)
    first = np.arange(count)[:, np.newaxis] * period
    last = np.minimum(first + DASH_SHARE * period, 1.0)
    pieces: FloatArray = start + np.stack([first, last], axis=1) * along
    return pieces


def dot(image: Picture, centre: FloatArray, radius: float, colour: Colour, width: int) -> None:
    """Draw a filled disc with a dark edge; nothing when ``centre`` is missing."""
    if not _is_drawable(centre[np.newaxis]):
        return
    x, y = _fixed(centre).tolist()
    scale = 1 << SHIFT
    outer = round((radius + edge(width)) * scale)
    cv2.circle(image, (x, y), outer, INK, cv2.FILLED, cv2.LINE_AA, SHIFT)
    cv2.circle(image, (x, y), round(radius * scale), colour, cv2.FILLED, cv2.LINE_AA, SHIFT)


def wedge(image: Picture, corners: FloatArray, colour: Colour, opacity: float) -> None:
    """Tint the polygon ``corners`` (n, 2); only the pixels around it are touched."""
    if not _is_drawable(corners):
        return
    height, width = image.shape[:2]
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 1, (width, height))
    if left >= right or top >= bottom:
        return
    part = image[top:bottom, left:right]
    painted = part.copy()
    cv2.fillPoly(painted, [_fixed(corners - (left, top))], colour, cv2.LINE_AA, SHIFT)
    cv2.addWeighted(painted, opacity, part, 1.0 - opacity, 0.0, dst=part)


def arc(centre: FloatArray, radius: float, first: FloatArray, last: FloatArray) -> FloatArray:
    """Return points on the shorter arc from direction ``first`` to direction ``last``, (n, 2)."""
    start = np.arctan2(first[1], first[0])
    turn = np.arctan2(first[0] * last[1] - first[1] * last[0], first @ last)
    if not np.isfinite(turn):
        return np.full((2, 2), np.nan)
    count = 2 + int(abs(np.degrees(turn)) / 4)
    angles = start + np.linspace(0.0, 1.0, count) * turn
    points: FloatArray = centre + radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return points


def edge(width: int) -> int:
    """Return the width of the dark edge that goes with a line of ``width`` [px]."""
    return max(1, round(0.3 * width))


def _finite_parts(line: FloatArray) -> list[FloatArray]:
    """Return the runs of two or more points that have values."""
    if _is_drawable(line):
        return [line]
    pairs = [line[i : i + 2] for i in range(len(line) - 1)]
    return [pair for pair in pairs if _is_drawable(pair)]


def _is_drawable(points: FloatArray) -> bool:
    return bool((np.abs(points) < FAR_OUT_PX).all())  # NaN compares false


def _fixed(points: FloatArray) -> NDArray[np.int32]:
    return np.rint(points * (1 << SHIFT)).astype(np.int32)


def _stroke(image: Picture, lines: Sequence[NDArray[np.int32]], colour: Colour, width: int) -> None:
    """Draw polylines in sixteenths of a pixel."""
    if lines:
        outer = width + 2 * edge(width)
        cv2.polylines(image, lines, False, INK, outer, cv2.LINE_AA, SHIFT)
        cv2.polylines(image, lines, False, colour, width, cv2.LINE_AA, SHIFT)
