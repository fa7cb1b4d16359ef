"""The cleaned pose in the runner's sagittal plane."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray, check_shape, frozen
from gaitcam.keypoints.scale import LEG_OVER_SEGMENTS
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import (
    KEYPOINT_COUNT,
    KEYPOINT_INDEX,
    CameraMotion,
    Direction,
    Quality,
    Side,
    Surface,
)

# Assumed: a phone in the hand or propped up is seldom askew by more than twice this.
UNKNOWN_ROLL_DEG = 1.5


@dataclass(frozen=True, slots=True)
class View:
    """How the clip was filmed, found once per clip.

    ``roll_deg``, ``pitch_deg`` and ``yaw_deg`` are the camera's attitude as far as it could be
    told (`gaitcam.keypoints.camera.Attitude`), else NaN; they are already undone in the track.
    ``up_lean_deg`` is how far the vertical leans to the right in the picture where the runner
    is.
    ``leg_length_px`` is hip-knee-ankle as the model's points lie, the yardstick of all that is
    compared between points; ``joint_leg_px`` estimates it between the joint centres.
    ``camera`` says whether the camera moved; its movement is taken out of ``position_px``.
    ``m_per_px`` is the scale at the runner's mid-plane, NaN without a known height.
    """

    direction: Direction
    near_side: Side
    direction_confidence: float
    near_side_confidence: float
    roll_deg: float
    yaw_deg: float
    surface: Surface
    leg_length_px: float
    m_per_px: float
    pitch_deg: float = 0.0
    up_lean_deg: float = 0.0
    camera: CameraMotion = CameraMotion.UNKNOWN

    @property
    def roll_doubt_deg(self) -> float:
        """One standard deviation of a roll that could not be told, and so was not undone."""
        return UNKNOWN_ROLL_DEG if math.isnan(self.roll_deg) else 0.0

    @property
    def joint_leg_px(self) -> float:
        """Length of the leg between the joint centres [px], what "leg lengths" are told in."""
        return LEG_OVER_SEGMENTS * self.leg_length_px


@dataclass(frozen=True, slots=True, eq=False)
class KeypointTrack:
    """Cleaned keypoints of F frames: repaired, smoothed without lag, gaps as NaN.

    ``position_px`` (F, 33, 2): sagittal plane through the runner's middle, x anterior (the
    way the runner faces), y up along gravity, camera roll and near/far perspective removed.
    ``image_px`` (F, 33, 2): the same points where they lie in the picture, for drawing.
    ``quality`` (F, 33): `Quality` flags.  Multiply by ``view.m_per_px`` for metres.
    """

    time_s: FloatArray
    position_px: FloatArray
    image_px: FloatArray
    quality: NDArray[np.uint8]
    view: View
    landmarks: LandmarkTrack

    def __post_init__(self) -> None:
        frames = len(self.time_s)
        for name in ("position_px", "image_px"):
            values = frozen(getattr(self, name), (frames, KEYPOINT_COUNT, 2), name)
            object.__setattr__(self, name, values)
        object.__setattr__(self, "time_s", frozen(self.time_s, (frames,), "time_s"))
        check_shape(self.quality.shape, (frames, KEYPOINT_COUNT), "quality")

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def frame_rate_hz(self) -> float:
        """Median frame rate in real time."""
        return float(1.0 / np.median(np.diff(self.time_s)))

    def point(self, name: str, side: Side | None = None) -> FloatArray:
        """Return the path of one keypoint, shape (F, 2) [px]; ``point("hip", Side.LEFT)``."""
        return self.position_px[:, keypoint(name, side)]

    def middle(self, name: str) -> FloatArray:
        """Return the midpoint of a left-right pair, shape (F, 2) [px]."""
        return 0.5 * (self.point(name, Side.LEFT) + self.point(name, Side.RIGHT))

    def is_trusted(self, name: str, side: Side | None = None) -> NDArray[np.bool_]:
        """Tell in which frames a keypoint was measured in the picture, shape (F,)."""
        doubt = Quality.MISSING | Quality.FILLED | Quality.OUTLIER | Quality.OUT_OF_VIEW
        trusted: NDArray[np.bool_] = (self.quality[:, keypoint(name, side)] & doubt) == 0
        return trusted


def keypoint(name: str, side: Side | None = None) -> int:
    """Return the index of a keypoint, ``keypoint("hip", Side.LEFT) == 23``."""
    return KEYPOINT_INDEX[name if side is None else f"{side}_{name}"]
