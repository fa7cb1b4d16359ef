"""The pose where the runner is expected: the detector rests as long as he is found there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting

# A region that is off by more than this, as parts of its side, is looked at again, centred.
FARTHEST_OFF = 0.12
SIZE_OFF = 0.15

# Where the network contradicts itself by more than this about the legs, the same picture is
# shown to it mirrored, then turned a little either way (measured: docs/PERFORMANCE.md).
MOST_DOUBT = 0.05
OTHER_VIEWS = ((0.0, True), (0.2, False), (-0.2, False))


class TrackingEstimator:
    """MediaPipe's networks on the region in which the runner is expected.

    Without memory of its own: the same picture and the same expectation give the same answer,
    whichever worker is asked.
    """

    def __init__(self, model: Path) -> None:
        """Load both networks of the bundle ``model``."""
        self._detector = PersonDetector(model)
        self._placer = LandmarkPlacer(model)

    def close(self) -> None:
        """Nothing is held beyond memory."""

    def estimate(self, image: NDArray[np.uint8], expected: Region | None) -> Sighting | None:
        """Return the runner in an RGB ``image``, where expected or else anywhere."""
        sighting = self._centred(image, expected) if expected else None
        if sighting is None:
            found = self._detector.find(image)
            sighting = self._centred(image, found) if found else None
        return sighting

    def _centred(self, image: NDArray[np.uint8], region: Region) -> Sighting | None:
        """Look into ``region``, and again where it fitted the runner badly."""
        sighting = self._consider(image, region)
        if sighting is None or sighting.region is None or _fits(region, sighting.region):
            return sighting
        return self._consider(image, sighting.region) or sighting

    def _consider(self, image: NDArray[np.uint8], region: Region) -> Sighting | None:
        """Look into ``region``; while the legs are in doubt, take other views of it.

        Returns the first view that is free of doubt, else the one with the least.
        """
        best = self._placer.place(image, region)
        if best is None:
            return None
        for turn_rad, mirrored in OTHER_VIEWS:
            if best.doubt <= MOST_DOUBT:
                break
            turned = replace(region, rotation_rad=region.rotation_rad + turn_rad)
            other = self._placer.place(image, turned, mirrored)
            if other is not None and other.doubt < best.doubt:
                best = other
        return best


def _fits(used: Region, better: Region) -> bool:
    """Return whether ``used`` was near enough to the region that its landmarks suggest."""
    off = np.hypot(used.x - better.x, used.y - better.y) / better.side
    return bool(off < FARTHEST_OFF and abs(used.side / better.side - 1) < SIZE_OFF)
