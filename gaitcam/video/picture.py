"""A decoded picture of which a part is turned into RGB only where it is looked at."""

from functools import cached_property
from typing import Any

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.video.planes import (
    BLACK,
    JPEG_RANGE,
    NEUTRAL,
    RED_BLUE,
    RED_BLUE_601,
    STANDARD,
    ColourCode,
    Planes,
    stored_code,
)
from gaitcam.video.upright import PLANAR_FORMATS, Display, Image, tone_down

TEN_BITS = "yuv420p10le"
# From pixels of the picture to those of its colour planes, which lie between two rows.
TO_COLOUR = np.array([[0.5, 0.0, 0.0], [0.0, 0.5, -0.25], [0.0, 0.0, 1.0]])


class Picture:
    """One decoded picture as a viewer sees it: upright, square pixels.

    The pose needs a quarter of a megapixel of a picture that may have eight: cutting that out
    of the stored planes first, and converting its colours then, spares most of the work.
    """

    def __init__(self, stored: VideoFrame, display: Display) -> None:
        """Take over a decoded picture that is shown as ``display`` says."""
        self._stored, self._display = stored, display

    @property
    def shape(self) -> tuple[int, int, int]:
        """Height, width and 3, as of the RGB array."""
        width, height = self._display.shown_size
        return height, width, 3

    @cached_property
    def rgb(self) -> Image:
        """The whole picture as RGB, shape (height, width, 3), C-contiguous."""
        return self._display.rgb(self._stored)

    def warp(self, to_picture: FloatArray, pixels: int, border: int) -> Image:
        """Return a square of ``pixels`` a side as RGB, bilinear.

        ``to_picture`` (2, 3) maps its pixels to this picture's; ``border`` is what OpenCV
        paints beyond the edge (black for ``BORDER_CONSTANT``).
        """
        if not self._is_planar:
            return warp_rgb(self.rgb, to_picture, pixels, border)
        to_stored = self._display.to_stored(self._stored.width, self._stored.height)
        place = to_stored @ np.vstack([to_picture, (0.0, 0.0, 1.0)])
        places = (place[:2], (TO_COLOUR @ place)[:2], (TO_COLOUR @ place)[:2])
        black = (0.0 if self._is_full_range else BLACK, NEUTRAL, NEUTRAL)
        parts = [
            _warp(self._plane(number), where, pixels, border, self._steps * dark)
            for number, (where, dark) in enumerate(zip(places, black, strict=True))
        ]
        square: NDArray[Any] = np.asarray(cv2.transform(cv2.merge(parts), self._to_rgb()))
        if square.dtype != np.uint8:  # of ten bits, which reach beyond white
            square = np.minimum(square, 255).astype(np.uint8)
        return tone_down(square, self._stored.color_trc)

    def grey(self, step: int) -> Image:
        """Return the brightness of every ``step``-th pixel in every ``step``-th row."""
        shown = (self._display.width, self._display.height)
        if not self._is_planar or shown != (self._stored.width, self._stored.height):
            return np.ascontiguousarray(self.rgb[::step, ::step, 1])
        plane = self._plane(0)[::step, ::step]
        return self._display.orientation.apply((plane // self._steps).astype(np.uint8, copy=False))

    @property
    def code(self) -> ColourCode:
        """What the numbers that `write` gives mean, if it may choose."""
        return stored_code(self._stored, self._display) or STANDARD

    def write(self, planes: Planes, code: ColourCode) -> None:
        """Write the picture into ``planes``: as it is stored where that is in ``code``.

        Any other one becomes `STANDARD`, whatever ``code`` says: no clip has two kinds.
        """
        if stored_code(self._stored, self._display) == code:
            planes.copy(Planes.of(self._stored), self._display.orientation)
        else:
            planes.fill(self.rgb)

    @property
    def _is_planar(self) -> bool:
        return self._stored.format.name in (*PLANAR_FORMATS, TEN_BITS)

    @property
    def _steps(self) -> int:
        """How many stored steps of brightness make one of 256."""
        return 4 if self._stored.format.name == TEN_BITS else 1

    @property
    def _is_full_range(self) -> bool:
        return self._stored.format.name == "yuvj420p" or self._stored.color_range == JPEG_RANGE

    def _plane(self, number: int) -> NDArray[np.uint8 | np.uint16]:
        """Return a stored plane (rows, columns) without copying it."""
        plane = self._stored.planes[number]
        kind = np.dtype(np.uint8 if self._steps == 1 else np.uint16)
        flat: NDArray[np.uint8 | np.uint16] = np.frombuffer(memoryview(plane), kind)
        return flat.reshape(-1, plane.line_size // kind.itemsize)[: plane.height, : plane.width]

    def _to_rgb(self) -> FloatArray:
        """Return the map (3, 4) from brightness and colour differences to RGB."""
        red, blue = RED_BLUE.get(self._stored.colorspace, RED_BLUE_601)
        green = 1.0 - red - blue
        bright, colour, dark = (
            (1.0, 1.0, 0.0) if self._is_full_range else (255 / 219, 255 / 224, BLACK)
        )
        to_red, to_blue = 2.0 * (1.0 - red) * colour, 2.0 * (1.0 - blue) * colour
        linear = np.array(
            [
                [bright, 0.0, to_red],
                [bright, -to_blue * blue / green, -to_red * red / green],
                [bright, to_blue, 0.0],
            ]
        )
        return np.column_stack([linear / self._steps, -linear @ (dark, NEUTRAL, NEUTRAL)])


def warp_rgb(image: Image, to_image: FloatArray, pixels: int, border: int) -> Image:
    """Return a square of ``pixels`` a side out of an RGB array, as `Picture.warp` does."""
    return _warp(image, to_image, pixels, border, 0.0)


def _warp(
    image: NDArray[Any], to_image: FloatArray, pixels: int, border: int, dark: float
) -> NDArray[Any]:
    square = cv2.warpAffine(
        image,
        to_image,
        (pixels, pixels),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=border,
        borderValue=(dark, dark, dark),
    )
    return np.asarray(square)


# What the pose is found in: a picture of a clip, or an RGB array.
AnyPicture = Picture | Image
