"""Turn decoded pictures into what a viewer sees: RGB, upright, square pixels, ordinary light."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from gaitcam.video.scaling import RgbScaler

Image = NDArray[np.uint8]

# Transfer characteristics of ITU-T H.273.
PQ_TRANSFER = 16
HLG_TRANSFER = 18
HDR_TRANSFERS = (PQ_TRANSFER, HLG_TRANSFER)
# Stored as brightness and, at half the size, two differences of colour; 8 bits each.
PLANAR_FORMATS = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a stored picture becomes an upright one: transposed first, then mirrored."""

    transpose: bool = False
    mirror_x: bool = False
    mirror_y: bool = False

    @classmethod
    def of(cls, frame: VideoFrame) -> "Orientation":
        """Read the display matrix of ``frame``, to the nearest quarter turn."""
        stored: Any = frame.side_data.get("DISPLAYMATRIX")
        if stored is None:
            return cls()
        # Row vectors: x' = a x + c y, y' = b x + d y (ISO/IEC 14496-12, 8.2.2.3).
        a, b, _, c, d = np.frombuffer(bytes(stored), np.int32)[:5].astype(float)
        if abs(a) + abs(d) >= abs(b) + abs(c):
            return cls(False, bool(a < 0), bool(d < 0))
        return cls(True, bool(c < 0), bool(b < 0))

    @property
    def rotation_deg(self) -> int:
        """Clockwise quarter turns in degrees; a mirrored picture counts as its rotation."""
        if self.transpose:
            return 90 if self.mirror_x else 270
        return 180 if self.mirror_y else 0

    def apply(self, image: Image) -> Image:
        """Return ``image`` upright, C-contiguous."""
        if self.transpose:
            image = np.asarray(cv2.transpose(image), np.uint8)
        if self.mirror_x or self.mirror_y:
            image = np.asarray(cv2.flip(image, self._flip), np.uint8)
        return np.ascontiguousarray(image)

    def write(self, image: Image, upright: Image) -> None:
        """Write ``image``, turned, into ``upright``, which has its size then."""
        if self.transpose:
            cv2.transpose(image, dst=upright)
        else:
            # NumPy takes half as long again where there are gaps between the rows.
            cv2.copyTo(image, None, dst=upright)  # type: ignore[call-overload]
        if self.mirror_x or self.mirror_y:
            cv2.flip(upright, self._flip, dst=upright)

    @property
    def _flip(self) -> int:
        """The mirroring in OpenCV's numbers."""
        return -1 if self.mirror_x and self.mirror_y else int(self.mirror_x)


@dataclass(frozen=True, slots=True)
class Display:
    """How the pictures of one clip are shown; found once, at its first picture.

    ``width`` and ``height`` are the stored size with square pixels, not yet turned upright.
    Asking every picture for its orientation would keep each alive until Python's garbage
    collector runs: PyAV's side data points back at its picture.
    """

    width: int
    height: int
    orientation: Orientation
    scaler: RgbScaler

    @classmethod
    def of(cls, first: VideoFrame, pixel_aspect: float) -> "Display":
        """Return how a clip is shown that begins with ``first``."""
        width = max(1, round(first.width * pixel_aspect))
        scaler = RgbScaler(width, first.height)
        return cls(width, first.height, Orientation.of(first), scaler)

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height as shown: square pixels, upright."""
        size = (self.width, self.height)
        return size[::-1] if self.orientation.transpose else size

    def to_stored(self, width: int, height: int) -> NDArray[np.float64]:
        """Return the map (3, 3) from shown pixels to those of a stored ``width`` x ``height``."""
        shown_width, shown_height = self.shown_size
        turned = np.eye(3)
        if self.orientation.mirror_x:
            turned = np.array([[-1.0, 0.0, shown_width - 1], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
        if self.orientation.mirror_y:
            turned = np.array([[1.0, 0, 0], [0, -1.0, shown_height - 1], [0, 0, 1.0]]) @ turned
        if self.orientation.transpose:
            turned = turned[[1, 0, 2]]
        across, down = width / self.width, height / self.height
        # Pixels are counted from the centre of the first one.
        scaled = np.array(
            [[across, 0.0, (across - 1) / 2], [0.0, down, (down - 1) / 2], [0.0, 0.0, 1.0]]
        )
        return np.asarray(scaled @ turned, np.float64)

    def rgb(self, frame: VideoFrame) -> Image:
        """Return ``frame`` as (height, width, 3) RGB, C-contiguous, as a viewer shows it.

        A picture of another size than the first, as damaged clips have them, is scaled to it.
        """
        if frame.format.name in PLANAR_FORMATS:
            image = _pixels(self.scaler.scale(frame))
        else:
            plain = frame.reformat(width=self.width, height=self.height, format="rgb24")
            image = np.asarray(plain.to_ndarray(), np.uint8)
        return self.orientation.apply(tone_down(image, frame.color_trc))


def _pixels(frame: VideoFrame) -> Image:
    """Return an RGB frame's own memory as (height, width, 3)."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : 3 * frame.width].reshape(frame.height, frame.width, 3)


def tone_down(image: Image, transfer: int) -> Image:
    """Return an RGB picture of high dynamic range as an ordinary screen shows it; others as is."""
    if transfer not in HDR_TRANSFERS:
        return image
    return np.asarray(cv2.LUT(image, _tone_table(transfer)), np.uint8)


@cache
def _tone_table(transfer: int) -> Image:
    """Return 256 values that bring a high-dynamic-range signal to an ordinary screen's.

    Light is scaled so that reference white (203 cd/m2, ITU-R BT.2408) is nearly full, rolled
    off softly above, and coded with a gamma of 2.2.  Wide primaries stay as they are: colours
    come out paler, which neither the pose nor the reader minds.
    """
    signal = np.arange(256) / 255
    light = _pq_light(signal) if transfer == PQ_TRANSFER else _hlg_light(signal)
    rolled = light * (1 + light / 16) / (1 + light)
    table = np.round(255 * np.clip(1.6 * rolled, 0, 1) ** (1 / 2.2)).astype(np.uint8)
    return table.reshape(256)


def _pq_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return light relative to reference white, by SMPTE ST 2084."""
    m1, m2 = 2610 / 16384, 2523 / 32
    c1, c2, c3 = 3424 / 4096, 2413 / 128, 2392 / 128
    root = signal ** (1 / m2)
    light: NDArray[np.float64] = (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    return light * 10_000 / 203


def _hlg_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return light relative to reference white (75 % signal), by ITU-R BT.2100."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    low = signal**2 / 3
    high = (np.exp((signal - c) / a) + b) / 12
    scene: NDArray[np.float64] = np.where(signal <= 0.5, low, high)
    white = (math.exp((0.75 - c) / a) + b) / 12
    return np.asarray((scene / white) ** 1.2, np.float64)
