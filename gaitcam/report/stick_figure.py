"""The runner as a stick figure: moving, for the page's player, and at rest, for its pictures.

The figure stands in for the video where that is missing, and shows no face.
Coordinates: the middle of the hips at x = 0, y down, one leg length = `LEG` units, mirrored so
that the figure faces the way the runner does in the picture.
"""

from typing import Any

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.report.timeline import shown_moments
from gaitcam.vocabulary import Direction, EventKind, Side

LEG = 200.0
JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
# One stride of any runner: hips are levelled over it, so that the bounce stays and drift goes.
LEVEL_WINDOW_S = 0.75

Json = dict[str, Any]


def figure_points(track: KeypointTrack) -> dict[str, FloatArray]:
    """Return the paths (F, 2) of head, near and far joints by name: ``near_knee``."""
    near = track.view.near_side
    points = {"head": 0.5 * (track.point("ear", Side.LEFT) + track.point("ear", Side.RIGHT))}
    for role, side in (("far", near.other), ("near", near)):
        points |= {f"{role}_{joint}": track.point(joint, side) for joint in JOINTS}
    both, near_hip = track.middle("hip"), points["near_hip"]
    middle = np.where(np.isfinite(both), both, near_hip)  # a far hip is hidden at times
    origin = np.column_stack([middle[:, 0], _level(middle[:, 1], track.frame_rate_hz)])
    facing = -1.0 if track.view.direction is Direction.LEFT else 1.0
    scale = LEG / track.view.leg_length_px * np.array([facing, -1.0])
    return {name: (path - origin) * scale for name, path in points.items()}


def moving_figure(analysis: Analysis) -> Json:
    """Return the names of the points and one row of rounded coordinates a moment (x, y, ...)."""
    points = figure_points(analysis.keypoints)
    rows = np.hstack([path[shown_moments(analysis)] for path in points.values()])
    known = np.isfinite(rows)
    cells: list[list[int | None]] = np.where(known, np.round(rows), 0.0).astype(int).tolist()
    for row, column in np.argwhere(~known).tolist():
        cells[row][column] = None
    return {"points": list(points), "rows": cells}


def contact_pose(analysis: Analysis) -> dict[str, tuple[float, float]]:
    """Return the runner's median pose at initial contact of the near foot; {} if unknown."""
    track = analysis.keypoints
    contacts = analysis.events.times_s(EventKind.INITIAL_CONTACT, track.view.near_side)
    frames = [int(np.argmin(np.abs(track.time_s - time))) for time in contacts]
    pose = {}
    for name, path in figure_points(track).items():
        known = path[frames][np.isfinite(path[frames]).all(axis=1)]
        if not len(known):
            return {}
        x, y = np.median(known, axis=0).tolist()
        pose[name] = (round(x, 1), round(y, 1))
    return pose


def _level(height: FloatArray, rate_hz: float) -> FloatArray:
    """Return the moving mean of a path (F,) over `LEVEL_WINDOW_S`; gaps are bridged."""
    known = np.isfinite(height)
    if not known.any():
        return height
    frames = np.arange(len(height), dtype=np.float64)
    filled = np.interp(frames, frames[known], height[known])
    half = int(min(LEVEL_WINDOW_S * rate_hz, len(height) - 1) / 2)
    padded = np.pad(filled, half, mode="edge")
    return np.convolve(padded, np.full(2 * half + 1, 1.0 / (2 * half + 1)), mode="valid")
