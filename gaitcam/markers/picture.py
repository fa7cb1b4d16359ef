"""Parts of a picture in colours that differ as the eye sees them, and how round things are."""

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray

Picture = NDArray[np.float32]


def cut_out(image: NDArray[np.uint8], centre: FloatArray, half: int) -> Picture:
    """Return the square of side ``2 half + 1`` around a pixel, in CIE Lab (L from 0 to 100).

    Beyond the picture's edge its last pixels are repeated.
    """
    x, y = np.round(centre).astype(int)
    rows = np.clip(np.arange(y - half, y + half + 1), 0, image.shape[0] - 1)
    columns = np.clip(np.arange(x - half, x + half + 1), 0, image.shape[1] - 1)
    part = np.ascontiguousarray(image[np.ix_(rows, columns)]).astype(np.float32) / 255.0
    return np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2Lab), np.float32)


def blur(picture: Picture, radius_px: float) -> Picture:
    """Return ``picture`` blurred to the scale of a disc of ``radius_px``."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), disc_scale(radius_px)), np.float32)


def disc_scale(radius_px: float) -> float:
    """Return the Gaussian scale that answers most to a disc: its radius over root two."""
    return float(radius_px / np.sqrt(2.0))


def curvatures(picture: Picture, radius_px: float) -> tuple[Picture, Picture, Picture]:
    """Return the second derivatives (xx, yy, xy) at the scale of a disc, in units of colour."""
    soft = blur(picture, radius_px)
    unit = 0.25 * disc_scale(radius_px) ** 2  # a 3 x 3 Sobel weighs four times
    return tuple(  # type: ignore[return-value]
        unit * np.asarray(cv2.Sobel(soft, cv2.CV_32F, x, y, ksize=3), np.float32)
        for x, y in ((2, 0), (0, 2), (1, 1))
    )


def bump(picture: Picture, radius_px: float) -> Picture:
    """Return how much a one-colour picture bulges everywhere, by its flattest direction.

    A disc bulges in every direction, an edge or a stripe in one at most.
    """
    xx, yy, xy = curvatures(picture, radius_px)
    spread = np.sqrt((0.5 * (xx - yy)) ** 2 + xy**2)
    return np.asarray(-0.5 * (xx + yy) - spread, np.float32)


def blobness(picture: Picture, radius_px: float) -> Picture:
    """Return how disc-like a colour picture is everywhere, whatever the disc's colour.

    The root of the Hessian's determinant, summed over the colours where it is positive.
    """
    xx, yy, xy = curvatures(picture, radius_px)
    return np.asarray(np.sqrt(np.clip(xx * yy - xy**2, 0.0, None).sum(axis=2)), np.float32)


def summit(height: Picture, row: int, column: int) -> FloatArray:
    """Return (x, y) of a peak between pixels, by the parabola through its neighbours."""
    place = np.array([column, row], dtype=np.float64)
    if not (0 < row < height.shape[0] - 1 and 0 < column < height.shape[1] - 1):
        return place
    across = height[row, column - 1 : column + 2].astype(np.float64)
    down = height[row - 1 : row + 2, column].astype(np.float64)
    shift: FloatArray = np.array([_vertex(across), _vertex(down)])
    return place + shift


def _vertex(three: FloatArray) -> float:
    bend = three[0] - 2.0 * three[1] + three[2]
    return 0.0 if bend == 0 else float(np.clip(0.5 * (three[0] - three[2]) / bend, -0.5, 0.5))
