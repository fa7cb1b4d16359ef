"""Pictures as they are coded: brightness, and two differences of colour at half the size."""

from dataclasses import dataclass

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane

from gaitcam.arrays import FloatArray
from gaitcam.video.upright import HDR_TRANSFERS, Display, Image, Orientation

BT709, UNSPECIFIED, BT601 = 1, 2, 5
JPEG_RANGE = 2
# Shares of red and blue in the brightness, by the matrix's number in ITU-T H.273: BT.709, and
# BT.2020 of wide colours; else BT.601.
RED_BLUE = {BT709: (0.2126, 0.0722), 9: (0.2627, 0.0593), 10: (0.2627, 0.0593)}
RED_BLUE_601 = (0.299, 0.114)
# Matrices of which colours can be made and which every player knows.
COMMON_MATRICES = (BT709, UNSPECIFIED, BT601, 6, 9)
BLACK, NEUTRAL = 16.0, 128.0


@dataclass(frozen=True, slots=True)
class ColourCode:
    """What the numbers of planes mean: three numbers of ITU-T H.273; brightness 16 to 235."""

    matrix: int = BT601
    primaries: int = BT709
    transfer: int = BT709

    def from_rgb(self) -> FloatArray:
        """Return the map (3, 4) from red, green, blue and 1 to the numbers of the planes."""
        red, blue = RED_BLUE.get(self.matrix, RED_BLUE_601)
        bright = np.array([red, 1.0 - red - blue, blue])
        to_blue = 0.5 * (np.array([0.0, 0.0, 1.0]) - bright) / (1.0 - blue)
        to_red = 0.5 * (np.array([1.0, 0.0, 0.0]) - bright) / (1.0 - red)
        steps = np.array([[219.0], [224.0], [224.0]]) / 255.0
        linear = steps * np.stack([bright, to_blue, to_red])
        return np.column_stack([linear, (BLACK, NEUTRAL, NEUTRAL)])


# What `Planes.fill` makes.
STANDARD = ColourCode()


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """A picture to write to: ``brightness`` (h, w), ``blue`` and ``red`` (h / 2, w / 2)."""

    brightness: Image
    blue: Image
    red: Image

    @classmethod
    def of(cls, frame: VideoFrame) -> "Planes":
        """Return the planes of a frame of 8 bits, without copying them."""
        return cls(*map(_rows, frame.planes))

    @property
    def parts(self) -> tuple[Image, Image, Image]:
        """Brightness, blue, red."""
        return self.brightness, self.blue, self.red

    @property
    def size(self) -> tuple[int, int]:
        """Width and height [px]; both are even."""
        height, width = self.brightness.shape
        return width, height

    def columns(self, start: int, stop: int) -> "Planes":
        """Return the part between two even columns, without copying."""
        half = slice(start // 2, stop // 2)
        return Planes(self.brightness[:, start:stop], self.blue[:, half], self.red[:, half])

    def fill(self, image: Image) -> None:
        """Write an RGB picture, as `STANDARD` says; what is larger by a line loses it."""
        width, height = self.size
        # Three times as fast as leaving the conversion to the encoder's scaler.
        flat = cv2.cvtColor(image[:height, :width], cv2.COLOR_RGB2YUV_I420).reshape(-1)
        start = 0
        for part in self.parts:
            part[:] = flat[start : start + part.size].reshape(part.shape)
            start += part.size

    def copy(self, stored: "Planes", orientation: Orientation) -> None:
        """Write a stored picture of the same size, turned upright."""
        for part, source in zip(self.parts, stored.parts, strict=True):
            orientation.write(source, part)


def stored_code(frame: VideoFrame, display: Display) -> ColourCode | None:
    """Return what the numbers in ``frame`` mean, if it can be shown as it is stored; else None.

    That is so for pictures of 8 bits, ordinary light, even size and square pixels.
    """
    is_plain = (
        frame.format.name == "yuv420p"
        and frame.color_range != JPEG_RANGE
        and frame.color_trc not in HDR_TRANSFERS
        and frame.colorspace in COMMON_MATRICES
        and (frame.width, frame.height) == (display.width, display.height)
        and frame.width % 2 == frame.height % 2 == 0
    )
    if not is_plain:
        return None
    return ColourCode(
        _known(int(frame.colorspace), BT601),
        _known(int(frame.color_primaries), BT709),
        _known(int(frame.color_trc), BT709),
    )


def _known(number: int, otherwise: int) -> int:
    return otherwise if number in (0, UNSPECIFIED) else number


def _rows(plane: VideoPlane) -> Image:
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]
