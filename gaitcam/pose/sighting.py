"""What an estimator finds in one picture, and what every estimator can do."""

from dataclasses import dataclass
from typing import Protocol

from gaitcam.arrays import FloatArray
from gaitcam.pose.region import Region
from gaitcam.video.picture import AnyPicture


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A runner in one picture.

    ``pose`` (33, 7): x, y, depth in px; visibility 0 to 1; x, y, z in m from the mid-hip.
    ``region``: the part of the picture that fits him, where the estimator tells.
    ``doubt``: how much the estimator contradicts itself about the legs; 0 is not at all.
    ``is_small``: he was too small for the detector, and found in a part of the picture.
    """

    pose: FloatArray
    region: Region | None = None
    doubt: float = 0.0
    is_small: bool = False


class PoseEstimator(Protocol):
    """Finds the pose in single pictures; each worker has its own."""

    def estimate(
        self, image: AnyPicture, expected: Region | None, step: int | None = None
    ) -> Sighting | None:
        """Return the runner in ``image``, probably in ``expected``; None: nobody.

        ``step``: number on a coarse grid of time, on which a thorough search may be made.
        """

    def look(self, image: AnyPicture, region: Region) -> Sighting | None:
        """Return who is in ``region``, or in its neighbourhood; None: nobody."""

    def sees_others(self, image: AnyPicture, sighting: Sighting, part: int | None = None) -> bool:
        """Return whether others than the one of ``sighting`` are in the picture.

        ``part``: smaller ones, in one of `PARTS` of it.
        """

    def close(self) -> None:
        """Free what it holds."""
