"""The pose where the runner is expected: the detector rests as long as he is found there."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.people_linking import mismatch
from gaitcam.pose.people_lookout import Lookout, is_small
from gaitcam.pose.people_survey import look_at
from gaitcam.pose.region import Region, neighbourhood
from gaitcam.pose.sighting import Sighting
from gaitcam.video.picture import AnyPicture
from gaitcam.vocabulary import CPU, KEYPOINT_INDEX

# Two views agree when no point of the legs lies further apart, in parts of the region's side,
# which spans about 2.5 m on the runner (all measured: docs/PERFORMANCE.md).
AGREEMENT = 0.06
# Where they do not, and the better one contradicts itself by more than this about the legs, the
# same picture is shown to the network turned a little either way.
MOST_DOUBT = 0.08
TURNS_RAD = (0.2, -0.2)
LEGS = slice(KEYPOINT_INDEX["left_hip"], KEYPOINT_INDEX["right_foot_index"] + 1)


class TrackingEstimator:
    """MediaPipe's networks on the region in which the runner is expected.

    Without memory of its own: the same picture and the same expectation give the same answer,
    whichever worker is asked.
    """

    def __init__(self, model: Path, device: str = CPU) -> None:
        """Take the bundle ``model``; its networks are loaded by the worker that needs them."""
        self._model, self._device = model, device

    @cached_property
    def _detector(self) -> PersonDetector:
        return PersonDetector(self._model, self._device)

    @cached_property
    def _placer(self) -> LandmarkPlacer:
        return LandmarkPlacer(self._model, self._device)

    @cached_property
    def _lookout(self) -> Lookout:
        return Lookout(self._detector, self._placer)

    def close(self) -> None:
        """Nothing is held beyond memory."""

    def estimate(
        self, image: AnyPicture, expected: Region | None, step: int | None = None
    ) -> Sighting | None:
        """Return the runner in ``image``, where expected or else anywhere.

        One too small for the detector is searched for at the ``step`` of a coarse grid of time.
        """
        sighting = self._centred(image, expected) if expected else None
        if sighting is None:
            clearest = self._lookout.find_clearest(image)
            sighting = self._centred(image, clearest) if clearest else None
        if sighting is None and step is not None:
            sighting = self._small(image, self._lookout.find_small(image, step))
        return sighting

    def look(self, image: AnyPicture, region: Region) -> Sighting | None:
        """Return who is in ``region``, or whom the detector sees nearest to it."""
        sighting = self._centred(image, region)
        if sighting is None:
            found = self._detector.find(image, neighbourhood(region))
            people = sorted((p.region for p in found), key=lambda each: mismatch(region, each))
            sighting = self._centred(image, people[0]) if people else None
        return sighting

    def sees_others(self, image: AnyPicture, sighting: Sighting, part: int | None = None) -> bool:
        """Return whether others than the one of ``sighting`` are in the picture."""
        region = sighting.region
        return region is not None and self._lookout.sees_others(image, region, part)

    def _small(self, image: AnyPicture, people: list[Region]) -> Sighting | None:
        """Return the first of ``people`` who proves to be one, looked at until it fits."""
        for person in people:
            close = look_at(self._placer, image, person)
            sighting = self._centred(image, close.region) if close and close.region else None
            if sighting is not None:
                return replace(sighting, is_small=is_small(image, person))
        return None

    def _centred(self, image: AnyPicture, region: Region) -> Sighting | None:
        """Look into ``region``, and again where it fitted the runner badly."""
        sighting = self._consider(image, region)
        if sighting is None or sighting.region is None or region.fits(sighting.region):
            return sighting
        return self._consider(image, sighting.region) or sighting

    def _consider(self, image: AnyPicture, region: Region) -> Sighting | None:
        """Look into ``region`` as it is and mirrored; return the mean where both views agree.

        Where they do not, one of them takes one leg for the other: then the view counts that
        contradicts itself least, and turned ones are taken as long as that is in doubt.
        """
        plain, mirrored = self._placer.place_twice(image, region)
        if plain is None or mirrored is None:
            return plain
        if _agree(plain, mirrored, region.side):
            return replace(plain, pose=0.5 * (plain.pose + mirrored.pose))
        best = min(plain, mirrored, key=_doubt)
        for turn_rad in TURNS_RAD:
            if best.doubt <= MOST_DOUBT:
                break
            turned = replace(region, rotation_rad=region.rotation_rad + turn_rad)
            other = self._placer.place(image, turned)
            best = min(best, other, key=_doubt) if other is not None else best
        return best


def _agree(one: Sighting, other: Sighting, side: float) -> bool:
    apart = one.pose[LEGS, :2] - other.pose[LEGS, :2]
    return bool(np.hypot(apart[:, 0], apart[:, 1]).max() < AGREEMENT * side)


def _doubt(sighting: Sighting) -> float:
    return sighting.doubt
