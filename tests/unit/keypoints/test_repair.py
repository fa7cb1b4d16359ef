"""Exchanged limbs, stray points and gaps are found and mended; good data are left alone."""

import numpy as np
import pytest

from gaitcam.keypoints.repair import (
    exchange,
    fill_gaps,
    find_outliers,
    find_stray_poses,
    find_swaps,
)
from gaitcam.vocabulary import KEYPOINT_INDEX
from tests.running import LEG_PX, running_points

FEET = ("ankle", "heel", "foot_index")


def times(points: np.ndarray, rate_hz: float = 60.0) -> np.ndarray:
    return np.arange(len(points)) / rate_hz


@pytest.mark.parametrize("rate_hz", [24.0, 60.0, 240.0])
def test_exchanged_feet_are_found_frame_by_frame(rate_hz: float) -> None:
    points = running_points(rate_hz=rate_hz)
    swapped = np.zeros(len(points), dtype=bool)
    swapped[[20, 21, 22, 50, 51, 90]] = True
    found = find_swaps(exchange(points, swapped, FEET), times(points, rate_hz), LEG_PX, FEET)
    gap = np.abs(points[:, KEYPOINT_INDEX["left_ankle"]] - points[:, KEYPOINT_INDEX["right_ankle"]])
    feet_apart = gap[:, 0] > 0.3 * LEG_PX
    assert np.array_equal(found[feet_apart], swapped[feet_apart])


def test_a_clean_run_has_no_exchanges() -> None:
    points = running_points()
    assert not find_swaps(points, times(points), LEG_PX, FEET).any()


def test_movement_without_rhythm_is_left_alone() -> None:
    noise = np.random.default_rng(1).normal(0, 50, running_points().shape) + 400
    assert not find_swaps(noise, times(noise), LEG_PX, FEET).any()


def test_exchanging_twice_gives_the_original() -> None:
    points = running_points()
    swapped = np.arange(len(points)) % 3 == 0
    assert np.array_equal(exchange(exchange(points, swapped, FEET), swapped, FEET), points)


def test_a_single_stray_point_is_an_outlier_and_its_neighbours_are_not() -> None:
    points = running_points()
    points[40, KEYPOINT_INDEX["left_heel"]] += (0, 60)
    outlier = find_outliers(points, times(points), 0.06, 0.1 * LEG_PX)
    assert np.argwhere(outlier).tolist() == [[40, KEYPOINT_INDEX["left_heel"]]]


def test_a_pose_upside_down_is_a_stray() -> None:
    points = running_points()
    points[30, :, 1] = 720 - points[30, :, 1]
    assert np.flatnonzero(find_stray_poses(points, LEG_PX)).tolist() == [30]


def test_a_short_gap_is_filled_close_to_the_truth_and_marked() -> None:
    points = running_points()
    path = points[:, KEYPOINT_INDEX["right_ankle"]].copy()
    path[60:63] = np.nan
    filled, was_filled = fill_gaps(path, times(points), longest_s=0.12)
    assert np.flatnonzero(was_filled).tolist() == [60, 61, 62]
    truth = points[60:63, KEYPOINT_INDEX["right_ankle"]]
    assert np.abs(filled[60:63] - truth).max() < 3.0


def test_a_long_gap_and_the_ends_stay_unknown() -> None:
    points = running_points()
    path = points[:, KEYPOINT_INDEX["right_ankle"]].copy()
    path[:2] = path[60:75] = np.nan
    filled, was_filled = fill_gaps(path, times(points), longest_s=0.12)
    assert not was_filled.any()
    assert np.isnan(filled[60:75]).all()
    assert np.isnan(filled[:2]).all()
