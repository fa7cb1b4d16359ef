"""Take the camera's own movement out of the runner's path."""

from typing import TypeGuard

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.video.camera_path import CameraPath
from gaitcam.vocabulary import KEYPOINT_INDEX, CameraMotion, Side

TRAVEL_MOVING = 0.5  # leg lengths that the background crosses the picture when it is followed
FASTEST_PERCENT = 85  # of the toe's speeds backwards from the hips: there it is on the ground
STANDS = 0.2  # of the background's usual speed: then it tells nothing
# A foot on the ground moves through a turning camera's picture as fast as the background does,
# but faster where the camera travels along, since the background is further away.
TURNING_RATIO = (0.7, 1.35)


def name_motion(
    points_px: FloatArray,
    time_s: FloatArray,
    camera: CameraPath | None,
    longer_side_px: float,
    leg_length_px: float,
) -> CameraMotion:
    """Return what the camera did while it saw a runner's points (F, 33, 2)."""
    if camera is None or not camera.is_known:
        return CameraMotion.UNKNOWN
    if camera.is_still(longer_side_px):
        return CameraMotion.STILL
    across = np.percentile(camera.shift_px[:, 0], [1, 99])
    if float(np.ptp(across)) < TRAVEL_MOVING * leg_length_px:
        return CameraMotion.SHAKING
    ratio = _ground_ratio(points_px, time_s, np.gradient(camera.shift_px[:, 0], time_s))
    is_turning = TURNING_RATIO[0] < ratio < TURNING_RATIO[1]
    return CameraMotion.PANNING if is_turning else CameraMotion.FOLLOWING


def is_moved(camera: CameraPath | None, motion: CameraMotion) -> TypeGuard[CameraPath]:
    """Tell whether the camera's movement is known, and is to be taken out of the picture."""
    return camera is not None and motion not in (CameraMotion.STILL, CameraMotion.UNKNOWN)


def turn_back(image_px: FloatArray, camera: CameraPath, size_px: tuple[int, int]) -> FloatArray:
    """Return image points (F, n, 2) with each frame's roll about the picture's centre undone."""
    centre = np.array(size_px) / 2.0
    roll = np.radians(camera.roll_deg)[:, None]
    across, down = np.moveaxis(image_px - centre, 2, 0)
    cos, sin = np.cos(roll), np.sin(roll)
    return np.stack([cos * across + sin * down, cos * down - sin * across], axis=2) + centre


def _ground_ratio(points_px: FloatArray, time_s: FloatArray, background: FloatArray) -> float:
    """Return how fast the ground under the runner moves through the picture, over the background.

    ``background`` (F,) [px/s].  Compared in the same frames, since nobody turns a phone evenly.
    """
    hips = points_px[:, [KEYPOINT_INDEX[f"{side}_hip"] for side in Side], 0].mean(axis=1)
    moves = np.abs(background) > STANDS * np.median(np.abs(background))
    ratios = []
    for side in Side:
        toe = points_px[:, KEYPOINT_INDEX[f"{side}_foot_index"], 0]
        ahead = np.sign(np.nanmedian(toe - points_px[:, KEYPOINT_INDEX[f"{side}_heel"], 0]))
        backwards = -ahead * np.gradient(toe - hips, time_s)
        on_ground = backwards >= np.nanpercentile(backwards, FASTEST_PERCENT)
        there = on_ground & moves
        ratios.append(np.gradient(toe, time_s)[there] / background[there])
    together = np.concatenate(ratios)
    return float(np.nanmedian(together)) if len(together) else 0.0
