"""Small pictures with transparency (text, panels), made once and laid over frames.

They are made in RGB, and once more in the numbers of each sheet that they are laid on.
Only the pixels under a sprite are touched, so a label costs microseconds a frame.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np

from gaitcam.overlay.canvas import RGB, Canvas, Ink, Picture
from gaitcam.overlay.style import INK, PANEL_OPACITY, WHITE, Colour

REGULAR, MEDIUM, BOLD = 400, 500, 650
SMOOTHING = 4  # panels are drawn this much larger, then shrunk, for smooth corners


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """``colour`` (h, w, 3) RGB times opacity; ``keep`` (h, w, 3) what shows through, 0 to 255.

    ``made``: both in the numbers of other inks, as `coded` has made them.
    """

    colour: Picture
    keep: Picture
    made: dict[Ink, tuple[Picture, Picture]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Width [px]."""
        return int(self.colour.shape[1])

    @property
    def height(self) -> int:
        """Height [px]."""
        return int(self.colour.shape[0])


@dataclass(frozen=True, slots=True)
class Columns:
    """A part of a sprite, from one column up to another."""

    start: int
    stop: int


def lay(
    canvas: Canvas, sprite: Sprite, left: float, top: float, columns: Columns | None = None
) -> None:
    """Lay an RGB ``sprite``, or some ``columns`` of it, over ``canvas`` at (left, top).

    What sticks out is cut.
    """
    x, y = round(left), round(top)
    for sheet in canvas.sheets:
        halvings = sheet.ink.halvings
        colour, keep = coded(sprite, sheet.ink)
        if columns:
            part = slice(columns.start >> halvings, columns.stop >> halvings)
            colour, keep = colour[:, part], keep[:, part]
        _lay(sheet.pixels, colour, keep, x >> halvings, y >> halvings)


def _lay(pixels: Picture, colour: Picture, keep: Picture, x: int, y: int) -> None:
    height, width = colour.shape[:2]
    below, beside = pixels.shape[0] - y, pixels.shape[1] - x
    if x < 0 or y < 0 or height > below or width > beside:
        inside = slice(max(-y, 0), max(below, 0)), slice(max(-x, 0), max(beside, 0))
        colour, keep, x, y = colour[inside], keep[inside], max(x, 0), max(y, 0)
        height, width = colour.shape[:2]
    if not colour.size:
        return
    part = pixels[y : y + height, x : x + width]
    cv2.multiply(part, keep, dst=part, scale=1.0 / 255.0)
    cv2.add(part, colour, dst=part)


def coded(sprite: Sprite, ink: Ink) -> tuple[Picture, Picture]:
    """Return colour and what shows through of an RGB ``sprite`` in the numbers of ``ink``."""
    if ink is RGB:
        return sprite.colour, sprite.keep
    found = sprite.made.get(ink)
    if found is None:
        found = sprite.made.setdefault(ink, _code(sprite, ink))
    return found


def _code(sprite: Sprite, ink: Ink) -> tuple[Picture, Picture]:
    colour, keep = sprite.colour, np.ascontiguousarray(sprite.keep[:, :, 0])
    if ink.halvings:
        colour, keep = _halved(colour, 0), _halved(keep, 255)
    with_opacity = cv2.merge([colour, cv2.bitwise_not(keep)])
    ((*mix, offset),) = ink.mix
    coded = cv2.transform(with_opacity, np.array([[*mix, offset / 255.0]]))
    return np.asarray(coded, np.uint8), keep


def _halved(part: Picture, edge: int) -> Picture:
    """Return ``part`` at half its size; an odd one is continued with ``edge``."""
    height, width = part.shape[:2]
    even = cv2.copyMakeBorder(
        part, 0, height % 2, 0, width % 2, cv2.BORDER_CONSTANT, value=(edge, edge, edge)
    )
    size = (even.shape[1] // 2, even.shape[0] // 2)
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.uint8)


@lru_cache(maxsize=32)
def faded(sprite: Sprite, strength: float) -> Sprite:
    """Return what `paled` does, made once: for small sprites that come again."""
    return paled(sprite, strength)


def paled(sprite: Sprite, strength: float) -> Sprite:
    """Return an RGB sprite at ``strength`` (0 to 1) of its opacity."""
    gone = 255.0 * (1.0 - strength)
    return Sprite(
        cv2.convertScaleAbs(sprite.colour, alpha=strength),  # type: ignore[arg-type]
        cv2.convertScaleAbs(sprite.keep, alpha=strength, beta=gone),  # type: ignore[arg-type]
    )


def stacked(base: Sprite, *tops: tuple[Sprite, float, float]) -> Sprite:
    """Return ``base`` with other sprites laid over it, each at its (left, top)."""
    colour, keep = base.colour.copy(), base.keep.copy()
    for sprite, left, top in tops:
        place = round(left), round(top)
        _lay(colour, sprite.colour, sprite.keep, *place)
        _lay(keep, np.zeros_like(sprite.keep), sprite.keep, *place)
    return Sprite(colour, keep)


def cut(sprite: Sprite, left: int, top: int, right: int, bottom: int) -> Sprite:
    """Return the part of an RGB sprite between two corners [px]; what sticks out is left off."""
    part = slice(top, bottom), slice(left, right)
    return Sprite(sprite.colour[part], sprite.keep[part])


def put(base: Sprite, part: Sprite, left: int, top: int) -> None:
    """Show ``part`` in ``base``, which is changed, in place of what was there.

    The corner [px] is even, and so is the size of ``part`` except at the end of ``base``: then
    no pixel of a colour plane belongs to both.
    """
    for ink in (RGB, *base.made):
        old, new = coded(base, ink), coded(part, ink)
        height, width = new[1].shape[:2]
        x, y = left >> ink.halvings, top >> ink.halvings
        for before, after in zip(old, new, strict=True):
            before[y : y + height, x : x + width] = after


def tinted(mask: Picture, colour: Colour, opacity: float = 1.0) -> Sprite:
    """Return a sprite of one colour whose shape is ``mask`` (h, w), 0 to 255."""
    alpha = mask[:, :, np.newaxis].astype(np.float32) * opacity
    painted = alpha * (np.array(colour, dtype=np.float32) / 255.0)
    keep = np.repeat(255.0 - alpha, 3, axis=2)
    return Sprite(np.rint(painted).astype(np.uint8), np.rint(keep).astype(np.uint8))


def clear(width: int, height: int) -> Sprite:
    """Return a sprite that shows nothing, to stack others on."""
    shape = (height, width, 3)
    return Sprite(np.zeros(shape, dtype=np.uint8), np.full(shape, 255, dtype=np.uint8))


@lru_cache(maxsize=1)
def _typeface() -> "cv2.FontFace":
    return cv2.FontFace("sans")  # OpenCV's own: always there, with figures of equal width


@lru_cache(maxsize=64)  # the clock alone says ten new words a second
def text(words: str, size: int, colour: Colour = WHITE, weight: int = REGULAR) -> Sprite:
    """Return ``words`` as a sprite; capitals and figures stand in the middle of its height."""
    width, height = text_width(words, size, weight), text_height(size)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.putText(mask, words, (0, size), (255,), _typeface(), size, weight)
    return tinted(mask, colour)


def text_width(words: str, size: int, weight: int = REGULAR) -> int:
    """Return how wide ``words`` will be [px]."""
    box = cv2.getTextSize((0, 0), words, (0, 0), _typeface(), size, weight)
    return max(1, int(box[2]) + 1)


def text_height(size: int) -> int:
    """Return the height of a line of text [px]."""
    return round(1.3 * size)


@lru_cache(maxsize=256)
def panel(width: int, height: int, radius: int, colour: Colour, opacity: float) -> Sprite:
    """Return a filled rectangle with round corners."""
    size = (height * SMOOTHING, width * SMOOTHING)
    large = np.zeros(size, dtype=np.uint8)
    corner = min(radius * SMOOTHING, (min(size) - 1) // 2)
    bottom, right = size[0] - 1, size[1] - 1
    cv2.rectangle(large, (corner, 0), (right - corner, bottom), (255,), cv2.FILLED)
    cv2.rectangle(large, (0, corner), (right, bottom - corner), (255,), cv2.FILLED)
    for centre in ((x, y) for x in (corner, right - corner) for y in (corner, bottom - corner)):
        cv2.circle(large, centre, corner, (255,), cv2.FILLED)
    mask = cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA)
    return tinted(mask.astype(np.uint8), colour, opacity)


@lru_cache(maxsize=256)
def pill(words: str, size: int, edge: Colour | None = None) -> Sprite:
    """Return a short label on a dark rounded ground, with a coloured edge if one is given."""
    label = text(words, size, WHITE, MEDIUM)
    pad = round(0.45 * size)
    width, height = label.width + 2 * pad, label.height + 2 * max(1, round(0.12 * size))
    ground = panel(width, height, height // 2, INK, PANEL_OPACITY)
    if edge is not None:
        rim = max(1, round(0.09 * size))
        inner = panel(width - 2 * rim, height - 2 * rim, height // 2 - rim, INK, 1.0)
        ground = stacked(panel(width, height, height // 2, edge, 1.0), (inner, rim, rim))
    return stacked(ground, (label, pad, (height - label.height) / 2))
