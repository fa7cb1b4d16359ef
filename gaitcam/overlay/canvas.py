"""What the overlay is drawn on: an RGB picture, or planes of brightness and colour.

A clip's pictures stay in the planes they are stored in, so that nothing is converted but the
overlay's own colours.  All drawing goes over the sheets of a canvas, of which planes have three.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gaitcam.overlay.style import Colour
from gaitcam.video.planes import ColourCode, Planes

Picture = NDArray[np.uint8]
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """How colours become the numbers of a sheet.

    ``mix`` (n rows of 4) maps red, green, blue and 1 to them; ``halvings``: how often the
    sheet's width and height are halved against the picture's.
    """

    mix: tuple[Numbers, ...]
    halvings: int


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """``pixels`` (h, w, 3) of RGB or (h, w) of one plane, drawn on in place."""

    pixels: Picture
    ink: Ink


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture of ``width`` x ``height`` to draw on, in one or more sheets."""

    sheets: tuple[Sheet, ...]
    width: int
    height: int

    @classmethod
    def of_rgb(cls, image: Picture) -> "Canvas":
        """Return the canvas of an RGB picture (height, width, 3)."""
        height, width = image.shape[:2]
        return cls((Sheet(image, RGB),), width, height)

    @classmethod
    def of_planes(cls, planes: Planes, code: ColourCode) -> "Canvas":
        """Return the canvas of ``planes``, whose numbers mean what ``code`` says."""
        sheets = zip(planes.parts, plane_inks(code), strict=True)
        return cls(tuple(Sheet(part, ink) for part, ink in sheets), *planes.size)


RGB = Ink(((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)), halvings=0)


@lru_cache(maxsize=4)
def plane_inks(code: ColourCode) -> tuple[Ink, Ink, Ink]:
    """Return the inks of brightness, blue and red."""
    bright, blue, red = (tuple(row) for row in code.from_rgb().tolist())
    return Ink((bright,), 0), Ink((blue,), 1), Ink((red,), 1)


@lru_cache(maxsize=256)
def painted(colour: Colour, ink: Ink) -> tuple[int, ...]:
    """Return the numbers that stand for an RGB ``colour``."""
    return tuple(round(float(np.dot(row, (*colour, 1.0)))) for row in ink.mix)
