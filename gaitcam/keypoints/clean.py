"""From the raw pose to the cleaned track: the order of all repairs on one screen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.errors import PoseError, check_within
from gaitcam.keypoints.camera import find_attitude, undo, up_lean_deg
from gaitcam.keypoints.joint_centres import centre_joints
from gaitcam.keypoints.repair import (
    SWAP_GROUPS,
    exchange,
    fill_gaps,
    find_outliers,
    find_stray_poses,
    find_swaps,
)
from gaitcam.keypoints.sagittal import (
    find_direction,
    find_near_side,
    measure_leg_length_px,
    to_mid_plane,
    to_sagittal,
)
from gaitcam.keypoints.scale import estimate_m_per_px
from gaitcam.keypoints.smoothing import low_pass
from gaitcam.keypoints.steady import is_moved, name_motion, turn_back
from gaitcam.keypoints.surface import find_surface
from gaitcam.keypoints.track import KeypointTrack, View
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import (
    KEYPOINT_COUNT,
    KEYPOINT_INDEX,
    KEYPOINTS,
    CameraMotion,
    Quality,
)

FEWEST_FRAMES = 10
FEWEST_POSES = 0.2  # share of frames
LONGEST_WINDOW_S = 2.0  # longer than a stride: a path is no parabola there


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """How the pose is cleaned; cutoffs are those of the zero-phase low-pass filter.

    ``longest_gap_s``: longer ones stay empty; ``outlier_window_s``: how far away on either side
    a point's neighbours may be; ``outlier_leg_ratio`` [leg lengths]: a point further from their
    path is left out; ``low_visibility`` (0 to 1): a point with less counts as occluded.
    """

    trunk_cutoff_hz: float = 8.0
    limb_cutoff_hz: float = 20.0
    longest_gap_s: float = 0.12
    outlier_window_s: float = 0.06
    outlier_leg_ratio: float = 0.10
    low_visibility: float = 0.5

    def __post_init__(self) -> None:
        for name in ("trunk_cutoff_hz", "limb_cutoff_hz", "outlier_leg_ratio"):
            check_within(name, getattr(self, name), above=0.0)
        check_within("outlier_window_s", self.outlier_window_s, above=0.0, most=LONGEST_WINDOW_S)
        check_within("longest_gap_s", self.longest_gap_s, least=0.0)
        check_within("low_visibility", self.low_visibility, least=0.0, most=1.0)


def clean_keypoints(
    landmarks: LandmarkTrack, settings: CleaningSettings, height_m: float | None = None
) -> KeypointTrack:
    """Return the repaired, filled, smoothed track in the sagittal plane.

    ``height_m`` is the runner's standing height without shoes; without it the scale is NaN.
    Raises `PoseError` when the clip is too short or shows a runner too rarely.
    """
    _check_enough(landmarks)
    video, time_s = landmarks.video, landmarks.time_s
    size_px = (video.width, video.height)
    repaired, quality = _repair(landmarks, settings)
    direction, direction_confidence = find_direction(repaired)
    near, near_confidence = find_near_side(direction, landmarks.depth_px.astype(np.float64))
    leg_length_px = measure_leg_length_px(repaired)
    motion = name_motion(repaired, time_s, landmarks.camera, max(size_px), leg_length_px)
    level_px, shift_px = _without_camera(repaired, landmarks, motion)
    surface = find_surface(level_px - shift_px, leg_length_px)
    attitude = find_attitude(level_px, time_s, landmarks.level, size_px, surface, near, motion)
    square_px = undo(level_px, attitude, size_px)
    plane = to_mid_plane(square_px, near, measure_leg_length_px(square_px), size_px)
    sagittal = to_sagittal(plane - shift_px, direction, video.height)
    position = _smooth(centre_joints(sagittal, leg_length_px), time_s, settings)
    view = View(
        direction=direction,
        near_side=near,
        direction_confidence=direction_confidence,
        near_side_confidence=near_confidence,
        roll_deg=attitude.roll_deg,
        pitch_deg=attitude.pitch_deg,
        up_lean_deg=up_lean_deg(np.nanmedian(_middle_of_hips(repaired), axis=0), attitude, size_px),
        yaw_deg=attitude.yaw_deg,
        surface=surface,
        camera=motion,
        leg_length_px=measure_leg_length_px(position),
        m_per_px=estimate_m_per_px(position, height_m),
    )
    return KeypointTrack(
        time_s=time_s,
        position_px=position,
        image_px=_smooth(repaired, time_s, settings),
        quality=quality,
        view=view,
        landmarks=landmarks,
    )


def _without_camera(
    image_px: FloatArray, landmarks: LandmarkTrack, motion: CameraMotion
) -> tuple[FloatArray, FloatArray]:
    """Return points (F, 33, 2) with the camera's roll undone, and its shift (F, 1, 2)."""
    camera, frames = landmarks.camera, len(landmarks)
    if not is_moved(camera, motion):
        return image_px, np.zeros((frames, 1, 2))
    level_px = turn_back(image_px, camera, (landmarks.video.width, landmarks.video.height))
    return level_px, camera.shift_px[:, None]


def _middle_of_hips(points: FloatArray) -> FloatArray:
    hips: FloatArray = points[:, _indices(("hip",))].mean(axis=1)
    return hips


def _check_enough(landmarks: LandmarkTrack) -> None:
    name, frames = landmarks.video.path.name, len(landmarks)
    found = int(landmarks.has_pose.sum())
    if frames < FEWEST_FRAMES:
        raise PoseError(
            f"{name}: only {frames} frames to analyse; gaitcam needs at least {FEWEST_FRAMES}, "
            "better ten seconds of running"
        )
    if found < max(FEWEST_FRAMES, FEWEST_POSES * frames):
        raise PoseError(
            f"{name}: a runner was found in {found} of {frames} frames only; film from the side, "
            "in good light, with the whole body in the picture"
        )


def _repair(
    landmarks: LandmarkTrack, settings: CleaningSettings
) -> tuple[FloatArray, NDArray[np.uint8]]:
    """Return image points (F, 33, 2) with exchanges undone, strays removed and gaps filled."""
    time_s, points = landmarks.time_s, landmarks.image_px.copy()
    quality = np.zeros(points.shape[:2], dtype=np.uint8)
    is_occluded = landmarks.visibility < np.float64(settings.low_visibility)
    quality[is_occluded] |= np.uint8(Quality.OCCLUDED)
    leg_length_px = measure_leg_length_px(points)

    stray = find_stray_poses(points, leg_length_px)
    points[stray] = np.nan
    quality[stray] |= np.uint8(Quality.OUTLIER)

    outside = _is_outside(points, landmarks)
    quality[outside] |= np.uint8(Quality.OUT_OF_VIEW)
    for group in SWAP_GROUPS:
        swapped = find_swaps(points, time_s, leg_length_px, group)
        points = exchange(points, swapped, group)
        for index in _indices(group):
            quality[swapped, index] |= np.uint8(Quality.SWAPPED)
    points[outside] = np.nan

    limit_px = settings.outlier_leg_ratio * leg_length_px
    outlier = find_outliers(points, time_s, settings.outlier_window_s, limit_px)
    points[outlier] = np.nan
    quality[outlier] |= np.uint8(Quality.OUTLIER)

    for index in range(KEYPOINT_COUNT):
        points[:, index], filled = fill_gaps(points[:, index], time_s, settings.longest_gap_s)
        quality[filled, index] |= np.uint8(Quality.FILLED)
    quality[~np.isfinite(points[:, :, 0])] |= np.uint8(Quality.MISSING)
    quality.flags.writeable = False
    return points, quality


def _is_outside(points: FloatArray, landmarks: LandmarkTrack) -> BoolArray:
    """Tell which points (F, 33) lie outside the picture, where the model can only guess."""
    upper = np.array([landmarks.video.width, landmarks.video.height])
    outside: BoolArray = np.any((points < 0) | (points > upper), axis=2)
    return outside


def _indices(group: tuple[str, ...]) -> list[int]:
    return [KEYPOINT_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in group]


TRUNK_JOINTS = ("hip", "shoulder", "ear", "nose", "eye", "mouth")


def _smooth(points: FloatArray, time_s: FloatArray, settings: CleaningSettings) -> FloatArray:
    """Return points (F, 33, 2) low-pass filtered, trunk and head lower than the limbs."""
    smooth = np.empty_like(points)
    known: BoolArray = np.all(np.isfinite(points), axis=2)
    together: dict[tuple[float, bytes], list[int]] = {}  # points known in the same frames
    for index, name in enumerate(KEYPOINTS):
        is_trunk = any(joint in name for joint in TRUNK_JOINTS)
        cutoff_hz = settings.trunk_cutoff_hz if is_trunk else settings.limb_cutoff_hz
        together.setdefault((cutoff_hz, known[:, index].tobytes()), []).append(index)
    for (cutoff_hz, _), indices in together.items():
        paths = points[:, indices].reshape(len(points), -1)
        smooth[:, indices] = low_pass(paths, time_s, cutoff_hz).reshape(len(points), -1, 2)
    return smooth
