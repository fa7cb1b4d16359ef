"""The pose where the runner is expected: the detector rests as long as he is found there."""

from dataclasses import replace
from pathlib import Path

from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.network import CPU
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.people_linking import mismatch
from gaitcam.pose.people_lookout import Lookout, is_small
from gaitcam.pose.people_survey import look_at
from gaitcam.pose.region import Region, neighbourhood
from gaitcam.pose.sighting import Sighting
from gaitcam.video.picture import AnyPicture

# Where the network contradicts itself by more than this about the legs, it is shown the mirror
# image of the same picture, then the picture turned a little (measured: docs/PERFORMANCE.md).
MOST_DOUBT = 0.08
TURNS = ((0.2, False), (-0.2, False))


class TrackingEstimator:
    """MediaPipe's networks on the region in which the runner is expected.

    Without memory of its own: the same picture and the same expectation give the same answer,
    whichever worker is asked.
    """

    def __init__(self, model: Path, device: str = CPU) -> None:
        """Load both networks of the bundle ``model``."""
        self._detector = PersonDetector(model, device)
        self._placer = LandmarkPlacer(model, device)
        self._lookout = Lookout(self._detector, self._placer)

    def close(self) -> None:
        """Nothing is held beyond memory."""

    def estimate(
        self,
        image: AnyPicture,
        expected: Region | None,
        step: int | None = None,
        mirrored: bool = False,
    ) -> Sighting | None:
        """Return the runner in ``image``, where expected or else anywhere.

        One too small for the detector is searched for at the ``step`` of a coarse grid of time.
        """
        sighting = self._centred(image, expected, mirrored) if expected else None
        if sighting is None:
            clearest = self._lookout.find_clearest(image)
            sighting = self._centred(image, clearest, mirrored) if clearest else None
        if sighting is None and step is not None:
            sighting = self._small(image, self._lookout.find_small(image, step))
        return sighting

    def look(self, image: AnyPicture, region: Region, mirrored: bool = False) -> Sighting | None:
        """Return who is in ``region``, or whom the detector sees nearest to it."""
        sighting = self._centred(image, region, mirrored)
        if sighting is None:
            found = self._detector.find(image, neighbourhood(region))
            people = sorted((p.region for p in found), key=lambda each: mismatch(region, each))
            sighting = self._centred(image, people[0], mirrored) if people else None
        return sighting

    def sees_others(self, image: AnyPicture, sighting: Sighting, is_thorough: bool) -> bool:
        """Return whether others than the one of ``sighting`` are in the picture."""
        region = sighting.region
        return region is not None and self._lookout.sees_others(image, region, is_thorough)

    def _small(self, image: AnyPicture, people: list[Region]) -> Sighting | None:
        """Return the first of ``people`` who proves to be one, looked at until it fits."""
        for person in people:
            close = look_at(self._placer, image, person)
            sighting = self._centred(image, close.region) if close and close.region else None
            if sighting is not None:
                return replace(sighting, is_small=is_small(image, person))
        return None

    def _centred(
        self, image: AnyPicture, region: Region, mirrored: bool = False
    ) -> Sighting | None:
        """Look into ``region``, and again where it fitted the runner badly."""
        sighting = self._consider(image, region, mirrored)
        if sighting is None or sighting.region is None or region.fits(sighting.region):
            return sighting
        return self._consider(image, sighting.region, mirrored) or sighting

    def _consider(self, image: AnyPicture, region: Region, mirrored: bool) -> Sighting | None:
        """Look into ``region``; while the legs are in doubt, take other views of it.

        Returns the first view that is free of doubt, else the one with the least.
        """
        best = self._placer.place(image, region, mirrored)
        if best is None:
            return None
        for turn_rad, is_mirrored in ((0.0, not mirrored), *TURNS):
            if best.doubt <= MOST_DOUBT:
                break
            turned = replace(region, rotation_rad=region.rotation_rad + turn_rad)
            other = self._placer.place(image, turned, is_mirrored)
            if other is not None and other.doubt < best.doubt:
                best = other
        return best
