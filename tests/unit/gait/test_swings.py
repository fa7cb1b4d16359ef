"""Swings: the stride time, taking turns, and the turn of a foot finer than the grid."""

from itertools import pairwise

import numpy as np
import pytest

from gaitcam.gait.foot_paths import trace_feet
from gaitcam.gait.swings import estimate_stride_s, find_swings, refine_turn
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from tests.running import landmarks_from, running_points


@pytest.mark.parametrize("cadence_spm", [130.0, 168.0, 230.0])
@pytest.mark.parametrize("rate_hz", [24.0, 60.0])
def test_the_stride_time_is_that_of_the_cadence(cadence_spm: float, rate_hz: float) -> None:
    points = running_points(rate_hz=rate_hz, cadence_spm=cadence_spm)
    track = clean_keypoints(landmarks_from(points, rate_hz), CleaningSettings())
    assert estimate_stride_s(trace_feet(track)) == pytest.approx(120.0 / cadence_spm, abs=0.01)


def test_swings_take_turns() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    paths = trace_feet(track)
    swings = find_swings(paths, estimate_stride_s(paths))
    assert len(swings) >= 10
    assert all(first.side is not later.side for first, later in pairwise(swings))
    assert np.allclose(np.diff([s.time_s for s in swings]), 60.0 / 168.0, atol=0.02)


def test_a_runner_who_stands_has_no_swings() -> None:
    points = np.repeat(running_points()[:1], 200, axis=0)
    paths = trace_feet(clean_keypoints(landmarks_from(points), CleaningSettings()))
    assert find_swings(paths, estimate_stride_s(paths)) == ()


def test_a_turn_is_found_between_grid_points_and_not_at_the_edge_of_what_is_known() -> None:
    time_s = np.arange(240) / 240.0
    ahead = -((time_s - 0.5013) ** 2)
    assert refine_turn(time_s, ahead, 0.48) == pytest.approx(0.5013, abs=1e-4)
    ahead[time_s > 0.49] = np.nan
    assert np.isnan(refine_turn(time_s, ahead, 0.48))
