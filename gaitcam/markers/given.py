"""Where the user saw the two stickers: option and settings."""

import math
from dataclasses import dataclass

from gaitcam.errors import SettingsError
from gaitcam.video.info import VideoInfo

FORM = "FRONT_X,FRONT_Y,BACK_X,BACK_Y[@SECONDS]"


@dataclass(frozen=True, slots=True)
class PelvisMarkers:
    """Pixel positions (x, y) of both stickers in one frame of the clip, as shown upright.

    ``front`` lies at the front of the pelvis (ASIS), ``back`` at its back (PSIS), both on the
    side that faces the camera.  ``shown_s`` is the frame's time on the clip's own clock, as a
    player shows it; None is the first frame that is analysed.
    """

    front: tuple[float, float]
    back: tuple[float, float]
    shown_s: float | None = None

    @classmethod
    def parse(cls, text: str) -> "PelvisMarkers":
        """Read ``FRONT_X,FRONT_Y,BACK_X,BACK_Y[@SECONDS]``; raises `SettingsError`."""
        positions, at, moment = text.partition("@")
        try:
            front_x, front_y, back_x, back_y = (float(part) for part in positions.split(","))
            shown_s = float(moment) if at else None
        except ValueError:
            raise _not_understood(text) from None
        numbers = (front_x, front_y, back_x, back_y, shown_s or 0.0)
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise _not_understood(text)
        return cls((front_x, front_y), (back_x, back_y), shown_s)

    def check_inside(self, video: VideoInfo) -> None:
        """Raise `SettingsError` unless both positions lie in the picture of ``video``."""
        for place, (x, y) in (("front", self.front), ("back", self.back)):
            if x >= video.width or y >= video.height:
                raise SettingsError(
                    f"pelvis-markers: the {place} one, ({x:g}, {y:g}), lies outside the picture of "
                    f"{video.path.name}, which is {video.width} x {video.height} pixels"
                )


def _not_understood(text: str) -> SettingsError:
    return SettingsError(
        f"pelvis-markers: expected {FORM}, pixels from the picture's upper left corner and "
        f'seconds, such as "640,355,604,354@1.5"; got {text!r}'
    )


@dataclass(frozen=True, slots=True)
class PelvisSettings:
    """Stickers on the pelvis, if there are any: ``markers`` as `PelvisMarkers.parse` reads them."""

    markers: str | None = None

    def __post_init__(self) -> None:
        if self.markers is not None:
            PelvisMarkers.parse(self.markers)

    @property
    def positions(self) -> PelvisMarkers | None:
        """The positions, or None when there are no stickers."""
        return None if self.markers is None else PelvisMarkers.parse(self.markers)
