"""What was measured in some frames of a clip, told for every frame of it.

Of a clip with many frames a second the pose is found in a part of them, evenly spaced
(docs/PERFORMANCE.md).  Nothing is measured in between: places and angles are continued smoothly
from the frames around, for the annotated video and the table of frames.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.tables import FrameTable
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import Quality


def at_every_frame(analysis: Analysis) -> Analysis:
    """Return the analysis with a row for every frame between its first and its last one.

    The rows in between are flagged so and have no raw landmarks; steps, summary and
    findings stay as they are.
    """
    landmarks = analysis.landmarks
    first_s, last_s = landmarks.time_s[[0, -1]]
    between = landmarks.between
    between = between[(between[:, 1] > first_s) & (between[:, 1] < last_s)]
    if not len(between):
        return analysis
    own = np.column_stack([landmarks.frame_index, landmarks.time_s, landmarks.shown_s])
    clock = np.concatenate([own, between])
    order = np.argsort(clock[:, 1])
    clock = clock[order]
    # A frame's own row, or -1 between two of them.
    rows = np.where(order < len(own), order, -1)
    every = _every_landmark(landmarks, clock, rows)
    table = analysis.frame_table
    return replace(
        analysis,
        landmarks=every,
        keypoints=_every_keypoint(analysis.keypoints, every, rows),
        frame_table=FrameTable(every.time_s, _every_value(table, every.time_s)),
    )


def continued(values: FloatArray, time_s: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Return ``values`` (F, ...) at other times (G,), shape (G, ...).

    A cubic between two neighbours that keeps the speed at both; a straight line where a speed
    is not known; NaN where a neighbour is.
    """
    row = np.clip(np.searchsorted(time_s, wanted_s, side="right") - 1, 0, len(time_s) - 2)
    step_s = time_s[row + 1] - time_s[row]
    across = (slice(None), *(np.newaxis,) * (values.ndim - 1))
    share = ((wanted_s - time_s[row]) / step_s)[across]
    before, after = values[row], values[row + 1]
    speed = np.gradient(values, time_s, axis=0)
    start, stop = speed[row] * step_s[across], speed[row + 1] * step_s[across]
    straight = before + share * (after - before)
    bend = (
        share
        * (1 - share)
        * ((1 - share) * (start - (after - before)) - share * (stop - (after - before)))
    )
    curved = np.where(np.isfinite(bend), straight + bend, straight)
    # At a frame's own time its value stands, whatever its neighbours know.
    known: FloatArray = np.where(share == 0, before, np.where(share == 1, after, curved))
    return known


def _every_landmark(
    landmarks: LandmarkTrack, clock: FloatArray, rows: NDArray[np.int_]
) -> LandmarkTrack:
    number, time_s, shown_s = clock.T
    return replace(
        landmarks,
        time_s=time_s,
        shown_s=shown_s,
        frame_index=number,
        image_px=_spread(landmarks.image_px, rows),
        depth_px=_spread(landmarks.depth_px, rows),
        visibility=_spread(landmarks.visibility, rows),
        world_m=_spread(landmarks.world_m, rows),
        pelvis=None,
        camera=None,
        between=np.zeros((0, 3)),
    )


def _spread(values: FloatArray, rows: NDArray[np.int_]) -> FloatArray:
    """Return the values of ``rows``; NaN where a row is -1."""
    spread = np.full((len(rows), *values.shape[1:]), np.nan)
    spread[rows >= 0] = values[rows[rows >= 0]]
    return spread


def _every_keypoint(
    track: KeypointTrack, landmarks: LandmarkTrack, rows: NDArray[np.int_]
) -> KeypointTrack:
    lower = np.maximum.accumulate(rows)
    quality = track.quality[lower]
    is_between = rows < 0
    neighbours = quality[is_between] | track.quality[lower[is_between] + 1]
    quality[is_between] = neighbours | np.uint8(Quality.BETWEEN)
    return replace(
        track,
        time_s=landmarks.time_s,
        position_px=continued(track.position_px, track.time_s, landmarks.time_s),
        image_px=continued(track.image_px, track.time_s, landmarks.time_s),
        quality=quality,
        landmarks=landmarks,
    )


def _every_value(table: FrameTable, time_s: FloatArray) -> Mapping[str, FloatArray]:
    return {name: continued(values, table.time_s, time_s) for name, values in table.columns.items()}
