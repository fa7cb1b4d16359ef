"""How the camera was held, and the picture that a level, side-on camera would have taken.

Turning a camera about its own centre moves every point of the picture to where a known
homography says, whatever its depth.  So roll, pitch and yaw can be undone exactly, once they
are known: roll and pitch from vertical lines of the scene; for a runner who passes by, roll
and yaw from his own path, whose feet, hips and head travel along lines that are level and
parallel in the world; for one who stays in place, yaw from how far the near shoulder and hip
are drawn ahead of the far ones.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray, finite
from gaitcam.keypoints.sagittal import LATERAL_OFFSET, measure_leg_length_px
from gaitcam.video.info import CameraLevel, focal_length_px
from gaitcam.vocabulary import KEYPOINT_INDEX, CameraMotion, Side, Surface

STILL_FOOT_SHARE = 0.15  # a foot on the ground moves at less than this share of the hips' speed
FEWEST_STILL_FRAMES = 6
LARGEST_ROLL_DEG = 8.0  # what a path suggests beyond this is a hill, not a camera
LARGEST_YAW_DEG = 25.0
# By the breadth of shoulders and hips, square-on runners seem turned by up to 4 deg.
BREADTH_YAW_DEG = (5.0, 35.0)
MOVING = (CameraMotion.PANNING, CameraMotion.FOLLOWING)


@dataclass(frozen=True, slots=True)
class Attitude:
    """The camera's turn from level and side-on; NaN where it cannot be told.

    ``roll_deg``: vertical lines lean to the right; ``pitch_deg``: it looks up; ``yaw_deg``: it
    looks to the right of square-on.
    """

    roll_deg: float = 0.0
    pitch_deg: float = 0.0
    yaw_deg: float = 0.0


def find_attitude(
    image_px: FloatArray,
    time_s: FloatArray,
    level: CameraLevel,
    size_px: tuple[int, int],
    surface: Surface,
    near: Side,
    motion: CameraMotion = CameraMotion.STILL,
) -> Attitude:
    """Return the attitude for a clip of a runner's points (F, 33, 2), as far as it can be told."""
    known = Attitude(level.roll_deg, level.pitch_deg, math.nan)
    # The path of a runner whom the camera follows says nothing about how it is held.
    if motion in MOVING:
        return known
    if surface is not Surface.OVERGROUND:
        yaw_deg = _breadth_yaw_deg(undo(image_px, known, size_px), near, size_px)
        least, most = BREADTH_YAW_DEG
        if abs(yaw_deg) > most:
            return known
        return replace(known, yaw_deg=yaw_deg if abs(yaw_deg) >= least else 0.0)
    slopes = _path_slopes(undo(image_px, known, size_px), time_s, size_px)
    if slopes is None:
        return known
    roll_deg, yaw_deg = slopes
    if abs(roll_deg) > LARGEST_ROLL_DEG or abs(yaw_deg) > LARGEST_YAW_DEG:
        return known
    # Lines of the scene tell roll better than the runner's path, which may climb.
    return Attitude(known.roll_deg if level.is_known else roll_deg, known.pitch_deg, yaw_deg)


def undo(image_px: FloatArray, attitude: Attitude, size_px: tuple[int, int]) -> FloatArray:
    """Return image points (..., 2) as a level, side-on camera at the same place would see them."""
    return _turned(image_px, _rotation(attitude), size_px)


def redo(level_px: FloatArray, attitude: Attitude, size_px: tuple[int, int]) -> FloatArray:
    """Return where the camera saw points (..., 2) of the level picture: the inverse of `undo`."""
    return _turned(level_px, _rotation(attitude).T, size_px)


def up_lean_deg(point_px: FloatArray, attitude: Attitude, size_px: tuple[int, int]) -> float:
    """Return how far the vertical through an image point (2,) leans right in the picture."""
    above = undo(point_px, attitude, size_px) - (0.0, 0.1 * size_px[1])
    across, down = redo(above, attitude, size_px) - point_px
    return float(np.degrees(np.arctan2(across, -down)))


def _turned(image_px: FloatArray, rotation: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """Return image points after turning the camera's axes by ``rotation`` (3, 3)."""
    centre = np.array(size_px) / 2.0
    focal_px = focal_length_px(size_px)
    offset = image_px - centre
    rays = np.concatenate([offset, np.full((*offset.shape[:-1], 1), focal_px)], axis=-1)
    turned = rays @ rotation.T
    seen: FloatArray = turned[..., :2] / turned[..., 2:] * focal_px + centre
    return seen


def _rotation(attitude: Attitude) -> FloatArray:
    """Return the matrix from the camera's axes (x right, y down, z ahead) to level ones.

    A turn that is not known counts as none.
    """
    turns_deg = np.nan_to_num([attitude.roll_deg, attitude.pitch_deg, attitude.yaw_deg])
    roll, pitch, yaw = np.radians(turns_deg)
    cos, sin = np.cos, np.sin
    about_z = np.array([[cos(roll), sin(roll), 0], [-sin(roll), cos(roll), 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, cos(pitch), -sin(pitch)], [0, sin(pitch), cos(pitch)]])
    about_y = np.array([[cos(yaw), 0, sin(yaw)], [0, 1, 0], [-sin(yaw), 0, cos(yaw)]])
    rotation: FloatArray = about_y @ about_x @ about_z
    return rotation


def _breadth_yaw_deg(image_px: FloatArray, near: Side, size_px: tuple[int, int]) -> float:
    """Return the yaw [deg] from the breadth of shoulders and hips in a level picture.

    A near point and a far one that lie ``2 d`` apart across the body are drawn ``2 d tan(v)``
    apart along the way of running, where ``v`` is the angle of the line of sight to the
    square-on one: that of the runner's place in the picture, and the camera's yaw.  Over whole
    strides the turning of trunk and pelvis has no mean.
    """
    leg_px, apart, breadth = measure_leg_length_px(image_px), 0.0, 0.0
    for joint in ("hip", "shoulder"):
        ahead = image_px[:, _point(joint, near), 0] - image_px[:, _point(joint, near.other), 0]
        there = finite(ahead)
        apart += float(there.mean()) if len(there) else math.nan
        breadth += 2.0 * LATERAL_OFFSET[joint] * leg_px
    place = float(np.nanmedian(_pair(image_px, "hip")[:, 0])) - size_px[0] / 2.0
    seen = np.arctan(apart / breadth) - np.arctan(place / focal_length_px(size_px))
    return float(np.degrees(seen))


def _point(joint: str, side: Side) -> int:
    return KEYPOINT_INDEX[f"{side}_{joint}"]


def _path_slopes(
    image_px: FloatArray, time_s: FloatArray, size_px: tuple[int, int]
) -> tuple[float, float] | None:
    """Return roll and yaw [deg] from the slopes of feet, hips and ears on their way through.

    A level line ``y`` below the centre of a picture with roll ``r`` and yaw ``w`` runs with the
    slope ``tan(r) - y / f * tan(w)`` (y down): yaw lets lines above and below converge.
    """
    focal_px = focal_length_px(size_px)
    lines = [_foot_line(image_px, time_s, side) for side in Side]
    lines += [_line(_pair(image_px, name)) for name in ("hip", "shoulder", "ear")]
    found = [line for line in lines if line is not None]
    if len(found) < 4 or lines[0] is None or lines[1] is None:
        return None
    slope, height, weight = np.array(found).T
    basis = np.stack([np.ones_like(slope), (height - size_px[1] / 2.0) / focal_px], axis=1)
    scaled = basis * np.sqrt(weight)[:, None]
    level, convergence = np.linalg.lstsq(scaled, slope * np.sqrt(weight), rcond=None)[0]
    return float(np.degrees(np.arctan(level))), float(-np.degrees(np.arctan(convergence)))


def _pair(image_px: FloatArray, name: str) -> FloatArray:
    pair: FloatArray = image_px[:, [KEYPOINT_INDEX[f"{side}_{name}"] for side in Side]].mean(axis=1)
    return pair


def _foot_line(
    image_px: FloatArray, time_s: FloatArray, side: Side
) -> tuple[float, float, float] | None:
    toe = image_px[:, KEYPOINT_INDEX[f"{side}_foot_index"]]
    return _line(toe[_is_still(toe, _pair(image_px, "hip"), time_s)])


def _is_still(toe: FloatArray, hips: FloatArray, time_s: FloatArray) -> BoolArray:
    speed = np.linalg.norm(np.gradient(toe, time_s, axis=0), axis=1)
    travel = float(np.nanmedian(np.abs(np.gradient(hips[:, 0], time_s))))
    still: BoolArray = np.nan_to_num(speed, nan=np.inf) < STILL_FOOT_SHARE * travel
    return still


def _line(path: FloatArray) -> tuple[float, float, float] | None:
    """Return slope, mean height and weight of the straight line through a path (n, 2)."""
    known = path[np.isfinite(path).all(axis=1)]
    if len(known) < FEWEST_STILL_FRAMES:
        return None
    across = known[:, 0] - known[:, 0].mean()
    size = float(across @ across)
    slope = float(across @ (known[:, 1] - known[:, 1].mean())) / size
    scatter = float(np.var(known[:, 1] - slope * across)) + 1.0
    return slope, float(known[:, 1].mean()), size / scatter
