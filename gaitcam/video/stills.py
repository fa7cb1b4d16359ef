"""What is kept of the pictures while they pass by on their way to the pose."""

import math
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.video.background import BackgroundWatch
from gaitcam.video.cuts import CutWatch
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings

SAMPLED_AT = (0.1, 0.5, 0.9)  # shares of the analysed part
LONGEST_SIDE_PX = 1280


class ClipWatch:
    """Sees every frame once: keeps three stills, follows the background, looks for cuts.

    ``stills`` are RGB, their longer side at most `LONGEST_SIDE_PX`, taken at ``stills_s``
    (real time).
    """

    def __init__(self, video: VideoInfo, settings: VideoSettings) -> None:
        """Prepare for the frames of ``video`` between the settings' start and end."""
        self.background = BackgroundWatch(video)
        self.cuts = CutWatch()
        self.stills: list[NDArray[np.uint8]] = []
        self.stills_s: list[float] = []
        self._stills_shown_s: list[float] = []
        self._last_s = 0.0
        shown_s = video.duration_s / video.time_scale
        end_s = min(settings.end_s or shown_s, shown_s)
        self._due_s = [settings.start_s + part * (end_s - settings.start_s) for part in SAMPLED_AT]

    def see(self, frame: Frame) -> None:
        """Look at the next frame of the clip."""
        self.background.see(frame)
        self.cuts.see(frame)
        self._last_s = frame.shown_s
        if not self._due_s or frame.shown_s < self._due_s[0]:
            return
        self._due_s = [due_s for due_s in self._due_s if due_s > frame.shown_s]
        self.stills.append(_shrink(frame.image))
        self.stills_s.append(frame.time_s)
        self._stills_shown_s.append(frame.shown_s)

    def keep_one_scene(self) -> None:
        """Forget the stills that are not from the longest stretch without a cut."""
        edges = [0.0, *(cut.shown_s for cut in self.cuts.find() if cut.is_certain), math.inf]
        spans = [(a, min(b, self._last_s)) for a, b in pairwise(edges)]
        first_s, last_s = max(spans, key=lambda span: span[1] - span[0])
        kept = [row for row, s in enumerate(self._stills_shown_s) if first_s <= s < last_s]
        self.stills = [self.stills[row] for row in kept]
        self.stills_s = [self.stills_s[row] for row in kept]
        self._stills_shown_s = [self._stills_shown_s[row] for row in kept]


def _shrink(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    scale = LONGEST_SIDE_PX / max(image.shape)
    if scale >= 1:
        return image.copy()
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)
