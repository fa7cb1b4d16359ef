"""MediaPipe's detector network: where people stand in a whole picture.

The arithmetic around it (anchors, averaging) follows the published graphs of MediaPipe's Pose
Landmarker (Bazarevsky et al. 2020, "BlazePose").
"""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.pose.networks import Network, sigmoid
from gaitcam.pose.region import Region

DETECTOR_PX = 224
DETECTION_SCORE = 0.5
SAME_PERSON_OVERLAP = 0.3
# Of the distance from hip to rim: hips that lie closer belong to one person.
SAME_BODY = 0.6
# Cells of the detector's grids, and candidates in each.
DETECTOR_GRIDS = ((28, 2), (14, 2), (7, 6))


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
        return whole, raw.astype(float), sigmoid(scores[:, 0])


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
