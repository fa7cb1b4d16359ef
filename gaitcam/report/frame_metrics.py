"""The per-frame metrics that tables and charts show: the catalog's, and the feet's heights."""

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.every_frame import EveryFrame
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.catalog import FRAME_METRICS
from gaitcam.metrics.definition import Level, MetricDefinition
from gaitcam.vocabulary import Side

GROUND_PERCENTILE = 5.0
FOOT = ("heel", "foot_index")


def foot_height_leg_ratio(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the lower of heel and toe above that foot's ground level, in leg lengths, (F,)."""
    heel, toe = (track.point(name, side)[:, 1] for name in FOOT)
    return _height_above_ground(heel, toe) / track.view.joint_leg_px


def _height_above_ground(heel: FloatArray, toe: FloatArray) -> FloatArray:
    """Return the lower of two heights (F,) above that foot's ground level.

    The ground level is the foot's own 5th percentile: near and far foot stand at different
    heights in the picture, and a foot is on the ground for more than a quarter of the time.
    """
    lower: FloatArray = np.minimum(heel, toe)
    if not np.isfinite(lower).any():
        return lower
    height: FloatArray = lower - np.nanpercentile(lower, GROUND_PERCENTILE)
    return height


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

REPORTED: tuple[MetricDefinition, ...] = (*FRAME_METRICS, FOOT_HEIGHT)


def columns_of(definition: MetricDefinition) -> dict[Side | None, str]:
    """Return the names of a metric's columns by side; None for a metric without sides."""
    if definition.level is Level.FRAME_PER_SIDE:
        return {side: definition.column(side) for side in Side}
    return {None: definition.key}


def frame_values(analysis: Analysis) -> dict[str, FloatArray]:
    """Return every reported per-frame column by name, each of shape (F,)."""
    heights = {
        FOOT_HEIGHT.column(side): foot_height_leg_ratio(analysis.keypoints, side) for side in Side
    }
    return dict(analysis.frame_table.columns) | heights


def every_frame_values(every: EveryFrame) -> dict[str, FloatArray]:
    """Return every reported per-frame column by name for all frames, each of shape (G,)."""
    analysis = every.analysis
    values = {n: every.told(column) for n, column in analysis.frame_table.columns.items()}
    for side in Side:
        heel, toe = (every.told(analysis.keypoints.point(name, side)[:, 1]) for name in FOOT)
        height = _height_above_ground(heel, toe) / analysis.view.joint_leg_px
        values[FOOT_HEIGHT.column(side)] = height
    return values
