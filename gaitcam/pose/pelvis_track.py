"""Where two stickers on the pelvis lie in every frame."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray, frozen


@dataclass(frozen=True, slots=True, eq=False)
class PelvisTrack:
    """Centres of the stickers in F frames, in the picture: x right, y down, NaN where hidden.

    ``front_px`` (F, 2) the one at the front of the pelvis (ASIS), ``back_px`` (F, 2) the one at
    its back (PSIS).  ``likeness`` (F, 2) tells how much front and back look as they did where
    they were marked, from 0 to 1; NaN where hidden.  Nothing is filled in or smoothed.
    """

    front_px: FloatArray
    back_px: FloatArray
    likeness: FloatArray

    def __post_init__(self) -> None:
        frames = len(self.front_px)
        for name in ("front_px", "back_px", "likeness"):
            object.__setattr__(self, name, frozen(getattr(self, name), (frames, 2), name))

    def __len__(self) -> int:
        return len(self.front_px)

    @property
    def is_seen(self) -> BoolArray:
        """In which frames both stickers were found, shape (F,)."""
        seen: BoolArray = np.isfinite(self.front_px[:, 0]) & np.isfinite(self.back_px[:, 0])
        return seen

    @property
    def seen_fraction(self) -> float:
        """The share of frames, from 0 to 1, in which both stickers were found."""
        return float(self.is_seen.mean())
