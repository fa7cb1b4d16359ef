"""The raw pose of every frame of a clip, with all cores busy and few frames in memory."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import MODEL_NAMES, ModelFile, find_model
from gaitcam.pose.spread import map_in_order
from gaitcam.progress import Progress
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings, read_frames

STAGE = "pose"


@dataclass(frozen=True, slots=True)
class PoseSettings:
    """Which network finds the pose, and on how many cores (``workers`` None: all of them)."""

    model: str = "full"
    workers: int | None = None

    def __post_init__(self) -> None:
        if self.model not in MODEL_NAMES:
            raise SettingsError(
                f"model: expected one of {', '.join(MODEL_NAMES)}, got {self.model!r}"
            )
        if self.workers is not None and self.workers < 1:
            raise SettingsError(f"workers: expected 1 or more, got {self.workers}")


class PoseEstimator(Protocol):
    """Finds the pose in single pictures; each worker has its own."""

    def estimate(self, image: NDArray[np.uint8]) -> FloatArray:
        """Return (33, 7): x, y, depth px; visibility; x, y, z m; NaN where nobody is found."""

    def close(self) -> None:
        """Free what it holds."""


def estimate_landmarks(
    video: VideoInfo,
    video_settings: VideoSettings,
    pose_settings: PoseSettings,
    progress: Progress,
) -> LandmarkTrack:
    """Return the raw landmarks of the frames between start and end.

    The result is the same, bit for bit, for any number of workers.  Raises `PoseError` when
    no runner is found in any frame.
    """
    model = find_model(pose_settings.model)
    frames = read_frames(video, video_settings)
    workers = pose_settings.workers or available_cores()
    total = _expected_frames(video, video_settings)
    found: list[_FramePose] = []
    for each in _estimate_each(frames, lambda: MediaPipeEstimator(model.path), workers):
        found.append(each)
        progress(STAGE, len(found), max(total, len(found)))
    track = _as_track(video, model, found)
    if not track.has_pose.any():
        raise PoseError(
            f"no runner was found in {video.path}: film the whole body from the side, "
            "in good light, with the runner at least a third of the picture's height"
        )
    return track


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, eq=False)
class _FramePose:
    """What was found in one frame, without its picture."""

    index: int
    time_s: float
    shown_s: float
    pose: FloatArray


def _estimate_each(
    frames: Iterator[Frame], make_estimator: Callable[[], PoseEstimator], workers: int
) -> Iterator[_FramePose]:
    """Yield the pose of each frame, in order, estimated on ``workers`` cores."""
    with ExitStack() as stack:
        idle: SimpleQueue[PoseEstimator] = SimpleQueue()
        for _ in range(workers):
            idle.put(stack.enter_context(closing(make_estimator())))

        def estimate(frame: Frame) -> _FramePose:
            estimator = idle.get()
            try:
                pose = estimator.estimate(frame.image)
            finally:
                idle.put(estimator)
            return _FramePose(frame.index, frame.time_s, frame.shown_s, pose)

        yield from map_in_order(estimate, frames, workers)


def _expected_frames(video: VideoInfo, settings: VideoSettings) -> int:
    """Return about how many frames lie between start and end, for the progress bar."""
    shown_s = video.duration_s / video.time_scale
    end_s = shown_s if settings.end_s is None else min(settings.end_s, shown_s)
    share = max(0.0, end_s - settings.start_s) / shown_s
    return max(1, round(video.frame_count * share))


def _as_track(video: VideoInfo, model: ModelFile, found: list[_FramePose]) -> LandmarkTrack:
    """Stack the poses of all frames."""
    poses = np.stack([each.pose for each in found])
    return LandmarkTrack(
        video=video,
        model=model.name,
        model_sha256=model.sha256,
        time_s=np.array([each.time_s for each in found]),
        shown_s=np.array([each.shown_s for each in found]),
        frame_index=np.array([each.index for each in found], float),
        image_px=poses[..., :2],
        depth_px=poses[..., 2],
        visibility=poses[..., 3],
        world_m=poses[..., 4:],
    )
