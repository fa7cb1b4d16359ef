"""How the camera moved during a clip, as the background shows it."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray, frozen

# What the background seems to move in a clip from a tripod: the error of following it.
STILL_SHIFT = 0.002  # of the picture's longer side
STILL_ROLL_DEG = 0.15
FEWEST_KNOWN = 0.7  # share of the looks at the background that must have shown enough of it
SHAKE_WINDOW_S = 1.0  # what changes more slowly is panning, not shaking


@dataclass(frozen=True, slots=True, eq=False)
class CameraPath:
    """Where the background of F frames has moved to, away from the runner.

    ``shift_px`` (F, 2): x right, y down, since the first frame; ``roll_deg`` (F,): clockwise
    turn about the picture's centre, 0 on average over the frames that tell the camera's level.
    ``known_fraction``: in what share of the looks enough of the background was seen.
    """

    shift_px: FloatArray
    roll_deg: FloatArray
    known_fraction: float

    def __post_init__(self) -> None:
        frames = len(self.shift_px)
        object.__setattr__(self, "shift_px", frozen(self.shift_px, (frames, 2), "shift_px"))
        object.__setattr__(self, "roll_deg", frozen(self.roll_deg, (frames,), "roll_deg"))

    def __len__(self) -> int:
        return len(self.shift_px)

    @property
    def is_known(self) -> bool:
        """Whether the background told enough."""
        return len(self) > 0 and self.known_fraction >= FEWEST_KNOWN

    def is_still(self, longer_side_px: float) -> bool:
        """Tell whether the camera stood still, as far as can be seen; an unknown one does."""
        if not self.is_known:
            return True
        roll = _reach(self.roll_deg)
        return self.reach_px < STILL_SHIFT * longer_side_px and roll < STILL_ROLL_DEG

    @property
    def reach_px(self) -> float:
        """How far the background moved, across or up and down [px]."""
        return max(_reach(self.shift_px[:, 0]), _reach(self.shift_px[:, 1]))

    def shake_px(self, time_s: FloatArray) -> float:
        """Return the standard deviation of the background about its slow movement [px]."""
        if len(time_s) < 2:
            return 0.0
        frames = max(1, round(SHAKE_WINDOW_S / float(np.median(np.diff(time_s)))))
        quick = [self.shift_px[:, axis] - _slow(self.shift_px[:, axis], frames) for axis in (0, 1)]
        return float(np.sqrt(np.mean(np.square(quick).sum(axis=0))))


def _reach(values: FloatArray) -> float:
    """Return the range of nearly all values."""
    return float(np.ptp(np.percentile(values, [1, 99])))


def _slow(values: FloatArray, frames: int) -> FloatArray:
    """Return the running mean over an odd number of frames; its ends repeat the signal's."""
    half = min(frames, len(values)) // 2
    padded = np.pad(values, half, mode="reflect", reflect_type="odd")
    slow: FloatArray = np.convolve(padded, np.full(2 * half + 1, 1 / (2 * half + 1)), "valid")
    return slow
