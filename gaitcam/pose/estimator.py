"""The raw pose of every frame of a clip, with all cores busy and few frames in memory."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.following import FramePose, Plan, follow
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import MODEL_NAMES, ModelFile, find_model
from gaitcam.pose.one_of_many import follow_one, normal_person
from gaitcam.pose.people import People
from gaitcam.pose.people_linking import Trail
from gaitcam.pose.people_survey import survey_people
from gaitcam.pose.reading import PoseReader
from gaitcam.pose.sighting import PoseEstimator
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.progress import Progress
from gaitcam.video.info import Frame, VideoInfo, one_of
from gaitcam.video.memory import give_all_back
from gaitcam.video.source import VideoSettings
from gaitcam.vocabulary import CPU, DEVICES

STAGE = "pose"
SURVEY_STAGE = "people"
# A clip shorter than this has so few steps that every frame counts.
SHORT_S = 4.0
FEWEST_POSES_PER_S = 24.0
EVERY_FRAME = 10_000.0  # more than any camera's

ESTIMATORS: dict[str, Callable[[Path, str], PoseEstimator]] = {
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
    size and place tell.  ``poses_per_s``: in how many frames of a second of real time the pose
    is looked for, evenly spaced, where the clip has more and lasts at least `SHORT_S`
    (`EVERY_FRAME`: in all).  More than 30 made nothing more accurate (docs/PERFORMANCE.md).
    ``device``: ``gpu`` lets the ``tracking`` engine run on the graphics processor where there is
    one that can; its numbers differ by rounding.
    """

    model: str = "full"
    workers: int | None = None
    engine: str = "tracking"
    person: int | str | None = None
    poses_per_s: float = 30.0
    device: str = CPU

    def __post_init__(self) -> None:
        _check_one_of("model", self.model, MODEL_NAMES)
        _check_one_of("engine", self.engine, ESTIMATORS)
        _check_one_of("device", self.device, DEVICES)
        if self.workers is not None and self.workers < 1:
            raise SettingsError(f"workers: expected 1 or more, got {self.workers}")
        if not FEWEST_POSES_PER_S <= self.poses_per_s <= EVERY_FRAME:
            raise SettingsError(
                f"poses_per_s: expected {FEWEST_POSES_PER_S:g} to {EVERY_FRAME:g}, "
                f"got {self.poses_per_s}"
            )
        if self.person is not None:
            object.__setattr__(self, "person", normal_person(self.person))


def _check_one_of(name: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise SettingsError(f"{name}: expected one of {', '.join(allowed)}, got {value!r}")


def estimate_landmarks(
    video: VideoInfo,
    video_settings: VideoSettings,
    pose_settings: PoseSettings,
    progress: Progress,
    watch: Callable[[Frame], None] | None = None,
    every: int | None = None,
) -> LandmarkTrack:
    """Return the raw landmarks of the frames between start and end.

    ``watch`` is shown about thirty frames a second, or as many as there are poses, once and in
    order, so that the clip need not be read again; the pose is found in one frame of ``every``
    (None: as the settings say).  Where several people are seen, the clip is surveyed first, and
    one of them is followed (see `follow_one`).
    The result is the same, bit for bit, for any number of workers.  Raises `PoseError` when
    no runner is found in any frame.
    """
    model = find_model(pose_settings.model)
    step = every or _choose_step(video, video_settings, pose_settings)
    reader = PoseReader(video, video_settings, watch, step)
    lag = _lag_frames(video.frame_rate_hz / step)

    def report(stage: str, done: int) -> None:
        progress(stage, done, reader.count)

    found, people = _find_poses(reader, model, pose_settings, lag, report)
    give_all_back()
    track = _as_track(video, model, found, people, reader.between())
    if not track.has_pose.any():
        raise PoseError(
            f"no runner was found in {video.path}: film the whole body from the side, "
            "in good light, with the runner at least a third of the picture's height"
        )
    return track


def _find_poses(
    reader: PoseReader,
    model: ModelFile,
    settings: PoseSettings,
    lag: int,
    progress: Callable[[str, int], None],
) -> tuple[list[FramePose], People | None]:
    """Return the pose in every frame that ``reader`` yields; the networks live no longer."""
    video, start = reader.video, ESTIMATORS[settings.engine]
    with ExitStack() as stack:
        estimators = [
            stack.enter_context(closing(start(model.path, settings.device)))
            for _ in range(min(lag, settings.workers or available_cores()))
        ]

        def run(plan: Plan, is_enough: Callable[[FramePose], bool] = _never) -> list[FramePose]:
            found: list[FramePose] = []
            with closing(follow(reader.frames(), estimators, lag, plan)) as poses:
                for each in poses:
                    found.append(each)
                    progress(STAGE, len(found))
                    if is_enough(each):
                        break
            return found

        def survey() -> list[Trail]:
            return survey_people(_reported(reader.frames(), progress), model.path)

        return follow_one(run, survey, video, settings.person)


def _never(_: FramePose) -> bool:
    return False


def _reported(frames: Iterator[Frame], progress: Callable[[str, int], None]) -> Iterator[Frame]:
    """Report how far a survey has come."""
    for number, frame in enumerate(frames, 1):
        yield frame
        progress(SURVEY_STAGE, number)


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lag_frames(rate_hz: float) -> int:
    """Return how many frames are under way at once: about an eighth of a second."""
    return min(12, max(4, round(rate_hz / 8)))


def _expected_frames(video: VideoInfo, settings: VideoSettings) -> int:
    """Return about how many frames lie between start and end."""
    shown_s = video.duration_s / video.time_scale
    end_s = shown_s if settings.end_s is None else min(settings.end_s, shown_s)
    share = max(0.0, end_s - settings.start_s) / shown_s
    return max(1, round(video.frame_count * share))


def _choose_step(video: VideoInfo, settings: VideoSettings, pose: PoseSettings) -> int:
    """Return that the pose is found in one frame of so many."""
    seen_s = _expected_frames(video, settings) / video.frame_rate_hz
    if seen_s < SHORT_S:
        return 1
    return one_of(video.frame_rate_hz, pose.poses_per_s)


def _as_track(
    video: VideoInfo,
    model: ModelFile,
    found: list[FramePose],
    people: People | None,
    between: FloatArray,
) -> LandmarkTrack:
    """Stack the poses of all frames."""
    poses: NDArray[Any] = np.stack([each.pose for each in found])
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
        between=between,
    )
