"""Turn motion capture into landmarks as a pose model would have found them in a clip."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicSpline

from gaitcam.arrays import FloatArray
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.marker_runs import LEG_POINTS, MarkerRun, Times
from gaitcam.validation.pose_errors import PoseError, gait_phase
from gaitcam.video.info import VideoInfo
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, Side

WIDTH, HEIGHT = 1280, 720
# Upper body relative to the middle of the hips in leg lengths: only its presence matters here.
UPPER_BODY = {
    "shoulder": (0.06, 0.62),
    "elbow": (0.0, 0.30),
    "wrist": (0.20, 0.20),
    "pinky": (0.24, 0.20),
    "index": (0.25, 0.20),
    "thumb": (0.24, 0.22),
    "ear": (0.10, 0.90),
    "eye": (0.18, 0.92),
    "nose": (0.22, 0.88),
    "mouth": (0.18, 0.84),
}


@dataclass(frozen=True, slots=True)
class Filming:
    """How a trial is filmed: frame rate, first moment and length, nearer side, and size.

    ``stretch`` slows the run down (> 1) or speeds it up; ``marker_offset`` is the standard
    deviation [leg lengths] of a fixed offset of each point, since markers are not landmarks;
    ``jitter`` of the frame interval makes the frame rate variable.
    """

    rate_hz: float
    start_s: float
    length_s: float
    near: Side
    leg_length_px: float = 250.0
    stretch: float = 1.0
    marker_offset: float = 0.0
    jitter: float = 0.0


def film(
    run: MarkerRun, filming: Filming, error: PoseError | None, rng: np.random.Generator
) -> tuple[LandmarkTrack, Times]:
    """Return the landmarks of a filmed trial and its events on the clip's clock."""
    end_s = min(filming.start_s + filming.length_s, float(run.time_s[-1]))
    count = int((end_s - filming.start_s) * filming.stretch * filming.rate_hz)
    time_s = np.arange(count) / filming.rate_hz
    time_s = time_s + filming.jitter / filming.rate_hz * rng.uniform(-0.5, 0.5, count)
    time_s = np.sort(time_s - time_s[0])
    source_s = filming.start_s + time_s / filming.stretch
    legs = CubicSpline(run.time_s, run.leg_m, axis=1)(source_s) / run.leg_length_m
    legs = legs + filming.marker_offset * rng.standard_normal((2, 1, len(LEG_POINTS), 2))
    if error is not None:
        for index, side in enumerate(Side):
            phase = gait_phase(source_s, run.events, side)
            role = 0 if side is filming.near else 1
            legs[index] += error.draw(role, phase, filming.rate_hz, rng)
    events = {key: (times - filming.start_s) * filming.stretch for key, times in run.events.items()}
    return _landmarks(run.name, legs, time_s, filming), events


def _landmarks(name: str, legs: FloatArray, time_s: FloatArray, filming: Filming) -> LandmarkTrack:
    """Place legs (2, F, 5, 2) and an upper body in a picture that the camera keeps centred."""
    frames = len(time_s)
    hips = legs[:, :, 0].mean(axis=0)
    drift = np.polynomial.Polynomial.fit(time_s, hips[:, 0], 1)(time_s)
    body = np.zeros((frames, KEYPOINT_COUNT, 2))
    for keypoint, index in KEYPOINT_INDEX.items():
        place = next((v for part, v in UPPER_BODY.items() if part in keypoint), (0.0, 0.0))
        body[:, index] = hips + place
    for side_index, side in enumerate(Side):
        for point_index, point in enumerate(LEG_POINTS):
            body[:, KEYPOINT_INDEX[f"{side}_{point}"]] = legs[side_index, :, point_index]
    body[:, :, 0] -= drift[:, None]
    ahead = 1.0 if filming.near is Side.RIGHT else -1.0
    scale = filming.leg_length_px
    image = np.stack(
        [0.5 * WIDTH + ahead * scale * body[..., 0], HEIGHT - 60 - scale * body[..., 1]], axis=2
    )
    nothing = np.zeros((frames, KEYPOINT_COUNT))
    return LandmarkTrack(
        video=_video(name, time_s),
        model="markers",
        model_sha256="",
        time_s=time_s,
        shown_s=time_s,
        frame_index=np.arange(frames, dtype=np.float64),
        image_px=image,
        depth_px=nothing,
        visibility=nothing + 0.95,
        world_m=np.zeros((frames, KEYPOINT_COUNT, 3)),
    )


def _video(name: str, time_s: FloatArray) -> VideoInfo:
    rate = float(1.0 / np.median(np.diff(time_s)))
    return VideoInfo(
        path=Path(name),
        sha256="",
        width=WIDTH,
        height=HEIGHT,
        frame_count=len(time_s),
        frame_rate_hz=rate,
        container_rate_hz=rate,
        duration_s=float(time_s[-1]),
        rotation_deg=0,
        time_scale=1.0,
        is_variable_rate=False,
        codec="",
    )
