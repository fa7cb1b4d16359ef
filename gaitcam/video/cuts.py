"""Where a clip is cut: the whole picture changes at once, as no movement changes it.

Running, panning and shaking change the picture by much, but about as much from each frame to
the next.  At a cut one step stands out from all around it.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.video.background import shrink
from gaitcam.video.info import Frame

LONGEST_SIDE_PX = 64
AROUND = 8  # steps on either side that a cut is measured against
FEWEST_AROUND = 3
# Grey levels, on average: less than the second proves nothing alone (a coarse keyframe makes 5,
# another view 30 and more).
LEAST_CHANGE, CLEAR_CHANGE = 0.7, 10.0
STILLEST = 0.5  # grey levels: less is the file's own noise
# Times the largest step around.  Uncut clips reach 1.4, or 1.9 where a coarse keyframe shows;
# a cut to another view makes 6 and more, one within an unmoved view 1.2 to 2: that one is looked
# for in the pose, too (`gaitcam.gait.leaps`).
SUSPECT, CERTAIN = 1.6, 3.0


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut: the file's time of the first frame after it, and how far it stands out."""

    shown_s: float
    sharpness: float

    @property
    def is_certain(self) -> bool:
        """Whether the picture alone is proof of it."""
        return self.sharpness >= CERTAIN


class WhyLeftOut(StrEnum):
    """Why a part of a clip is not measured."""

    OTHER_SCENE = "another scene, beyond a cut"
    JUMP = "beyond a jump in time"
    NOBODY = "nobody is seen"
    ELSEWHERE = "somebody is seen at another place"
    NO_RUN = "nobody runs"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a clip that is not measured, on the file's clock."""

    from_s: float
    to_s: float
    why: WhyLeftOut


class CutWatch:
    """Takes a clip's frames in order and keeps how much changed from each to the next."""

    def __init__(self) -> None:
        """Prepare for the first frame."""
        self._last: NDArray[np.uint8] | None = None
        self._shown_s: list[float] = []
        self._changes: list[float] = []

    def see(self, frame: Frame) -> None:
        """Compare ``frame`` to the one before it."""
        picture = frame.picture
        grey = shrink(picture, LONGEST_SIDE_PX / max(picture.shape[:2]))
        if self._last is not None:
            self._shown_s.append(frame.shown_s)
            self._changes.append(cv2.norm(grey, self._last, cv2.NORM_L1) / grey.size)
        self._last = grey

    def find(self) -> tuple[Cut, ...]:
        """Return the cuts, certain and suspected, in order."""
        changes = np.array(self._changes)
        cuts = []
        for index in np.flatnonzero(changes > LEAST_CHANGE).tolist():
            first = max(0, index - AROUND)
            around = np.delete(changes[first : index + AROUND + 1], index - first)
            if len(around) < FEWEST_AROUND:
                continue
            sharpness = float(changes[index] / max(float(around.max()), STILLEST))
            if changes[index] < CLEAR_CHANGE:
                sharpness = min(sharpness, SUSPECT)
            if sharpness >= SUSPECT:
                cuts.append(Cut(self._shown_s[index], sharpness))
        return tuple(cuts)
