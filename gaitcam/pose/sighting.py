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
    """

    pose: FloatArray
    region: Region | None = None
    doubt: float = 0.0


class PoseEstimator(Protocol):
    """Finds the pose in single pictures; each worker has its own."""

    def estimate(self, image: AnyPicture, expected: Region | None) -> Sighting | None:
        """Return the runner in an RGB ``image``, probably in ``expected``; None: nobody."""

    def close(self) -> None:
        """Free what it holds."""
