"""Our run of MediaPipe's networks agrees with MediaPipe's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import find_model
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.sighting import Sighting
from gaitcam.pose.tracking_estimator import MOST_DOUBT, TrackingEstimator
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from gaitcam.vocabulary import KEYPOINT_INDEX

LEFT, RIGHT = KEYPOINT_INDEX["left_ankle"], KEYPOINT_INDEX["right_ankle"]


@pytest.fixture(scope="module")
def images(demo_clip: Path) -> list[NDArray[np.uint8]]:
    settings = VideoSettings(end_s=0.35)
    frames = list(read_frames(probe_video(demo_clip, settings), settings))
    return [frame.image for frame in frames[::5]]


@pytest.fixture(scope="module")
def mediapipe() -> Iterator[MediaPipeEstimator]:
    estimator = MediaPipeEstimator(find_model("full").path)
    yield estimator
    estimator.close()


@pytest.fixture(scope="module")
def detector() -> PersonDetector:
    return PersonDetector(find_model("full").path)


@pytest.fixture(scope="module")
def placer() -> LandmarkPlacer:
    return LandmarkPlacer(find_model("full").path)


def detect_and_place(detector: PersonDetector, placer: LandmarkPlacer, image: Any) -> Sighting:
    region = detector.find(image)[0].region
    sighting = placer.place(image, region)
    assert sighting is not None
    return sighting


def test_landmarks_agree_with_mediapipe(
    images: list[Any], detector: PersonDetector, placer: LandmarkPlacer, mediapipe: Any
) -> None:
    ours = np.stack([detect_and_place(detector, placer, image).pose for image in images])
    theirs = np.stack([mediapipe.estimate(image).pose for image in images])
    off = np.abs(ours - theirs)
    assert np.median(off[..., :2]) < 0.3  # px of 1280 x 720
    assert np.median(off[..., 2]) < 2  # px of depth
    assert np.median(off[..., 3]) < 0.01
    assert np.median(off[..., 4:]) < 0.003  # m


def test_a_mirrored_look_gives_nearly_the_same_pose(
    images: list[Any], detector: PersonDetector, placer: LandmarkPlacer
) -> None:
    region = detector.find(images[0])[0].region
    straight, mirrored = placer.place(images[0], region), placer.place(images[0], region, True)
    assert straight is not None
    assert mirrored is not None
    off = np.linalg.norm(straight.pose[:, :2] - mirrored.pose[:, :2], axis=1)
    assert np.median(off) < 0.02 * region.side
    assert np.median(np.abs(straight.pose[:, 4:] - mirrored.pose[:, 4:])) < 0.05


def test_an_empty_picture_holds_nobody(images: list[Any], mediapipe: MediaPipeEstimator) -> None:
    empty = np.full_like(images[0], 90)
    estimator = TrackingEstimator(find_model("full").path)
    region = estimator.estimate(images[0], None)
    assert region is not None
    assert estimator.estimate(empty, None) is None
    assert estimator.estimate(empty, region.region) is None
    assert mediapipe.estimate(empty) is None


def test_legs_in_doubt_are_looked_at_again(
    images: list[Any], detector: PersonDetector, placer: LandmarkPlacer
) -> None:
    estimator = TrackingEstimator(find_model("full").path)
    for image in images:
        first, considered = detect_and_place(detector, placer, image), None
        considered = estimator.estimate(image, None)
        assert considered is not None
        assert considered.doubt <= max(first.doubt, MOST_DOUBT)


def test_ankles_of_a_runner_are_told_apart(images: list[Any]) -> None:
    estimator = TrackingEstimator(find_model("full").path)
    for image in images:
        sighting = estimator.estimate(image, None)
        assert sighting is not None
        assert np.linalg.norm(sighting.pose[LEFT, :2] - sighting.pose[RIGHT, :2]) > 30
