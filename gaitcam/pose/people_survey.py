"""Who is in a clip, and where: everybody is followed through it on a coarse grid of frames."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.beat import Beat
from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.people_linking import Glimpse, Linker, Trail
from gaitcam.pose.people_search import find_everybody
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.video.info import Frame
from gaitcam.video.picture import AnyPicture
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

STEP_S = 0.1
# Every so many steps the squares of the next level are searched, too.
STEPS_PER_LEVEL = (3, 10, 20)
# The detector's first guess of a small person's size may be far off.
MOST_LOOKS = 4
# What is looked at for the trunk's colour, in heights of the trunk.
PATCH, PATCH_PX = 0.3, 16
TRUNK = ("left_shoulder", "right_shoulder", "right_hip", "left_hip")


def survey_people(frames: Iterator[Frame], model: Path) -> list[Trail]:
    """Return the trail of each person in ``frames``, read one at a time."""
    surveyor = Surveyor(model)
    for frame in frames:
        surveyor.see(frame)
    return surveyor.linker.trails


class Surveyor:
    """Looks for everybody in every tenth of a second, in small squares now and then."""

    def __init__(self, model: Path) -> None:
        """Load both networks of the bundle ``model``."""
        self.linker = Linker()
        self._detector = PersonDetector(model)
        self._placer = LandmarkPlacer(model)
        self._beat = Beat(STEP_S)
        self._steps = 0

    def see(self, frame: Frame) -> None:
        """Go on to the next frame."""
        if self._beat.count(frame.time_s) is None:
            return
        levels = sum(self._steps % steps == 0 for steps in STEPS_PER_LEVEL)
        self._steps += 1
        people = find_everybody(self._detector, frame.picture, levels)
        found = [person.region for person in people]

        def look(region: Region) -> Glimpse | None:
            sighting = look_at(self._placer, frame.picture, region)
            return _glimpse(frame, sighting) if sighting else None

        self.linker.see(frame.time_s, look, found)


def look_at(
    placer: LandmarkPlacer, image: AnyPicture, region: Region, looks: int = MOST_LOOKS
) -> Sighting | None:
    """Return who is in ``region``, looked at again while it fits badly."""
    sighting = placer.place(image, region)
    while sighting is not None and sighting.region is not None and looks > 1:
        if region.fits(sighting.region):
            break
        region, looks = sighting.region, looks - 1
        sighting = placer.place(image, region)
    return sighting


def _glimpse(frame: Frame, sighting: Sighting) -> Glimpse | None:
    """Return what is kept of a person; None when hips or shoulders lie outside the picture."""
    points = sighting.pose[:, :2]
    height, width = frame.picture.shape[:2]
    trunk = points[[KEYPOINT_INDEX[name] for name in TRUNK]]
    if sighting.region is None or not ((trunk > 0) & (trunk < (width, height))).all(1).any():
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    return Glimpse(
        index=frame.index,
        time_s=frame.time_s,
        region=sighting.region,
        box_px=np.clip(np.concatenate([low, high]), 0, (width, height) * 2),
        apart=ankles_apart(points),
        colour=_colour(frame.picture, trunk),
    )


def ankles_apart(points: FloatArray) -> FloatArray:
    """Return the way from the right to the left ankle of points (..., 33, 2), in leg lengths."""
    legs = [
        np.linalg.norm(points[..., b, :] - points[..., a, :], axis=-1)
        for side in Side
        for a, b in ((_of("hip", side), _of("knee", side)), (_of("knee", side), _of("ankle", side)))
    ]
    apart = points[..., _of("ankle", Side.LEFT), :] - points[..., _of("ankle", Side.RIGHT), :]
    return np.asarray(apart / np.maximum(0.5 * sum(legs), 1e-6)[..., np.newaxis])


def _of(joint: str, side: Side) -> int:
    return KEYPOINT_INDEX[f"{side}_{joint}"]


def _colour(image: AnyPicture, trunk: FloatArray) -> FloatArray:
    """Return the median colour (L, a, b) of the middle of the ``trunk`` (4, 2)."""
    x, y = trunk.mean(axis=0)
    middle = Region(float(x), float(y), max(2.0, PATCH * float(np.ptp(trunk[:, 1]))), 0.0)
    patch = middle.cut(image, PATCH_PX, cv2.BORDER_REPLICATE).astype(np.float32) / 255
    colours = cv2.cvtColor(patch, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    return np.asarray(np.median(colours, axis=0), float)
