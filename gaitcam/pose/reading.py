"""Reads the frames of a clip that are looked into; the others cost as little as can be."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.errors import VideoError
from gaitcam.video.container import read_frame_times
from gaitcam.video.info import Frame, VideoInfo, one_of, spacing_s
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
        is_inside = (shown_s >= settings.start_s) & (shown_s <= end_s)
        self._first = int(is_inside.argmax())
        self._shown_s: FloatArray = shown_s[is_inside]
        watch_step = min(step, one_of(rate_hz, WATCHED_HZ)) if watch else step
        self._looked = evenly(self._shown_s, step, rate_hz)
        self._watched = evenly(self._shown_s, watch_step, rate_hz)
        self._read = np.zeros_like(self._looked)
        self._last_watched = -1

    @property
    def count(self) -> int:
        """In how many frames the pose is looked for."""
        return int(self._looked.sum())

    def frames(self) -> Iterator[Frame]:
        """Yield the frames in which the pose is looked for: the last one is always among them.

        However often the clip is read, a frame is watched once.  Raises `VideoError` when no
        frame comes.
        """
        wanted = self._first + np.flatnonzero(self._looked | self._watched)
        for frame in read_frames(self.video, self._settings, wanted):
            row = frame.index - self._first
            if self._watch and self._watched[row] and row > self._last_watched:
                self._last_watched = row
                self._watch(frame)
            if self._looked[row]:
                self._read[row] = True
                yield frame
        if not self._read.any():
            raise VideoError(
                f"{self.video.path} is damaged: none of its frames can be used; "
                "copy the clip from the phone again"
            )

    def between(self) -> FloatArray:
        """Return number and ``shown_s`` (P, 2) of the frames between two that were read.

        What lies beside one that damage has spoilt counts as spoilt, too.
        """
        looked, others = np.flatnonzero(self._looked), np.flatnonzero(~self._looked)
        was_read, after = self._read[looked], np.searchsorted(looked, others)
        passed_by = others[was_read[after - 1] & was_read[after]]
        return np.column_stack([self._first + passed_by, self._shown_s[passed_by]])


def evenly(shown_s: FloatArray, step: int, rate_hz: float) -> BoolArray:
    """Tell one of ``step`` frames, shown at ``shown_s`` (F,), and the first and last one, (F,)."""
    apart_s = spacing_s(rate_hz, step)
    chosen, due_s = np.zeros(len(shown_s), dtype=bool), -math.inf
    for row, moment_s in enumerate(shown_s.tolist()):
        if moment_s >= due_s:
            chosen[row] = True
            due_s = moment_s + apart_s
    chosen[-1:] = True
    return chosen
