"""Moves the model's points of the upper body to the joints' centres, by what they miss them.

Measured on eleven rendered runners with exact joint centres (docs/VALIDATION.md).  The shoulder
point lies on the acromion, the bone that is felt on top of the shoulder, and a little ahead of
the line of the trunk; the elbow point lies a little up the arm.  The hidden arm's are further
off, so its elbow stays a guess.  The knee point misses too, but by an amount that changes
over the stride (behind the joint in swing, ahead of it at contact), so it is left alone.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

# In leg lengths.
SHOULDER_AHEAD = 0.0055  # at a right angle to the trunk
SHOULDER_ABOVE = 0.072  # along the trunk
ELBOW_ABOVE = 0.025  # along the upper arm


def centre_joints(position_px: FloatArray, leg_length_px: float) -> FloatArray:
    """Return sagittal points (F, 33, 2) with shoulders and elbows at the joint centres."""
    centred = position_px.copy()
    for side in Side:
        hip, shoulder, elbow = (
            KEYPOINT_INDEX[f"{side}_{joint}"] for joint in ("hip", "shoulder", "elbow")
        )
        up = _direction(position_px[:, shoulder] - position_px[:, hip])
        ahead = np.stack([up[:, 1], -up[:, 0]], axis=1)
        centred[:, shoulder] -= leg_length_px * (SHOULDER_ABOVE * up + SHOULDER_AHEAD * ahead)
        down_the_arm = _direction(position_px[:, elbow] - centred[:, shoulder])
        centred[:, elbow] += leg_length_px * ELBOW_ABOVE * down_the_arm
    return centred


def _direction(lines: FloatArray) -> FloatArray:
    """Return unit vectors (F, 2) along lines (F, 2)."""
    units: FloatArray = lines / np.linalg.norm(lines, axis=1, keepdims=True)
    return units
