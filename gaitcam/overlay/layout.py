"""Where panels go: the place that hides least of the runner over the whole clip."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.vocabulary import KEYPOINTS

# Landmarks end at the eyes and in the middle of the shoe; head and sole reach this much further.
HEAD_LEG, FOOT_LEG = 0.18, 0.04
SOME_FRAMES = 200
# Fingers are the least sure of all points and reach no further than what is around them.
OUTLINE = [
    index
    for index, name in enumerate(KEYPOINTS)
    if not name.endswith(("pinky", "index", "thumb")) or "foot" in name
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture [px], right and bottom outside it."""

    left: float
    top: float
    right: float
    bottom: float


def runner_boxes(track: KeypointTrack) -> FloatArray:
    """Return left, top, right, bottom of the runner in some of the frames, shape (n, 4)."""
    step = max(1, len(track) // SOME_FRAMES)
    points = track.image_px[::step, OUTLINE]
    seen = points[np.isfinite(points).any(axis=(1, 2))]
    low, high = np.nanmin(seen, axis=1), np.nanmax(seen, axis=1)
    leg = track.view.leg_length_px
    return np.column_stack(
        [low[:, 0], low[:, 1] - HEAD_LEG * leg, high[:, 0], high[:, 1] + FOOT_LEG * leg]
    )


def hidden_share(box: Box, boxes: FloatArray) -> float:
    """Return how much of ``boxes`` (n, 4) lies under ``box``, on average, from 0 to 1."""
    if not len(boxes):
        return 0.0
    width = np.minimum(box.right, boxes[:, 2]) - np.maximum(box.left, boxes[:, 0])
    height = np.minimum(box.bottom, boxes[:, 3]) - np.maximum(box.top, boxes[:, 1])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return float(np.mean(np.maximum(width, 0.0) * np.maximum(height, 0.0) / area))
