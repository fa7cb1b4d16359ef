"""Treadmill or overground, from how far the runner travels."""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import KEYPOINT_INDEX, Side, Surface

TRAVEL_OVERGROUND = 1.0  # leg lengths that the hips cross a fixed picture overground


def find_surface(image_px: FloatArray, leg_length_px: float) -> Surface:
    """Tell treadmill from overground by how far the hips travel through the picture.

    ``image_px`` (F, 33, 2) must be free of the camera's own movement: to a camera that
    follows, a runner on the road seems to stay where he is.
    """
    hips = image_px[:, [KEYPOINT_INDEX[f"{side}_hip"] for side in Side], 0].mean(axis=1)
    known = hips[np.isfinite(hips)]
    if len(known) < 2 or not leg_length_px > 0:
        return Surface.UNKNOWN
    travel = (np.percentile(known, 98) - np.percentile(known, 2)) / leg_length_px
    return Surface.OVERGROUND if travel > TRAVEL_OVERGROUND else Surface.TREADMILL
