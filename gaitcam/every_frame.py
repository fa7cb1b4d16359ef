"""What was measured in some frames of a clip, told for every frame of it.

Of a clip with many frames a second the pose is found in a part of them, evenly spaced
(docs/PERFORMANCE.md).  Nothing is measured in between: places and angles are continued smoothly
from the frames around, for the annotated video and the table of frames.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import Quality

VALUES_AT_ONCE = 1 << 15  # bounds the memory of a long clip
FRAMES_AT_ONCE = 512  # for who asks frame after frame
REACH = 3  # poses on either side on which a frame between two of them may rest


@dataclass(frozen=True, eq=False)
class EveryFrame:
    """The clock of G frames between the first pose and the last, and what is told of each.

    ``frame_index``, ``time_s`` (G,) as in `LandmarkTrack`; ``rows`` (G,): which pose is this
    frame's own, -1 between two of them.
    """

    analysis: Analysis
    frame_index: FloatArray
    time_s: FloatArray
    rows: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.time_s)

    def told(self, values: FloatArray) -> FloatArray:
        """Return what is known of each pose (F, ...) for each frame (G, ...)."""
        if len(self) == len(values):
            return values
        told = np.empty((len(self), *values.shape[1:]))
        frames = max(1, VALUES_AT_ONCE // values[0].size)
        for start in range(0, len(self), frames):
            part = slice(start, start + frames)
            told[part] = self.part_of(values, part)
        return told

    def part_of(self, values: FloatArray, part: slice) -> FloatArray:
        """Return a part of what `told` returns."""
        time_s, wanted_s = self.analysis.keypoints.time_s, self.time_s[part]
        first, last = np.searchsorted(time_s, wanted_s[[0, -1]], side="right")
        around = slice(max(first - REACH, 0), last + REACH)
        return continued(values[around], time_s[around], wanted_s)

    @cached_property
    def quality(self) -> NDArray[np.uint8]:
        """`Quality` flags (G, 33); those of both neighbours, and `BETWEEN`, between two poses."""
        known = self.analysis.keypoints.quality
        lower = np.maximum.accumulate(self.rows)
        is_between = self.rows < 0
        quality: NDArray[np.uint8] = known[lower]
        neighbours = quality[is_between] | known[lower[is_between] + 1]
        quality[is_between] = neighbours | np.uint8(Quality.BETWEEN)
        return quality


def at_every_frame(analysis: Analysis) -> EveryFrame:
    """Return the frames of the clip between the analysis's first pose and its last."""
    landmarks = analysis.landmarks
    first_s, last_s = landmarks.time_s[[0, -1]]
    numbers, shown_s = landmarks.between.T
    between_s = shown_s * landmarks.video.time_scale
    is_inside = (between_s > first_s) & (between_s < last_s)
    number = np.concatenate([landmarks.frame_index, numbers[is_inside]])
    time_s = np.concatenate([landmarks.time_s, between_s[is_inside]])
    order = np.argsort(time_s)
    rows = np.where(order < len(landmarks), order, -1)
    return EveryFrame(analysis, number[order], time_s[order], rows)


def continued(values: FloatArray, time_s: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Return ``values`` (F, ...) at other times (G,), shape (G, ...).

    A cubic between two neighbours that keeps the speed at both; a straight line where a speed
    is not known; NaN where a neighbour is.
    """
    row = np.clip(np.searchsorted(time_s, wanted_s, side="right") - 1, 0, len(time_s) - 2)
    step_s = time_s[row + 1] - time_s[row]
    across = (slice(None), *(np.newaxis,) * (values.ndim - 1))
    share = ((wanted_s - time_s[row]) / step_s)[across]
    before, after = values[row], values[row + 1]
    speed = np.gradient(values, time_s, axis=0)
    start, stop = speed[row] * step_s[across], speed[row + 1] * step_s[across]
    straight = before + share * (after - before)
    bend = (
        share
        * (1 - share)
        * ((1 - share) * (start - (after - before)) - share * (stop - (after - before)))
    )
    curved = np.where(np.isfinite(bend), straight + bend, straight)
    # At a frame's own time its value stands, whatever its neighbours know.
    known: FloatArray = np.where(share == 0, before, np.where(share == 1, after, curved))
    return known


class InTurn:
    """What an `EveryFrame` tells of values (F, ...), for one who asks frame after frame."""

    def __init__(self, every: EveryFrame, values: FloatArray) -> None:
        """Nothing is told before the first frame is asked for."""
        self._every, self._values = every, values
        self._start, self._told = 0, values[:0]

    def __getitem__(self, row: int) -> FloatArray:
        """Return what is told of the frame in ``row``."""
        if not self._start <= row < self._start + len(self._told):
            self._start = row - row % FRAMES_AT_ONCE
            part = slice(self._start, self._start + FRAMES_AT_ONCE)
            self._told = self._every.part_of(self._values, part)
        told: FloatArray = self._told[row - self._start]
        return told
