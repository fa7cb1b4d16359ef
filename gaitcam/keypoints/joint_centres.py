"""Moves the model's shoulder points to the joints' centres, by what it is known to miss them.

Measured on rendered clips with exact joint centres (docs/VALIDATION.md): the shoulder point
lies ahead of the line of the trunk.  The knee point misses too, but by an amount that changes
over the stride (behind the joint in swing, ahead of it at contact), so it is left alone.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

SHOULDER_AHEAD = 0.0055  # leg lengths, at a right angle to the trunk


def centre_shoulders(position_px: FloatArray, leg_length_px: float) -> FloatArray:
    """Return sagittal points (F, 33, 2) with the shoulders at the joint centres."""
    centred = position_px.copy()
    for side in Side:
        shoulder = KEYPOINT_INDEX[f"{side}_shoulder"]
        trunk = position_px[:, shoulder] - position_px[:, KEYPOINT_INDEX[f"{side}_hip"]]
        centred[:, shoulder] -= SHOULDER_AHEAD * leg_length_px * _forward_of(trunk)
    return centred


def _forward_of(upward: FloatArray) -> FloatArray:
    """Return unit vectors (F, 2) at a right angle to upward ones, pointing forward."""
    length = np.linalg.norm(upward, axis=1, keepdims=True)
    turned: FloatArray = np.stack([upward[:, 1], -upward[:, 0]], axis=1) / length
    return turned
