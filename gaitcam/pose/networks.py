"""MediaPipe's two pose networks, run one at a time: find a person, place 33 landmarks.

The arithmetic around the networks (anchors, refinement, projection) follows the published
graphs of MediaPipe's Pose Landmarker (Bazarevsky et al. 2020, "BlazePose"), so that at the same
region the landmarks agree with it.
"""

import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.errors import PoseError
from gaitcam.pose.quiet import quiet_stderr
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.pose.trimming import keep_outputs
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, KEYPOINTS, Side

DETECTOR_PX = 224
DETECTION_SCORE = 0.5
SAME_PERSON_OVERLAP = 0.3
# Of the distance from hip to rim: hips that lie closer belong to one person.
SAME_BODY = 0.6
# Cells of the detector's grids, and candidates in each.
DETECTOR_GRIDS = ((28, 2), (14, 2), (7, 6))

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


class PersonDetector:
    """Finds the clearest person in a whole picture."""

    def __init__(self, bundle: Path) -> None:
        """Load the detector of ``bundle``."""
        self._network = Network(bundle, "pose_detector.tflite", (0, 1))

    def find(self, image: NDArray[np.uint8]) -> Region | None:
        """Return where the clearest person stands in an RGB ``image``; None: nobody."""
        whole, raw, scores = self._look(image)
        points = _best_person(raw, scores)
        if points is None:
            return None
        centre, rim = whole.place(points)
        return Region.around(centre, rim)

    def count(self, image: NDArray[np.uint8]) -> int:
        """Return how many people stand in an RGB ``image``."""
        _, raw, scores = self._look(image)
        return _count_people(raw, scores)

    def _look(self, image: NDArray[np.uint8]) -> tuple[Region, FloatArray, FloatArray]:
        """Return the square that was looked at, the network's candidates and their scores."""
        height, width = image.shape[:2]
        whole = Region(width / 2, height / 2, max(width, height), 0.0)
        small = whole.cut(image, DETECTOR_PX, cv2.BORDER_CONSTANT)
        self._network.run(small.astype(np.float32) / 127.5 - 1)
        raw, scores = self._network.output(0), self._network.output(1)
        return whole, raw.astype(float), _sigmoid(scores[:, 0])


class LandmarkPlacer:
    """Places 33 landmarks on the person in a region of a picture."""

    def __init__(self, bundle: Path) -> None:
        """Load the landmark network of ``bundle``."""
        self._network = Network(bundle, "pose_landmarks_detector.tflite", LANDMARK_OUTPUTS)

    def place(
        self, image: NDArray[np.uint8], region: Region, mirrored: bool = False
    ) -> Sighting | None:
        """Return the pose of the person in ``region``; None when nobody is there.

        ``mirrored`` shows the network the mirror image and turns its answer back: a second
        opinion.
        """
        square = region.cut(image, LANDMARK_PX, cv2.BORDER_REPLICATE)
        self._network.run((square[:, ::-1] if mirrored else square) * np.float32(1 / 255))
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
                _sigmoid(raw[:, 3]),
                region.turn(world[:, :2]),
                world[:, 2],
            ]
        )[:KEYPOINT_COUNT]
        fitting = Region.around(in_image[CENTRE_POINT], in_image[RIM_POINT])
        return Sighting(pose, fitting, doubt)


class Network:
    """One network of a bundle, on one core."""

    def __init__(self, bundle: Path, member: str, outputs: tuple[int, ...]) -> None:
        """Load ``member`` of ``bundle`` with the ``outputs`` that are wanted.

        Raises `PoseError` when LiteRT cannot start.
        """
        self._interpreter = _load(_trimmed(bundle, member, outputs))
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [each["index"] for each in self._interpreter.get_output_details()]

    def run(self, image: NDArray[np.float32]) -> None:
        """Feed one picture (side, side, 3)."""
        self._interpreter.set_tensor(self._input, image[np.newaxis])
        self._interpreter.invoke()

    def output(self, number: int) -> NDArray[np.float32]:
        """Return a copy of a wanted output of the last run."""
        values: NDArray[np.float32] = self._interpreter.get_tensor(self._outputs[number])[0]
        return values


@cache
def _trimmed(bundle: Path, member: str, outputs: tuple[int, ...]) -> bytes:
    """Return the network ``member`` of ``bundle``, reduced to ``outputs``; the same for all."""
    with zipfile.ZipFile(bundle) as archive:
        network = archive.read(member)
    try:
        return keep_outputs(network, outputs)
    except (ImportError, OSError) as problem:
        raise PoseError(
            f"LiteRT, which runs the pose networks, cannot start ({problem}): "
            "install gaitcam again, or choose the mediapipe engine"
        ) from problem


def _load(network: bytes) -> Any:
    """Return an interpreter for ``network`` that keeps to one core."""
    # Here, not at the top: `gaitcam --help` must not pay for it.
    from ai_edge_litert.interpreter import Interpreter

    with quiet_stderr():
        interpreter = Interpreter(model_content=network, num_threads=1)
        interpreter.allocate_tensors()
    return interpreter


@cache
def _mirror_order() -> list[int]:
    """Return which of the network's points each becomes in a mirror."""

    def other_side(name: str) -> str:
        old, new = ("left", "right") if "left" in name else ("right", "left")
        return name.replace(old, new)

    named = [KEYPOINT_INDEX[other_side(name)] for name in KEYPOINTS]
    return [*named, *range(KEYPOINT_COUNT, NETWORK_POINTS)]


@cache
def _anchors() -> FloatArray:
    """Return the centres (2254, 2) of the detector's candidates, from 0 to 1."""
    grids = []
    for cells, candidates in DETECTOR_GRIDS:
        steps = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(steps, steps, indexing="ij")
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), candidates, axis=0))
    return np.concatenate(grids)


def _best_person(raw: FloatArray, scores: FloatArray) -> FloatArray | None:
    """Return mid-hip and rim (2, 2), from 0 to 1, of the highest-scored person.

    ``raw`` (2254, 12): box centre, box size and four points, in detector px from the anchor.
    Candidates that overlap the best one are averaged with it, weighted by their scores.
    """
    best = int(np.argmax(scores))
    if scores[best] < DETECTION_SCORE:
        return None
    candidates = np.flatnonzero(scores >= DETECTION_SCORE)
    values = raw[candidates] / DETECTOR_PX
    anchors = _anchors()[candidates]
    centres, sizes = values[:, :2] + anchors, values[:, 2:4]
    boxes = np.hstack([centres - sizes / 2, centres + sizes / 2])
    same = _overlap(boxes[np.flatnonzero(candidates == best)[0]], boxes) > SAME_PERSON_OVERLAP
    points = values[same, 4:8].reshape(-1, 2, 2) + anchors[same, np.newaxis]
    averaged: FloatArray = np.average(points, axis=0, weights=scores[candidates][same])
    return averaged


def _count_people(raw: FloatArray, scores: FloatArray) -> int:
    """Return how many candidates remain when all about the same mid-hip count as one."""
    candidates = np.flatnonzero(scores >= DETECTION_SCORE)
    candidates = candidates[np.argsort(-scores[candidates])]
    points = raw[candidates, 4:8].reshape(-1, 2, 2) / DETECTOR_PX
    points = points + _anchors()[candidates][:, np.newaxis]
    kept: list[FloatArray] = []
    for hip, rim in points:
        reach = SAME_BODY * float(np.hypot(*(rim - hip)))
        if all(np.hypot(*(hip - other)) > reach for other in kept):
            kept.append(hip)
    return len(kept)


def _overlap(box: FloatArray, boxes: FloatArray) -> FloatArray:
    """Return intersection over union of ``box`` (4,) with each of ``boxes`` (N, 4)."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    union: FloatArray = np.prod(box[2:] - box[:2]) + areas - shared
    return np.asarray(shared / union, float)


def _refined(unit: FloatArray, heatmap: NDArray[np.float32]) -> FloatArray:
    """Move each point (39, 2) to the centre of mass of its heatmap's neighbourhood.

    ``heatmap`` (64, 64, 39) before its sigmoid.  A point outside, or one whose neighbourhood
    nowhere reaches `HEATMAP_CONFIDENCE`, stays.
    """
    size = heatmap.shape[0]
    cells = np.floor(unit * size).astype(int)
    reach = np.arange(-HEATMAP_REACH, HEATMAP_REACH + 1)
    columns, rows = cells[:, :1] + reach, cells[:, 1:] + reach
    x, y = columns[:, np.newaxis, :], rows[:, :, np.newaxis]
    inside = (x >= 0) & (x < size) & (y >= 0) & (y < size)
    point = np.arange(len(unit))[:, np.newaxis, np.newaxis]
    near = heatmap[np.clip(y, 0, size - 1), np.clip(x, 0, size - 1), point]
    weights = np.where(inside, _sigmoid(near), 0.0)
    total = np.maximum(weights.sum((1, 2)), 1e-9)
    moved = np.stack([(weights * x).sum((1, 2)), (weights * y).sum((1, 2))], axis=1)
    on_map = ((cells >= 0) & (cells < size)).all(axis=1)
    sure = on_map & (weights.max((1, 2)) >= HEATMAP_CONFIDENCE)
    return np.where(sure[:, np.newaxis], moved / (total * size)[:, np.newaxis], unit)


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


def _sigmoid(values: NDArray[Any]) -> FloatArray:
    """Return values between 0 and 1; large inputs saturate."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values.astype(float), -100, 100))))
