"""The pose in all frames of a clip, one after the other, with all estimators at work at once."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gaitcam.pose.beat import Beat
from gaitcam.pose.guide import Guide, is_followed, is_hidden
from gaitcam.pose.path import RunnerPath
from gaitcam.pose.people_linking import mismatch
from gaitcam.pose.people_search import PARTS
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import PoseEstimator, Sighting
from gaitcam.video.info import Frame
from gaitcam.video.picture import AnyPicture
from gaitcam.vocabulary import KEYPOINT_COUNT

NOBODY = np.full((KEYPOINT_COUNT, 7), np.nan)
# So often the squares are searched while nobody is found, and every third time it is looked
# around for others while somebody is.
SEARCH_STEP_S = 0.5
STEPS_PER_LOOK_AROUND = 3
# Mismatch between two frames that makes doubt whether it is the same person.
LEAP = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class FramePose:
    """What was found in one frame, without its picture; a pose of NaN is nobody.

    ``pose`` is kept in single precision, as it is stored: an analysis of the stored track
    gives the same numbers.  ``has_others``: more people than this one are in the picture.
    """

    index: int
    time_s: float
    shown_s: float
    pose: NDArray[np.float32]
    region: Region | None
    is_small: bool = False
    has_others: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What an estimator found in one picture."""

    sighting: Sighting | None
    has_others: bool = False


Job = Callable[[PoseEstimator, AnyPicture], Found]


class Plan(Protocol):
    """Says what is to be done in each frame; both are called in the order of the frames."""

    def job(self, time_s: float) -> Job:
        """Return what an estimator must do with the picture at ``time_s``."""

    def learn(self, found: FramePose) -> None:
        """Take note of what was found in an earlier frame."""


class Freely:
    """Follows whoever is found, from the last sightings; looks around for others now and then.

    For smaller ones it looks once, after the first `SEARCH_STEP_S`, in parts: all at once it would
    hold up the frames that follow.
    """

    def __init__(self) -> None:
        """Start with nobody."""
        self._path = RunnerPath()
        self._beat = Beat(SEARCH_STEP_S)
        self._is_in_doubt = False
        self._parts, self._is_settled = iter(range(PARTS)), False

    def job(self, time_s: float) -> Job:
        """Return a search where the runner is expected, else anywhere."""
        expected, step = self._path.expect(time_s), self._beat.count(time_s)
        is_due = step is not None and (self._is_in_doubt or step % STEPS_PER_LOOK_AROUND == 0)
        self._is_in_doubt = self._is_in_doubt and step is None
        self._is_settled = self._is_settled or bool(step)
        part = next(self._parts, None) if self._is_settled else None

        def search(estimator: PoseEstimator, picture: AnyPicture) -> Found:
            sighting = estimator.estimate(picture, expected, step)
            if sighting is None:
                return Found(None)
            has_others = is_due and estimator.sees_others(picture, sighting)
            if part is not None:
                has_others = has_others or estimator.sees_others(picture, sighting, part)
            return Found(sighting, has_others)

        return search

    def learn(self, found: FramePose) -> None:
        """Expect the runner where the path leads on; doubt one who leaps."""
        expected = self._path.expect(found.time_s)
        if found.region is not None:
            is_leap = expected is not None and mismatch(expected, found.region) > LEAP
            self._is_in_doubt = self._is_in_doubt or is_leap
            self._path.add(found.time_s, found.region, found.is_small)


class Led:
    """Follows one of several people, where a survey has found him."""

    def __init__(self, guide: Guide) -> None:
        """Take the ``guide`` of the person who is to be followed."""
        self._guide = guide

    def job(self, time_s: float) -> Job:
        """Return a look at the person's place; nobody where he is hidden or out of the picture."""
        expected, rivals = self._guide.expect(time_s), self._guide.rivals(time_s)

        def look(estimator: PoseEstimator, picture: AnyPicture) -> Found:
            if expected is None or is_hidden(expected, rivals):
                return Found(None)
            sighting = estimator.look(picture, expected)
            if sighting is not None and is_followed(sighting, expected, rivals):
                return Found(sighting)
            return Found(None)

        return look

    def learn(self, found: FramePose) -> None:
        """Nothing: the guide knows the way beforehand."""


def follow(
    frames: Iterator[Frame], estimators: Sequence[PoseEstimator], lag: int, plan: Plan
) -> Generator[FramePose, None, None]:
    """Yield what is found in each frame, in order, with all estimators at work at once.

    Threads are enough: the networks run outside Python's lock, threads start at once, share
    memory and cannot be left behind.  At most ``lag`` frames are under way.  A frame's
    expectation rests on the frames up to ``lag`` before it, however many estimators there
    are: so the result does not depend on their number.
    """
    idle: SimpleQueue[PoseEstimator] = SimpleQueue()
    for estimator in estimators:
        idle.put(estimator)

    def work(frame: Frame, job: Job) -> FramePose:
        estimator = idle.get()
        try:
            found = job(estimator, frame.picture)
        finally:
            idle.put(estimator)
        return _frame_pose(frame, found)

    waiting: deque[Future[FramePose]] = deque()
    pool = ThreadPoolExecutor(len(estimators), thread_name_prefix="pose")
    try:
        for frame in frames:
            if len(waiting) == lag:
                found = waiting.popleft().result()
                plan.learn(found)
                yield found
            waiting.append(pool.submit(work, frame, plan.job(frame.time_s)))
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _frame_pose(frame: Frame, found: Found) -> FramePose:
    sighting = found.sighting
    pose = (sighting.pose if sighting else NOBODY).astype(np.float32)
    return FramePose(
        index=frame.index,
        time_s=frame.time_s,
        shown_s=frame.shown_s,
        pose=pose,
        region=sighting.region if sighting else None,
        is_small=sighting is not None and sighting.is_small,
        has_others=found.has_others,
    )
