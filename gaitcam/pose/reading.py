"""Reads the frames of a clip that are looked into; the others cost as little as can be."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.errors import VideoError
from gaitcam.video.container import read_frame_times
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings, read_frames

WATCHED_HZ = 30.0


class PoseReader:
    """Reads one of ``step`` frames for the pose, and shows about `WATCHED_HZ` to ``watch``.

    The frames between them are not even decoded where no other one builds on them.
    """

    def __init__(
        self,
        video: VideoInfo,
        settings: VideoSettings,
        watch: Callable[[Frame], None] | None,
        step: int,
    ) -> None:
        """Choose among the frames of ``video`` between the settings' start and end."""
        self.video, self._settings, self._watch = video, settings, watch
        shown_s, rate_hz = read_frame_times(video.path).shown_s, video.container_rate_hz
        end_s = math.inf if settings.end_s is None else settings.end_s
        numbers = np.flatnonzero((shown_s >= settings.start_s) & (shown_s <= end_s)).tolist()
        self._shown_s = dict(zip(numbers, shown_s[numbers].tolist(), strict=True))
        watch_step = min(step, one_of(rate_hz, WATCHED_HZ)) if watch else step
        self._looked = evenly(self._shown_s, step, rate_hz)
        self._watched = frozenset(evenly(self._shown_s, watch_step, rate_hz))
        self._read: set[int] = set()
        self._last_watched = -1

    @property
    def count(self) -> int:
        """In how many frames the pose is looked for."""
        return len(self._looked)

    def frames(self) -> Iterator[Frame]:
        """Yield the frames in which the pose is looked for: the last one is always among them.

        However often the clip is read, a frame is watched once.  Raises `VideoError` when no
        frame comes.
        """
        looked = frozenset(self._looked)
        for frame in read_frames(self.video, self._settings, looked | self._watched):
            if self._watch and frame.index in self._watched and frame.index > self._last_watched:
                self._last_watched = frame.index
                self._watch(frame)
            if frame.index in looked:
                self._read.add(frame.index)
                yield frame
        if not self._read:
            raise VideoError(
                f"{self.video.path} is damaged: none of its frames can be used; "
                "copy the clip from the phone again"
            )

    def between(self) -> FloatArray:
        """Return number and ``shown_s`` (P, 2) of the frames between two that were read.

        What lies beside one that damage has spoilt counts as spoilt, too.
        """
        passed_by = [
            (number, self._shown_s[number])
            for before, after in pairwise(self._looked)
            if before in self._read and after in self._read
            for number in range(before + 1, after)
        ]
        return np.array(passed_by, np.float64).reshape(-1, 2)


def one_of(rate_hz: float, wanted_hz: float) -> int:
    """Return that ``wanted_hz`` or a little more are one frame of so many."""
    return max(1, int(rate_hz / wanted_hz + 0.05))  # 59.94 frames/s count as twice 30


def evenly(shown_s: dict[int, float], step: int, rate_hz: float) -> list[int]:
    """Return the numbers of one of ``step`` frames of a clip of ``rate_hz``, and of the last one.

    By the clock, not by counting: a phone may change its rate in the middle of a clip.
    """
    apart_s = (step - 0.5) / rate_hz if step > 1 else 0.0
    chosen, due_s = [], -math.inf
    for number, moment_s in shown_s.items():
        if moment_s >= due_s:
            chosen.append(number)
            due_s = moment_s + apart_s
    return sorted({*chosen, *list(shown_s)[-1:]})
