"""Smooth lines, dashes, dots and arcs at sub-pixel places, each with a dark edge.

The dark edge keeps light lines readable on light clothes and walls.  Points are (n, 2)
arrays of image px; a line with a missing (NaN) end is not drawn.
"""

import cmath
import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.overlay.canvas import Canvas, Ink, painted
from gaitcam.overlay.style import INK, WHITE, Colour

DASH_SHARE = 0.55  # of a dash and the gap after it
SHIFT = 4  # cv2 takes coordinates in sixteenths of a pixel
ARC_STEP, CIRCLE_STEP = math.radians(6), math.radians(10)
FAR_OUT_PX = 1 << 14  # beyond this cv2's fixed-point coordinates would overflow

Fixed = NDArray[np.int32]  # sixteenths of a pixel
Paint = tuple[int, ...]  # a colour in the numbers of a sheet


def stroke(canvas: Canvas, lines: Sequence[FloatArray], colour: Colour, width: int) -> None:
    """Draw polylines of one colour with a dark edge; all edges first, so that they join."""
    _stroke(canvas, _fixed_parts(lines), colour, width, edge(width))


def dashed(
    canvas: Canvas, lines: Sequence[FloatArray], colour: Colour, width: int, dash: float
) -> None:
    """Draw polylines as dashes of about ``dash`` [px], each with its dark edge."""
    pieces = [piece for part in _finite_parts(lines) for piece in _fixed(dashes(part, dash))]
    _stroke(canvas, pieces, colour, width, edge(width))


def dashes(line: FloatArray, dash: float) -> FloatArray:
    """Cut a polyline (n, 2) into straight dashes (m, 2, 2); each piece starts and ends with one."""
    corners = [complex(x, y) for x, y in line.tolist()]
    pieces = np.concatenate([_dashes(start, end, dash) for start, end in pairwise(corners)])
    pairs: FloatArray = pieces.view(np.float64).reshape(-1, 2, 2)
    return pairs


def _dashes(start: complex, end: complex, dash: float) -> NDArray[Any]:
    along = end - start
    return start + along * _dash_ends(max(1, round(abs(along) / dash * DASH_SHARE)))


@lru_cache(maxsize=256)
def _dash_ends(count: int) -> FloatArray:
    """Return where ``count`` dashes start and end, as shares of the line, shape (count, 2)."""
    period = 1.0 / (count - 1 + DASH_SHARE)
    first = np.arange(count) * period
    return np.column_stack([first, np.minimum(first + DASH_SHARE * period, 1.0)])


def dots(canvas: Canvas, centres: FloatArray, radius: float, colour: Colour, width: int) -> None:
    """Draw filled discs (n, 2) with the dark edge of a ``width``; none that is missing."""
    # The outline of a point is a disc as wide as the line, and many cost one call.
    seen = centres if _is_drawable(centres) else centres[_are_drawable(centres)]
    points = list(_fixed(seen)[:, np.newaxis])
    _stroke(canvas, points, colour, round(2.0 * radius), edge(width), is_closed=True)


def wedge(canvas: Canvas, corners: FloatArray, colour: Colour, opacity: float) -> None:
    """Tint the polygon ``corners`` (n, 2); only the pixels around it are touched."""
    if not _is_drawable(corners):
        return
    across, down = corners.T.tolist()
    left, top = (max(0, int(min(side))) & ~1 for side in (across, down))
    right, bottom = (max(0, int(max(side)) + 2) for side in (across, down))
    polygon = [_fixed(corners - (left, top))]
    for sheet in canvas.sheets:
        halvings = sheet.ink.halvings
        rows = slice(top >> halvings, bottom >> halvings)
        part = sheet.pixels[rows, left >> halvings : right >> halvings]
        if not part.size:
            continue
        tinted = part.copy()
        paint = painted(colour, sheet.ink)
        cv2.fillPoly(tinted, polygon, paint, cv2.LINE_AA, SHIFT + halvings)
        cv2.addWeighted(tinted, opacity, part, 1.0 - opacity, 0.0, dst=part)


def rectangle(
    canvas: Canvas, corner: tuple[int, int], opposite: tuple[int, int], colour: Colour
) -> None:
    """Fill the rectangle between two corners [px], of which the second lies outside."""
    (left, top), (right, bottom) = corner, opposite
    left, top, right, bottom = max(0, left), max(0, top), max(0, right), max(0, bottom)
    for sheet in canvas.sheets:
        halvings = sheet.ink.halvings
        rows = slice(top >> halvings, bottom >> halvings)
        paint = painted(colour, sheet.ink)
        sheet.pixels[rows, left >> halvings : right >> halvings] = paint


def arc(centre: FloatArray, radius: float, first: FloatArray, last: FloatArray) -> FloatArray:
    """Return points on the shorter arc from direction ``first`` to direction ``last``, (n, 2)."""
    start, stop = complex(*first.tolist()), complex(*last.tolist())
    turn = cmath.phase(stop * start.conjugate())
    if not math.isfinite(turn):
        return np.full((2, 2), np.nan)
    count = 2 + int(abs(turn) / ARC_STEP)
    return centre + _bow(radius, cmath.phase(start), turn, count)


def circle(centre: FloatArray, radius: float) -> FloatArray:
    """Return points around ``centre``, the first again at the end, shape (n, 2)."""
    return centre + _bow(radius, 0.0, math.tau, 1 + round(math.tau / CIRCLE_STEP))


def _bow(radius: float, start: float, turn: float, count: int) -> FloatArray:
    points = radius * np.exp(1j * (start + turn / (count - 1) * np.arange(count)))
    pairs: FloatArray = points.view(np.float64).reshape(-1, 2)
    return pairs


def edge(width: int) -> int:
    """Return the width of the dark edge that goes with a line of ``width`` [px]."""
    return max(1, round(0.3 * width))


def _finite_parts(lines: Sequence[FloatArray]) -> list[FloatArray]:
    """Return the runs of two or more points that have values."""
    parts: list[FloatArray] = []
    for line in lines:
        if _is_drawable(line):
            parts.append(line)
        else:
            pieces = (line[i : i + 2] for i in range(len(line) - 1))
            parts += [piece for piece in pieces if _is_drawable(piece)]
    return parts


def _fixed_parts(lines: Sequence[FloatArray]) -> list[Fixed]:
    return [_fixed(part) for part in _finite_parts(lines)]


def _is_drawable(points: FloatArray) -> bool:
    """Tell whether all points (n, 2) have values [px] that can be drawn."""
    # The quickest test passes nearly always; NaN compares false in either.
    return bool(np.vdot(points, points) < FAR_OUT_PX**2) or bool(_are_drawable(points).all())


def _are_drawable(points: FloatArray) -> BoolArray:
    return np.asarray((np.abs(points) < FAR_OUT_PX).all(axis=1))


def _fixed(points: FloatArray) -> Fixed:
    return np.rint(points * (1 << SHIFT)).astype(np.int32)


def _stroke(
    canvas: Canvas,
    lines: Sequence[Fixed],
    colour: Colour,
    width: int,
    rim: int,
    *,
    is_closed: bool = False,
) -> None:
    """Draw polylines of one colour with a dark edge of ``rim`` [px] to either side."""
    if not lines:
        return
    for sheet in canvas.sheets:
        shift = SHIFT + sheet.ink.halvings
        for paint, thickness in _coats(sheet.ink, colour, width, rim):
            cv2.polylines(sheet.pixels, lines, is_closed, paint, thickness, cv2.LINE_AA, shift)


@lru_cache(maxsize=256)
def _coats(ink: Ink, colour: Colour, width: int, rim: int) -> tuple[tuple[Paint, int], ...]:
    """Return the numbers and the thickness of each coat of a stroke on one sheet, in order.

    In planes of colour the edge is left out, as what is dark hardly shows a colour; but white
    is as colourless as its edge, so there they are one.
    """
    paint, whole = painted(colour, ink), width + 2 * rim
    if ink.halvings == 0:
        return (painted(INK, ink), whole), (paint, width)
    seen = whole if colour == WHITE else width
    # Less than two pixels of colour would look pale.
    return ((paint, max(2, -(-seen >> ink.halvings))),)
