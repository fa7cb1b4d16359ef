"""A stick-figure runner with known measures, as raw landmarks: truth for the tests.

The feet run around an ellipse-like path relative to the hips, half a stride apart; everything
is in pixels of a 1280 x 720 picture.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.info import VideoInfo
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, EventKind, Side

WIDTH, HEIGHT = 1280, 720
LEG_PX, TRUNK_PX = 200.0, 130.0
GROUND_Y = 650.0
STRIDE_PX = 90.0


def a_video(frames: int, rate_hz: float = 60.0) -> VideoInfo:
    return VideoInfo(
        path=Path("runner.mp4"),
        sha256="0" * 64,
        width=WIDTH,
        height=HEIGHT,
        frame_count=frames,
        frame_rate_hz=rate_hz,
        container_rate_hz=rate_hz,
        duration_s=frames / rate_hz,
        rotation_deg=0,
        time_scale=1.0,
        is_variable_rate=False,
        codec="h264",
    )


def landmarks_from(
    image_px: FloatArray, rate_hz: float = 60.0, time_s: FloatArray | None = None
) -> LandmarkTrack:
    """Wrap points (F, 33, 2) as raw landmarks; the right side is the closer one."""
    frames = len(image_px)
    if time_s is None:
        time_s = np.arange(frames) / rate_hz
    depth = np.zeros((frames, KEYPOINT_COUNT))
    for name, index in KEYPOINT_INDEX.items():
        depth[:, index] = -10.0 if name.startswith("right") else 10.0
    return LandmarkTrack(
        video=a_video(frames, rate_hz),
        model="full",
        model_sha256="1" * 64,
        time_s=time_s,
        shown_s=time_s,
        frame_index=np.arange(frames, dtype=np.float64),
        image_px=image_px,
        depth_px=depth,
        visibility=np.full((frames, KEYPOINT_COUNT), 0.99),
        world_m=np.zeros((frames, KEYPOINT_COUNT, 3)),
    )


def running_points(
    seconds: float = 4.0,
    rate_hz: float = 60.0,
    cadence_spm: float = 168.0,
    lean_deg: float = 7.0,
    speed_px_s: float = 0.0,
    bounce_px: float = 12.0,
) -> FloatArray:
    """Return image points (F, 33, 2) of a runner who faces right."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    phase = 2 * np.pi * time_s * cadence_spm / 120.0
    points = np.zeros((len(time_s), KEYPOINT_COUNT, 2))
    hip_x = WIDTH / 2 + speed_px_s * (time_s - time_s[-1] / 2)
    # Runners are highest in flight, with the feet furthest apart.
    hip_y = GROUND_Y - LEG_PX - 0.5 * bounce_px * np.cos(2 * phase)
    lean = np.radians(lean_deg)
    shoulder_x, shoulder_y = hip_x + TRUNK_PX * np.sin(lean), hip_y - TRUNK_PX * np.cos(lean)
    points[:, :11] = np.stack([shoulder_x + 15, shoulder_y - 40], 1)[:, None]
    _put(points, "nose", shoulder_x + 35, shoulder_y - 38)
    for side, shift in ((Side.RIGHT, 0.0), (Side.LEFT, np.pi)):
        swing = phase + shift
        foot_x = hip_x + STRIDE_PX * np.cos(swing) - 5
        foot_y = hip_y + LEG_PX - 10 - 40 * np.clip(-np.sin(swing), 0, None)
        _put(points, f"{side}_hip", hip_x, hip_y)
        _put(points, f"{side}_shoulder", shoulder_x, shoulder_y)
        _put(points, f"{side}_elbow", shoulder_x - 25 * np.cos(swing), shoulder_y + 60)
        _put(points, f"{side}_wrist", shoulder_x + 30 - 25 * np.cos(swing), shoulder_y + 80)
        _put(points, f"{side}_knee", 0.5 * (hip_x + foot_x) + 25, 0.5 * (hip_y + foot_y))
        _put(points, f"{side}_ankle", foot_x, foot_y)
        _put(points, f"{side}_heel", foot_x - 12, foot_y + 10)
        _put(points, f"{side}_foot_index", foot_x + 38, foot_y + 14 - 10 * np.cos(swing))
    return points


def _put(points: FloatArray, name: str, x: FloatArray, y: FloatArray) -> None:
    points[:, KEYPOINT_INDEX[name]] = np.stack([x, y], axis=1)


def mirrored(points: FloatArray) -> FloatArray:
    """Return the runner as a mirror shows him: facing left, the left side to the camera."""
    seen = points.copy()
    seen[:, :, 0] = WIDTH - points[:, :, 0]
    exchanged = seen.copy()
    for name, index in KEYPOINT_INDEX.items():
        other = name.replace("left", "#").replace("right", "left").replace("#", "right")
        exchanged[:, KEYPOINT_INDEX[other]] = seen[:, index]
    return exchanged


def seen_from_front(points: FloatArray, is_facing: bool = True) -> FloatArray:
    """Return a runner with hardly any depth and with the shoulders' and hips' breadth."""
    seen = points.copy()
    middle = points[:, KEYPOINT_INDEX["left_hip"], :1]
    seen[:, :, 0] = middle + 0.1 * (points[:, :, 0] - middle)
    for name, index in KEYPOINT_INDEX.items():
        side = {"left": 1.0, "righ": -1.0}.get(name[:4], 0.0) * (1.0 if is_facing else -1.0)
        breadth = 0.34 if "shoulder" in name else 0.17
        seen[:, index, 0] += side * breadth * TRUNK_PX
    return seen


def with_left_closer(landmarks: LandmarkTrack) -> LandmarkTrack:
    return replace(landmarks, depth_px=-landmarks.depth_px)


def regular_events(
    seconds: float = 4.0, cadence_spm: float = 168.0, contact_s: float = 0.25, first_s: float = 0.1
) -> GaitEvents:
    """Return events of an even run: contacts alternate, each foot stays down ``contact_s``."""
    step_s = 60.0 / cadence_spm
    events = []
    side = Side.RIGHT
    time_s = first_s
    while time_s < seconds:
        events.append(GaitEvent(EventKind.INITIAL_CONTACT, side, time_s, 0.005, 1.0))
        if time_s + contact_s < seconds:
            events.append(GaitEvent(EventKind.TOE_OFF, side, time_s + contact_s, 0.005, 1.0))
        side, time_s = side.other, time_s + step_s
    return GaitEvents(tuple(sorted(events, key=lambda event: event.time_s)))
