"""The region's geometry: there and back, upright, and along the runner's way."""

import math

import cv2
import numpy as np
import pytest

from gaitcam.pose.path import RunnerPath
from gaitcam.pose.region import MARGIN, Region


def test_an_upright_runner_gives_an_upright_square() -> None:
    region = Region.around(np.array([100.0, 200.0]), np.array([100.0, 120.0]))
    assert (region.x, region.y, region.rotation_rad) == (100, 200, 0)
    assert region.side == 2 * 80 * MARGIN


def test_a_runner_who_leans_right_is_put_upright() -> None:
    lean = math.radians(20)
    rim = np.array([100 + 80 * math.sin(lean), 200 - 80 * math.cos(lean)])
    region = Region.around(np.array([100.0, 200.0]), rim)
    assert region.rotation_rad == pytest.approx(lean)
    upright = region.place(np.array([[0.5, 0.5], [0.5, 0.5 - 1 / (2 * MARGIN)]]))
    assert upright == pytest.approx(np.array([[100, 200], rim]))


def test_a_cut_pixel_goes_back_to_where_it_was() -> None:
    image = np.zeros((300, 400, 3), np.uint8)
    cv2.circle(image, (240, 130), 4, (255, 255, 255), -1)
    region = Region(220, 150, 200, 0.4)
    square = region.cut(image, 256, cv2.BORDER_CONSTANT)
    row, column = np.argwhere(square[..., 0] > 128).mean(axis=0)
    assert region.place(np.array([[column, row]]) / 256)[0] == pytest.approx([240, 130], abs=0.5)


def test_a_direction_turns_with_the_region() -> None:
    turned = Region(0, 0, 1, math.pi / 2).turn(np.array([[1.0, 0.0]]))
    assert turned[0] == pytest.approx([0, 1])  # right in the square is down in the picture


def test_a_runner_who_passes_is_expected_farther_on() -> None:
    path = RunnerPath()
    for index in range(20):
        path.add(index / 60, Region(100 + 10 * index, 300, 500, 0.1))
    expected = path.expect(27 / 60)
    assert expected is not None
    assert [expected.x, expected.y] == pytest.approx([370, 300])
    assert (expected.side, expected.rotation_rad) == (500, 0.1)


def test_one_strange_frame_does_not_change_the_size() -> None:
    path = RunnerPath()
    for index in range(12):
        path.add(index / 60, Region(100, 300, 5000 if index == 6 else 500, 0.0))
    expected = path.expect(13 / 60)
    assert expected is not None
    assert expected.side == 500


def test_nothing_is_expected_of_few_or_old_sightings() -> None:
    path = RunnerPath()
    for index in range(3):
        path.add(index / 60, Region(100, 300, 500, 0.0))
    assert path.expect(4 / 60) is None
    path.add(3 / 60, Region(100, 300, 500, 0.0))
    assert path.expect(4 / 60) is not None
    assert path.expect(1.0) is None
