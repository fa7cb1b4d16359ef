"""MediaPipe's landmark network, run one at a time: places 33 landmarks on a person.

The arithmetic around it (refinement, projection) follows the published graphs of MediaPipe's
Pose Landmarker (Bazarevsky et al. 2020, "BlazePose"), so that at the same region the landmarks
agree with it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.pose.light import brighten
from gaitcam.pose.network import load_network
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.video.picture import AnyPicture
from gaitcam.vocabulary import CPU, KEYPOINT_COUNT, KEYPOINT_INDEX, KEYPOINTS, Side

LANDMARK_NETWORK = "pose_landmarks_detector.tflite"
LANDMARK_PX = 256
# Landmarks, presence, heat maps, landmarks in metres; without number 2, the mask.
LANDMARK_OUTPUTS = (0, 1, 3, 4)
# 33 landmarks, then the mid-hip and the rim of the body's circle, then four that go unused.
NETWORK_POINTS = 39
CENTRE_POINT, RIM_POINT = 33, 34
LEG_POINTS = [
    KEYPOINT_INDEX[f"{side}_{joint}"]
    for side in Side
    for joint in ("knee", "ankle", "heel", "foot_index")
]
ANKLES = (KEYPOINT_INDEX["left_ankle"], KEYPOINT_INDEX["right_ankle"])
# In parts of the region, which spans about 2.5 m on the runner.
ANKLES_APART = 0.08
PRESENCE_SCORE = 0.5
HEATMAP_REACH = 3
HEATMAP_CONFIDENCE = 0.5
# The cells about a point: how far they lie along each line, and 1, x and y of all of them.
REACH = np.arange(-HEATMAP_REACH, HEATMAP_REACH + 1)
NEAR = np.array([(1, x, y) for y in REACH for x in REACH])


class LandmarkPlacer:
    """Places 33 landmarks on the person in a region of a picture."""

    def __init__(self, bundle: Path, device: str = CPU) -> None:
        """Load the landmark network of ``bundle``."""
        self._network = load_network(bundle, LANDMARK_NETWORK, LANDMARK_OUTPUTS, device)

    @property
    def device(self) -> str:
        """What the network runs on: the graphics processor may have been asked for in vain."""
        return self._network.device

    def place(self, image: AnyPicture, region: Region, mirrored: bool = False) -> Sighting | None:
        """Return the pose of the person in ``region``; None when nobody is there.

        ``mirrored`` shows the network the mirror image and turns its answer back: a second
        opinion.
        """
        return self._place(_square(image, region), region, mirrored)

    def place_twice(
        self, image: AnyPicture, region: Region
    ) -> tuple[Sighting | None, Sighting | None]:
        """Return the pose seen plain and mirrored, as `place` does."""
        square = _square(image, region)
        plain = self._place(square, region, False)
        return plain, self._place(square, region, True) if plain else None

    def _place(self, square: NDArray[np.uint8], region: Region, mirrored: bool) -> Sighting | None:
        shown = cv2.flip(square, 1) if mirrored else square
        self._network.run(shown * np.float32(1 / 255))
        if float(self._network.output(1)[0]) < PRESENCE_SCORE:
            return None
        raw = self._network.output(0).reshape(NETWORK_POINTS, 5).astype(float)
        heatmap = self._network.output(2)
        unit = _refined(raw[:, :2] / LANDMARK_PX, heatmap)
        doubt = _doubt(unit, heatmap)
        world = self._network.output(3).reshape(NETWORK_POINTS, 3).astype(float)
        if mirrored:
            unit[:, 0] = (LANDMARK_PX - 1) / LANDMARK_PX - unit[:, 0]
            world[:, 0] *= -1
            order = _mirror_order()
            raw, unit, world = raw[order], unit[order], world[order]
        in_image = region.place(unit)
        pose = np.column_stack(
            [
                in_image,
                raw[:, 2] / LANDMARK_PX * region.side,
                sigmoid(raw[:, 3]),
                region.turn(world[:, :2]),
                world[:, 2],
            ]
        )[:KEYPOINT_COUNT]
        fitting = Region.around(in_image[CENTRE_POINT], in_image[RIM_POINT])
        return Sighting(pose, fitting, doubt)


def _square(image: AnyPicture, region: Region) -> NDArray[np.uint8]:
    return brighten(region.cut(image, LANDMARK_PX, cv2.BORDER_REPLICATE))


@cache
def _mirror_order() -> list[int]:
    """Return which of the network's points each becomes in a mirror."""

    def other_side(name: str) -> str:
        old, new = ("left", "right") if "left" in name else ("right", "left")
        return name.replace(old, new)

    named = [KEYPOINT_INDEX[other_side(name)] for name in KEYPOINTS]
    return [*named, *range(KEYPOINT_COUNT, NETWORK_POINTS)]


def _refined(unit: FloatArray, heatmap: NDArray[np.float32]) -> FloatArray:
    """Move each point (39, 2) to the centre of mass of its heatmap's neighbourhood.

    ``heatmap`` (64, 64, 39) before its sigmoid.  A point outside, or one whose neighbourhood
    nowhere reaches `HEATMAP_CONFIDENCE`, stays.
    """
    size, _, points = heatmap.shape
    cells = np.floor(unit * size).astype(int)
    lines = cells[:, :, np.newaxis] + REACH
    is_on_map = (lines >= 0) & (lines < size)
    is_near = is_on_map[:, 1, :, np.newaxis] & is_on_map[:, 0, np.newaxis]
    here = (cells[:, 1] * size + cells[:, 0]) * points + np.arange(points)
    places = here[:, np.newaxis] + (NEAR[:, 2] * size + NEAR[:, 1]) * points
    weights = sigmoid(heatmap.take(places, mode="clip")) * is_near.reshape(points, -1)
    total_x_y = weights @ NEAR
    moved = cells + total_x_y[:, 1:] / np.maximum(total_x_y[:, :1], 1e-9)
    is_sure = is_on_map[:, :, HEATMAP_REACH].all(1) & (weights.max(1) >= HEATMAP_CONFIDENCE)
    return np.where(is_sure[:, np.newaxis], moved / size, unit)


def _doubt(unit: FloatArray, heatmap: NDArray[np.float32]) -> float:
    """Return how much the network contradicts itself about the legs, in parts of the region.

    Where it cannot tell the legs apart, either its heat map has two peaks and a landmark sits
    at the lower one or between them (then the distance to the higher peak counts), or both
    legs are placed on the same one (then the ankles, which a runner always keeps apart, meet).
    """
    size = heatmap.shape[0]
    peaks = heatmap[..., LEG_POINTS].reshape(size * size, -1).argmax(axis=0)
    rows, columns = np.divmod(peaks, size)
    cells = np.floor(unit[LEG_POINTS] * size)
    off_peak = np.hypot(columns - cells[:, 0], rows - cells[:, 1]).max() / size
    apart = np.hypot(*(unit[ANKLES[0]] - unit[ANKLES[1]]))
    return float(off_peak + 2 * max(0.0, ANKLES_APART - apart))


def sigmoid(values: NDArray[Any]) -> FloatArray:
    """Return values between 0 and 1; large inputs saturate."""
    return np.asarray(1 / (1 + np.exp(np.minimum(-values.astype(float), 100))))
