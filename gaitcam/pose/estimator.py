"""The raw pose of every frame of a clip, with all cores busy and few frames in memory."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.following import FramePose, Plan, follow
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import MODEL_NAMES, ModelFile, find_model
from gaitcam.pose.one_of_many import follow_one, normal_person
from gaitcam.pose.people import People
from gaitcam.pose.people_linking import Trail
from gaitcam.pose.people_survey import survey_people
from gaitcam.pose.sighting import PoseEstimator
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.progress import Progress
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings, read_frames

STAGE = "pose"
SURVEY_STAGE = "people"

ESTIMATORS: dict[str, Callable[[Path], PoseEstimator]] = {
    "tracking": TrackingEstimator,
    "mediapipe": MediaPipeEstimator,
}


@dataclass(frozen=True, slots=True)
class PoseSettings:
    """Which network finds the pose, how it is run, and on how many cores.

    ``engine``: ``tracking`` runs the landmark network where the runner is expected;
    ``mediapipe`` leaves each frame to MediaPipe's own Pose Landmarker (IMAGE mode).
    ``workers`` None: all cores.  ``person``: who is followed of several people, by number or
    place (``left``, ``centre``, ``right``) in people.jpg; None: the runner, as far as the legs,
    size and place tell.
    """

    model: str = "full"
    workers: int | None = None
    engine: str = "tracking"
    person: int | str | None = None

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
        if self.person is not None:
            object.__setattr__(self, "person", normal_person(self.person))


def estimate_landmarks(
    video: VideoInfo,
    video_settings: VideoSettings,
    pose_settings: PoseSettings,
    progress: Progress,
    watch: Callable[[Frame], None] | None = None,
    every: int = 1,
) -> LandmarkTrack:
    """Return the raw landmarks of the frames between start and end.

    ``watch`` is shown every frame, once and in order, so that the clip need not be read again;
    the pose is found in one frame of ``every``.  Where several people are seen, the clip is
    surveyed first, and one of them is followed (see `follow_one`).
    The result is the same, bit for bit, for any number of workers.  Raises `PoseError` when
    no runner is found in any frame.
    """
    model = find_model(pose_settings.model)
    show = _Once(watch)
    total = max(1, _expected_frames(video, video_settings) // every)

    def frames() -> Iterator[Frame]:
        return islice(show.all(read_frames(video, video_settings)), 0, None, every)

    with ExitStack() as stack:
        lag = _lag_frames(video.frame_rate_hz / every)
        estimators = [
            stack.enter_context(closing(ESTIMATORS[pose_settings.engine](model.path)))
            for _ in range(min(lag, pose_settings.workers or available_cores()))
        ]

        def run(plan: Plan, is_enough: Callable[[FramePose], bool] = _never) -> list[FramePose]:
            found: list[FramePose] = []
            with closing(follow(frames(), estimators, lag, plan)) as poses:
                for each in poses:
                    found.append(each)
                    progress(STAGE, len(found), max(total, len(found)))
                    if is_enough(each):
                        break
            return found

        def survey() -> list[Trail]:
            return survey_people(_reported(frames(), total, progress), model.path)

        found, people = follow_one(run, survey, video, pose_settings.person)
    track = _as_track(video, model, found, people)
    if not track.has_pose.any():
        raise PoseError(
            f"no runner was found in {video.path}: film the whole body from the side, "
            "in good light, with the runner at least a third of the picture's height"
        )
    return track


def _never(_: FramePose) -> bool:
    return False


def _reported(frames: Iterator[Frame], total: int, progress: Progress) -> Iterator[Frame]:
    """Report how far a survey has come."""
    for number, frame in enumerate(frames, 1):
        yield frame
        progress(SURVEY_STAGE, number, max(total, number))


class _Once:
    """Shows each frame once, however often the clip is read."""

    def __init__(self, watch: Callable[[Frame], None] | None) -> None:
        self._watch, self._last = watch, -1

    def all(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Yield the frames, and show those that were not shown before."""
        for frame in frames:
            if self._watch is not None and frame.index > self._last:
                self._last = frame.index
                self._watch(frame)
            yield frame


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lag_frames(rate_hz: float) -> int:
    """Return how many frames are under way at once: about an eighth of a second."""
    return min(12, max(4, round(rate_hz / 8)))


def _expected_frames(video: VideoInfo, settings: VideoSettings) -> int:
    """Return about how many frames lie between start and end, for the progress bar."""
    shown_s = video.duration_s / video.time_scale
    end_s = shown_s if settings.end_s is None else min(settings.end_s, shown_s)
    share = max(0.0, end_s - settings.start_s) / shown_s
    return max(1, round(video.frame_count * share))


def _as_track(
    video: VideoInfo, model: ModelFile, found: list[FramePose], people: People | None
) -> LandmarkTrack:
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
        people=people,
    )
