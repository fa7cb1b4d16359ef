"""How many metres a pixel is, from the runner's height."""

from itertools import pairwise

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

# Both measured on eleven rendered runners with exact joint centres (docs/VALIDATION.md).
# Standing height over the length of the chain ankle-knee-hip-shoulder.
HEIGHT_OVER_CHAIN = 1.378
# Leg between the joint centres over the model's hip-knee-ankle: its ankle point lies above the
# joint, its hip point below.
LEG_OVER_SEGMENTS = 1.053
CHAIN = ("ankle", "knee", "hip", "shoulder")


def measure_chain_px(position_px: FloatArray) -> float:
    """Return the summed segment lengths ankle-knee-hip-shoulder [px], median over frames."""
    total = np.zeros(len(position_px))
    for side in Side:
        for lower, upper in pairwise(CHAIN):
            path = position_px[:, KEYPOINT_INDEX[f"{side}_{lower}"]]
            path = path - position_px[:, KEYPOINT_INDEX[f"{side}_{upper}"]]
            total += 0.5 * np.linalg.norm(path, axis=1)
    return float(np.nanmedian(total))


def estimate_m_per_px(position_px: FloatArray, height_m: float | None) -> float:
    """Return metres per pixel at the runner's mid-plane; NaN without a height."""
    if height_m is None:
        return float("nan")
    return height_m / (HEIGHT_OVER_CHAIN * measure_chain_px(position_px))
