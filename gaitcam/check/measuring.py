"""What the check judges, as numbers."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.activity import Movement
from gaitcam.gait.suitability import FEET, measure_feet_fraction
from gaitcam.keypoints.sagittal import measure_leg_length_px
from gaitcam.keypoints.steady import name_motion
from gaitcam.keypoints.surface import find_surface
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.people import People
from gaitcam.video.cuts import LeftOut
from gaitcam.video.info import CameraLevel, VideoInfo
from gaitcam.video.pictures import Pictures
from gaitcam.vocabulary import KEYPOINT_INDEX, CameraMotion, Surface

# From the eyes to the soles, over the standing height.
EYES_OVER_HEIGHT = 0.94


@dataclass(frozen=True, slots=True)
class ClipMeasures:
    """What is known of how a clip was filmed; a number that is not known is NaN.

    ``runner_px``: the runner's height.  ``feet_fraction``: frames with a pose in which both
    feet are in the picture.  ``shake_px``: standard deviation of the background about its slow
    movement.  ``expected_steps``: in the part of the clip in which the feet are seen.
    """

    video: VideoInfo
    movement: Movement
    pictures: Pictures
    level: CameraLevel
    camera: CameraMotion
    shake_px: float
    pose_fraction: float
    runner_px: float
    feet_fraction: float
    expected_steps: float
    left_out: tuple[LeftOut, ...] = ()
    people: People | None = None


def measure_clip(
    landmarks: LandmarkTrack, movement: Movement, whole_s: float = 0.0
) -> ClipMeasures:
    """Return the measures of a clip whose landmarks cover it, or stand for more of it.

    ``whole_s``: real seconds that they stand for, if more than they cover.
    """
    video, camera = landmarks.video, landmarks.camera
    seen = landmarks.image_px[landmarks.has_pose].astype(np.float64)
    leg_px = measure_leg_length_px(seen) if len(seen) else float("nan")
    longer_px = max(video.width, video.height)
    feet = measure_feet_fraction(landmarks)
    return ClipMeasures(
        left_out=landmarks.left_out,
        video=video,
        movement=movement,
        pictures=landmarks.pictures,
        people=landmarks.people,
        level=landmarks.level,
        camera=name_motion(landmarks.image_px, landmarks.time_s, camera, longer_px, leg_px),
        shake_px=camera.shake_px(landmarks.time_s) if camera else float("nan"),
        pose_fraction=float(landmarks.has_pose.mean()),
        runner_px=_height_px(seen),
        feet_fraction=feet,
        expected_steps=movement.cadence_spm / 60.0 * _seen_s(landmarks, leg_px, whole_s) * feet,
    )


def _height_px(points: FloatArray) -> float:
    """Return the runner's height from soles to crown: a high quantile, when the legs are long."""
    if not len(points):
        return float("nan")
    soles = points[:, FEET, 1].max(axis=1)
    eyes = points[:, [KEYPOINT_INDEX["left_eye"], KEYPOINT_INDEX["right_eye"]], 1].mean(axis=1)
    return float(np.percentile(soles - eyes, 75)) / EYES_OVER_HEIGHT


def _seen_s(landmarks: LandmarkTrack, leg_px: float, whole_s: float) -> float:
    """Return how long a runner is in the picture: one who passes by no longer than was seen."""
    shift = landmarks.camera.shift_px[:, None] if landmarks.camera else 0.0
    time_s = landmarks.time_s
    sampled_s = float(time_s[-1] - time_s[0]) + float(np.median(np.diff(time_s)))
    if find_surface(landmarks.image_px - shift, leg_px) is not Surface.OVERGROUND:
        sampled_s = max(sampled_s, whole_s)
    return sampled_s * float(landmarks.has_pose.mean())
