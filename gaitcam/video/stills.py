"""What is kept of the pictures while they pass by on their way to the pose."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.video.background import BackgroundWatch
from gaitcam.video.cuts import CutWatch
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings

SAMPLED_AT = (0.1, 0.5, 0.9)  # shares of the analysed part
LONGEST_SIDE_PX = 1280


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture as RGB, its longer side at most `LONGEST_SIDE_PX`.

    ``time_s`` is real time, ``shown_s`` the file's.
    """

    image: NDArray[np.uint8]
    time_s: float
    shown_s: float


class ClipWatch:
    """Sees frames in order: keeps three ``stills``, follows the background, looks for cuts."""

    def __init__(self, video: VideoInfo, settings: VideoSettings) -> None:
        """Prepare for the frames of ``video`` between the settings' start and end."""
        self.background = BackgroundWatch(video)
        self.cuts = CutWatch()
        self.stills: list[Still] = []
        shown_s = video.duration_s / video.time_scale
        end_s = min(settings.end_s or shown_s, shown_s)
        self._due_s = [settings.start_s + part * (end_s - settings.start_s) for part in SAMPLED_AT]

    def see(self, frame: Frame) -> None:
        """Look at the next frame of the clip."""
        self.background.see(frame)
        self.cuts.see(frame)
        if not self._due_s or frame.shown_s < self._due_s[0]:
            return
        self._due_s = [due_s for due_s in self._due_s if due_s > frame.shown_s]
        self.stills.append(Still(_shrink(frame.image), frame.time_s, frame.shown_s))


def _shrink(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    scale = LONGEST_SIDE_PX / max(image.shape)
    if scale >= 1:
        return image.copy()
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)
