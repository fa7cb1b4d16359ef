"""How high each foot is above the ground, for the charts."""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Level, MetricDefinition
from gaitcam.vocabulary import Side

GROUND_PERCENTILE = 5.0


def foot_height_leg_ratio(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the lower of heel and toe above that foot's ground level, in leg lengths, (F,).

    The ground level is the foot's own 5th percentile: near and far foot stand at different
    heights in the picture, and a foot is on the ground for more than a quarter of the time.
    """
    heel, toe = (track.point(name, side)[:, 1] for name in ("heel", "foot_index"))
    lower = np.minimum(heel, toe)
    if not np.isfinite(lower).any():
        return lower
    return (lower - np.nanpercentile(lower, GROUND_PERCENTILE)) / track.view.leg_length_px


FOOT_HEIGHT = MetricDefinition(
    key="foot_height_leg_ratio",
    label="Foot height",
    unit="leg lengths",
    level=Level.FRAME_PER_SIDE,
    positive="foot above the ground",
    definition="The lower of heel and toe above the foot's lowest level, over leg length.",
    source="",
    compute=foot_height_leg_ratio,
    decimals=3,
)


def foot_heights(track: KeypointTrack) -> dict[str, FloatArray]:
    """Return the height of both feet by column name."""
    return {FOOT_HEIGHT.column(side): foot_height_leg_ratio(track, side) for side in Side}
