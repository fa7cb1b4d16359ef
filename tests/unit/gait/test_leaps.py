"""A cut within one view shows in the pose: it goes on where no movement leads."""

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.gait.leaps import find_leaps
from gaitcam.gait.whole_run import choose_run
from gaitcam.video.cuts import WhyLeftOut
from tests.running import landmarks_from, running_points

CUT_AT = 200


def leaps(points: FloatArray) -> list[int]:
    return find_leaps(landmarks_from(points))


def unsteady(points: FloatArray, noise_px: float) -> FloatArray:
    return points + noise_px * np.random.default_rng(7).standard_normal(points.shape)


@pytest.mark.parametrize("noise_px", [0.0, 1.0])
@pytest.mark.parametrize("lost_frames", [7, 12, 30])
def test_a_jump_in_time_is_found_and_ends_a_run(lost_frames: int, noise_px: float) -> None:
    whole = unsteady(running_points(seconds=8.0), noise_px)
    clip = landmarks_from(np.concatenate([whole[:CUT_AT], whole[CUT_AT + lost_frames :]]))
    assert CUT_AT in find_leaps(clip)
    chosen = choose_run(clip)
    assert chosen.frame_index[0] == CUT_AT
    assert [part.why for part in chosen.left_out] == [WhyLeftOut.JUMP]


def test_a_runner_who_runs_on_does_not_leap() -> None:
    assert leaps(running_points(seconds=8.0)) == []
    assert len(leaps(unsteady(running_points(seconds=8.0), 1.0))) < 8


def test_a_pose_that_is_off_for_a_moment_ends_no_run() -> None:
    points = running_points(seconds=8.0)
    points[300:302] += 40.0
    clip = landmarks_from(points)
    assert find_leaps(clip)
    assert choose_run(clip) is clip


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_few_poses_tell_nothing(count: int) -> None:
    assert leaps(running_points(seconds=1.0)[:count]) == []


def test_nobody_leaps_where_nobody_is_seen() -> None:
    assert leaps(np.full((120, 33, 2), np.nan)) == []
