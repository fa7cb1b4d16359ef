"""What is known of a clip before and after it is read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """A clip's file and its measures, as it is shown: rotated upright, square pixels.

    ``time_scale`` is real seconds per second of the file: 1 for ordinary clips, 0.25 for a
    120 frames/s recording stored at 30.  ``frame_rate_hz`` is the median rate in real time.
    ``duration_s`` is in real time too.
    """

    path: Path
    sha256: str
    width: int
    height: int
    frame_count: int
    frame_rate_hz: float
    container_rate_hz: float
    duration_s: float
    rotation_deg: int
    time_scale: float
    is_variable_rate: bool
    codec: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture: RGB, shape (height, width, 3), C-contiguous.

    ``index`` counts the file's frames from 0; ``time_s`` is real time from the file's first
    frame; ``shown_s`` is the same moment on the file's own clock.
    """

    index: int
    time_s: float
    shown_s: float
    image: NDArray[np.uint8]
