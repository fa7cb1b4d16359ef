"""Small people are found in squares that leave no part of the picture out."""

from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.pose.beat import Beat
from gaitcam.pose.detector import Detection, PersonDetector
from gaitcam.pose.model_files import find_model
from gaitcam.pose.path import RunnerPath
from gaitcam.pose.people_search import (
    PARTS,
    _squares,
    count_levels,
    find_everybody,
    find_in_squares,
    unite,
)
from gaitcam.pose.region import Region
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.video.source import VideoSettings, probe_video, read_frames

# The demonstration clip's runner is 394 px high; so is he 114.
SHRUNK = 0.29


@pytest.fixture(scope="module")
def small(demo_clip: Path) -> NDArray[np.uint8]:
    """A frame of the demonstration clip, made small, in a plain picture of 1280 x 720."""
    settings = VideoSettings(end_s=0.1)
    frame = next(read_frames(probe_video(demo_clip, settings), settings)).image
    image = np.full_like(frame, 128)
    tiny = cv2.resize(frame, None, fx=SHRUNK, fy=SHRUNK, interpolation=cv2.INTER_AREA)
    image[300 : 300 + tiny.shape[0], 700 : 700 + tiny.shape[1]] = tiny
    return image


def test_a_small_runner_is_found_in_squares_only(small: NDArray[np.uint8]) -> None:
    detector = PersonDetector(find_model("full").path)
    assert detector.find(small) == []
    best = find_everybody(detector, small, 2)[0]
    assert best.region.x == pytest.approx(700 + SHRUNK * 645, abs=15)
    assert best.region.y == pytest.approx(300 + SHRUNK * 397, abs=15)


def test_a_small_runner_is_searched_on_the_grid_of_time_only(small: NDArray[np.uint8]) -> None:
    estimator = TrackingEstimator(find_model("lite").path)
    assert estimator.estimate(small, None, None) is None
    found = estimator.estimate(small, None, 0)
    assert found is not None
    assert found.is_small
    assert not any(estimator.sees_others(small, found, part) for part in (None, *range(PARTS)))


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 640), (1921, 1081)])
@pytest.mark.parametrize("level", [0, 1, 2])
def test_squares_cover_the_picture_and_overlap(size: tuple[int, int], level: int) -> None:
    width, height = size
    side = min(size) / 2**level
    covered = np.zeros((height // 8, width // 8), int)
    for square in _squares(width, height, side):
        assert square.x - side / 2 >= -1e-6
        assert square.x + side / 2 <= width + 1e-6
        left, top = (round((at - side / 2) / 8) for at in (square.x, square.y))
        covered[top : top + round(side / 8), left : left + round(side / 8)] += 1
    assert covered.min() >= 1
    assert (covered > 1).mean() > 0.4 or len(_squares(width, height, side)) == 1


@pytest.mark.parametrize("level", [0, 1, 2])
def test_the_parts_of_a_search_leave_no_square_out(level: int) -> None:
    class Looking:
        def __init__(self) -> None:
            self.squares: list[Region] = []

        def find(self, image: Any, square: Region) -> list[Detection]:
            self.squares.append(square)
            return []

    image = np.zeros((1080, 1920, 3), np.uint8)
    whole, parts = Looking(), Looking()
    find_in_squares(cast("PersonDetector", whole), image, level)
    for part in range(PARTS):
        find_in_squares(cast("PersonDetector", parts), image, level, part)
    assert sorted(parts.squares, key=str) == sorted(whole.squares, key=str)


def test_squares_are_never_smaller_than_worth_a_search() -> None:
    def levels(width: int, height: int) -> int:
        return count_levels(np.zeros((height, width, 3), np.uint8))

    assert [levels(160, 90), levels(1280, 720), levels(1920, 1080), levels(3840, 2160)] == [
        *(1, 2, 3, 3)
    ]


def test_of_two_sights_of_a_person_the_surer_is_kept() -> None:
    sure, unsure = Detection(Region(100, 100, 200, 0), 0.9), Detection(Region(110, 95, 260, 0), 0.6)
    other = Detection(Region(300, 100, 200, 0), 0.7)
    assert unite([unsure, other, sure]) == [sure, other]


def test_the_grid_of_time_depends_on_the_frames_times_alone() -> None:
    beat = Beat(0.5)
    times = [3.2, 3.4, 3.5, 3.6, 4.7, 4.9, 5.0]
    assert [beat.count(time_s) for time_s in times] == [0, None, 1, None, 3, None, 4]


def test_a_small_runner_is_expected_from_the_first_sight_on() -> None:
    small, large, place = RunnerPath(), RunnerPath(), Region(10, 20, 100, 0)
    small.add(0.0, place, is_small=True)
    large.add(0.0, place)
    assert small.expect(0.2) == place
    assert large.expect(0.2) is None
    assert small.expect(0.7) is None
