"""How sharp and how bright the runner is in a picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray

RUNNER_PX = 256  # height to which the runner is scaled: what the pose network sees of him
SMOOTHING_PX = 9
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a few stills say of the clip, as medians; NaN where nobody was found.

    ``blur``: from 0 (sharp) to 1 (nothing but blur) about the runner.  ``brightness``: of the
    runner, 0 (black) to 1 (white).  ``contrast``: standard deviation of the grey values about
    him, 0 to 0.5.  ``people``: how many stand in the picture.
    """

    blur: float = NAN
    brightness: float = NAN
    contrast: float = NAN
    people: float = NAN


UNKNOWN_PICTURES = Pictures()


def crop_grey(image: NDArray[np.uint8], box: FloatArray) -> NDArray[np.uint8] | None:
    """Return an RGB picture's box (left, top, right, bottom) in grey, `RUNNER_PX` high.

    None when the box is unknown or has no area in the picture.  A larger runner is made
    smaller, never the reverse: a small one shows no more than it shows.
    """
    if not np.isfinite(box).all():
        return None
    height, width = image.shape[:2]
    left, right = np.clip(box[[0, 2]], 0, width).astype(int)
    top, bottom = np.clip(box[[1, 3]], 0, height).astype(int)
    if right - left < SMOOTHING_PX or bottom - top < SMOOTHING_PX:
        return None
    grey = cv2.cvtColor(image[top:bottom, left:right], cv2.COLOR_RGB2GRAY)
    scale = RUNNER_PX / (bottom - top)
    size = (max(SMOOTHING_PX, round((right - left) * scale)), RUNNER_PX)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def measure_blur(grey: NDArray[np.uint8]) -> float:
    """Return the blur of a picture, 0 (sharp) to 1, by how much more blur takes from it.

    A sharp picture loses its differences between neighbours when it is smoothed, a blurred
    one keeps them (Crete et al. 2007, "The blur effect").  The worse of both directions.
    """
    values = grey.astype(np.float64)
    return max(_blur_along(values), _blur_along(values.T))


def _blur_along(values: FloatArray) -> float:
    smooth = cv2.blur(np.ascontiguousarray(values), (1, SMOOTHING_PX))
    steps, left = np.abs(np.diff(values, axis=0)), np.abs(np.diff(smooth, axis=0))
    total = float(steps.sum())
    return 1.0 - float(np.clip(steps - left, 0, None).sum()) / total if total > 0 else 1.0
