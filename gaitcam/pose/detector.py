"""MediaPipe's detector network: where people stand in a whole picture.

The arithmetic around it (anchors, averaging) follows the published graphs of MediaPipe's Pose
Landmarker (Bazarevsky et al. 2020, "BlazePose").
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.network import load_network
from gaitcam.pose.networks import sigmoid
from gaitcam.pose.region import Region
from gaitcam.video.picture import AnyPicture
from gaitcam.vocabulary import CPU

DETECTOR_PX = 224
DETECTION_SCORE = 0.5
SAME_PERSON_OVERLAP = 0.3
# Of the distance from hip to rim: hips that lie closer belong to one person.
SAME_BODY = 0.6
# Cells of the detector's grids, and candidates in each.
DETECTOR_GRIDS = ((28, 2), (14, 2), (7, 6))


@dataclass(frozen=True, slots=True)
class Detection:
    """Where a person seems to stand, and how sure the detector is, from 0 to 1."""

    region: Region
    score: float


class PersonDetector:
    """Finds people in a whole picture, or in a square of it."""

    def __init__(self, bundle: Path, device: str = CPU) -> None:
        """Load the detector of ``bundle``."""
        self._network = load_network(bundle, "pose_detector.tflite", (0, 1), device)

    def find(self, image: AnyPicture, square: Region | None = None) -> list[Detection]:
        """Return where people stand in an RGB ``image``, the clearest first.

        Reliable for people at least some 0.3 times as high as the ``square`` that is looked at;
        None is the square around the whole picture.
        """
        height, width = image.shape[:2]
        square = square or Region(width / 2, height / 2, max(width, height), 0.0)
        small = square.cut(image, DETECTOR_PX, cv2.BORDER_CONSTANT)
        self._network.run(small.astype(np.float32) / 127.5 - 1)
        raw, scores = self._network.output(0), self._network.output(1)
        people = _find_people(raw.astype(float), sigmoid(scores[:, 0]))
        return [Detection(Region.around(*square.place(p)), score) for p, score in people]


@cache
def _anchors() -> FloatArray:
    """Return the centres (2254, 2) of the detector's candidates, from 0 to 1."""
    grids = []
    for cells, candidates in DETECTOR_GRIDS:
        steps = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(steps, steps, indexing="ij")
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), candidates, axis=0))
    return np.concatenate(grids)


def _find_people(raw: FloatArray, scores: FloatArray) -> list[tuple[FloatArray, float]]:
    """Return mid-hip and rim (2, 2), from 0 to 1, and score of each person, the best first.

    ``raw`` (2254, 12): box centre, box size and four points, in detector px from the anchor.
    Candidates that overlap a person's best one are averaged with it, weighted by their scores;
    what else lies about the same mid-hip belongs to that person, too.
    """
    candidates = np.flatnonzero(scores >= DETECTION_SCORE)
    values, anchors = raw[candidates] / DETECTOR_PX, _anchors()[candidates]
    weights = scores[candidates]
    centres, sizes = values[:, :2] + anchors, values[:, 2:4]
    boxes = np.hstack([centres - sizes / 2, centres + sizes / 2])
    points = values[:, 4:8].reshape(-1, 2, 2) + anchors[:, np.newaxis]
    people: list[tuple[FloatArray, float]] = []
    left = np.ones(len(candidates), bool)
    while left.any():
        best = int(np.argmax(np.where(left, weights, -1.0)))
        same = left & (_overlap(boxes[best], boxes) > SAME_PERSON_OVERLAP)
        hip, rim = averaged = np.average(points[same], axis=0, weights=weights[same])
        reach = SAME_BODY * float(np.hypot(*(rim - hip)))
        left &= ~same & (np.hypot(*(points[:, 0] - hip).T) > reach)
        if all(np.hypot(*(hip - other[0])) > reach for other, _ in people):
            people.append((averaged, float(weights[best])))
    return people


def _overlap(box: FloatArray, boxes: FloatArray) -> FloatArray:
    """Return intersection over union of ``box`` (4,) with each of ``boxes`` (N, 4)."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    union: FloatArray = np.prod(box[2:] - box[:2]) + areas - shared
    return np.asarray(shared / union, float)
