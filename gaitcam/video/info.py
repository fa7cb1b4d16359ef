"""What is known of a clip before and after it is read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gaitcam.errors import printable
from gaitcam.video.picture import AnyPicture, Picture
from gaitcam.video.planes import STANDARD, ColourCode, Planes


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """A clip's file and its measures, as it is shown: rotated upright, square pixels.

    ``time_scale`` is real seconds per second of the file: 1 for ordinary clips, 0.25 for a
    120 frames/s recording stored at 30.  ``frame_rate_hz`` is the median rate in real time.
    ``duration_s`` is in real time too.  ``is_time_scale_assumed``: the file does not tell it, the
    runner's cadence did.  ``is_speed_told``: the file's tags or the user did.
    ``repeated_frames`` have the time of another frame and are not among ``frame_count``.
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
    is_time_scale_assumed: bool = False
    is_speed_told: bool = False
    repeated_frames: int = 0

    @property
    def file_name(self) -> str:
        """The clip's name without its folder, as it can be shown anywhere."""
        return printable(self.path.name)


# Focal length over the picture's longer side: the main camera of a phone in video mode.
FOCAL_LENGTH_RATIO = 0.85


def focal_length_px(size_px: tuple[int, int]) -> float:
    """Return the focal length [px] that a phone's main camera has for a picture's size."""
    return FOCAL_LENGTH_RATIO * max(size_px)


@dataclass(frozen=True, slots=True)
class CameraLevel:
    """How the camera was held, as far as straight lines in the scene tell.

    ``roll_deg`` is how far vertical lines lean to the right in the picture, ``pitch_deg`` how
    far the camera looks up; both are NaN when too few lines agree.  ``support`` is the length
    of the agreeing lines in picture heights.
    """

    roll_deg: float
    pitch_deg: float
    support: float

    @property
    def is_known(self) -> bool:
        """Whether enough lines agree to tell."""
        return self.roll_deg == self.roll_deg


UNKNOWN_LEVEL = CameraLevel(float("nan"), float("nan"), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a clip.

    ``index`` counts the file's frames from 0; ``time_s`` is real time from the file's first
    frame; ``shown_s`` is the same moment on the file's own clock.  ``picture`` is as decoded,
    or an RGB array.
    """

    index: int
    time_s: float
    shown_s: float
    picture: AnyPicture

    @property
    def image(self) -> NDArray[np.uint8]:
        """The picture as RGB, shape (height, width, 3), C-contiguous."""
        return self.picture.rgb if isinstance(self.picture, Picture) else self.picture

    @property
    def code(self) -> ColourCode:
        """What the numbers of the picture's planes mean, as `write` gives them."""
        return self.picture.code if isinstance(self.picture, Picture) else STANDARD

    def write(self, planes: Planes, code: ColourCode) -> None:
        """Write the picture into ``planes``; ``code`` is that of the clip's first frame."""
        if isinstance(self.picture, Picture):
            self.picture.write(planes, code)
        else:
            planes.fill(self.picture)


def one_of(rate_hz: float, wanted_hz: float) -> int:
    """Return that ``wanted_hz`` or a little more are one frame of so many."""
    return max(1, int(rate_hz / wanted_hz + 0.05))  # 59.94 frames/s count as twice 30


def spacing_s(rate_hz: float, step: int) -> float:
    """Return how long after one of ``step`` frames the next one is due, at the earliest [s].

    By the clock, not by counting: a phone may change its rate in the middle of a clip.
    """
    return (step - 0.5) / rate_hz if step > 1 else 0.0
