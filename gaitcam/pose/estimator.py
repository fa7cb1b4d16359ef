"""The raw pose of every frame of a clip, with all cores busy and few frames in memory."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import MODEL_NAMES, ModelFile, find_model
from gaitcam.pose.path import RunnerPath
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import PoseEstimator
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.progress import Progress
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings, read_frames
from gaitcam.vocabulary import KEYPOINT_COUNT

STAGE = "pose"
NOBODY = np.full((KEYPOINT_COUNT, 7), np.nan)


ESTIMATORS: dict[str, Callable[[Path], PoseEstimator]] = {
    "tracking": TrackingEstimator,
    "mediapipe": MediaPipeEstimator,
}


@dataclass(frozen=True, slots=True)
class PoseSettings:
    """Which network finds the pose, how it is run, and on how many cores.

    ``engine``: ``tracking`` runs the landmark network where the runner is expected;
    ``mediapipe`` leaves each frame to MediaPipe's own Pose Landmarker (IMAGE mode).
    ``workers`` None: all cores.
    """

    model: str = "full"
    workers: int | None = None
    engine: str = "tracking"

    def __post_init__(self) -> None:
        if self.model not in MODEL_NAMES:
            raise SettingsError(
                f"model: expected one of {', '.join(MODEL_NAMES)}, got {self.model!r}"
            )
        if self.engine not in ESTIMATORS:
            raise SettingsError(
                f"engine: expected one of {', '.join(ESTIMATORS)}, got {self.engine!r}"
            )
        if self.workers is not None and self.workers < 1:
            raise SettingsError(f"workers: expected 1 or more, got {self.workers}")


def estimate_landmarks(
    video: VideoInfo,
    video_settings: VideoSettings,
    pose_settings: PoseSettings,
    progress: Progress,
    watch: Callable[[Frame], None] | None = None,
    every: int = 1,
) -> LandmarkTrack:
    """Return the raw landmarks of the frames between start and end.

    ``watch`` is shown every frame, in order, so that the clip need not be read again; the pose
    is found in one frame of ``every``.
    The result is the same, bit for bit, for any number of workers.  Raises `PoseError` when
    no runner is found in any frame.
    """
    model = find_model(pose_settings.model)
    frames = islice(_shown_to(watch, read_frames(video, video_settings)), 0, None, every)
    total = max(1, _expected_frames(video, video_settings) // every)
    found: list[_FramePose] = []
    with ExitStack() as stack:
        lag = _lag_frames(video.frame_rate_hz / every)
        estimators = [
            stack.enter_context(closing(ESTIMATORS[pose_settings.engine](model.path)))
            for _ in range(min(lag, pose_settings.workers or available_cores()))
        ]
        for each in stack.enter_context(closing(_follow(frames, estimators, lag))):
            found.append(each)
            progress(STAGE, len(found), max(total, len(found)))
    track = _as_track(video, model, found)
    if not track.has_pose.any():
        raise PoseError(
            f"no runner was found in {video.path}: film the whole body from the side, "
            "in good light, with the runner at least a third of the picture's height"
        )
    return track


def _shown_to(watch: Callable[[Frame], None] | None, frames: Iterator[Frame]) -> Iterator[Frame]:
    for frame in frames:
        if watch is not None:
            watch(frame)
        yield frame


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, eq=False)
class _FramePose:
    """What was found in one frame, without its picture; a pose of NaN is nobody.

    ``pose`` is kept in single precision, as it is stored: an analysis of the stored track
    gives the same numbers.
    """

    index: int
    time_s: float
    shown_s: float
    pose: NDArray[np.float32]
    region: Region | None


def _follow(
    frames: Iterator[Frame], estimators: Sequence[PoseEstimator], lag: int
) -> Generator[_FramePose, None, None]:
    """Yield what is found in each frame, in order, with all estimators at work at once.

    Threads are enough: the networks run outside Python's lock, threads start at once, share
    memory and cannot be left behind.  At most ``lag`` frames are under way.  A frame's
    expectation rests on the frames up to ``lag`` before it, however many estimators there
    are: so the result does not depend on their number.
    """
    idle: SimpleQueue[PoseEstimator] = SimpleQueue()
    for estimator in estimators:
        idle.put(estimator)

    def estimate(frame: Frame, expected: Region | None) -> _FramePose:
        estimator = idle.get()
        try:
            sighting = estimator.estimate(frame.picture, expected)
        finally:
            idle.put(estimator)
        pose, region = (sighting.pose, sighting.region) if sighting else (NOBODY, None)
        single = pose.astype(np.float32)
        return _FramePose(frame.index, frame.time_s, frame.shown_s, single, region)

    path = RunnerPath()
    waiting: deque[Future[_FramePose]] = deque()
    pool = ThreadPoolExecutor(len(estimators), thread_name_prefix="pose")
    try:
        for frame in frames:
            if len(waiting) == lag:
                found = waiting.popleft().result()
                if found.region is not None:
                    path.add(found.time_s, found.region)
                yield found
            waiting.append(pool.submit(estimate, frame, path.expect(frame.time_s)))
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _lag_frames(rate_hz: float) -> int:
    """Return how many frames are under way at once: about an eighth of a second."""
    return min(12, max(4, round(rate_hz / 8)))


def _expected_frames(video: VideoInfo, settings: VideoSettings) -> int:
    """Return about how many frames lie between start and end, for the progress bar."""
    shown_s = video.duration_s / video.time_scale
    end_s = shown_s if settings.end_s is None else min(settings.end_s, shown_s)
    share = max(0.0, end_s - settings.start_s) / shown_s
    return max(1, round(video.frame_count * share))


def _as_track(video: VideoInfo, model: ModelFile, found: list[_FramePose]) -> LandmarkTrack:
    """Stack the poses of all frames."""
    poses = np.stack([each.pose for each in found]).astype(float)
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
