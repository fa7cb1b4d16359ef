"""A cut within one view shows in the pose: it goes on where no movement leads."""

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.gait.leaps import find_leaps
from gaitcam.gait.whole_run import choose_run
from gaitcam.video.cuts import WhyLeftOut
from gaitcam.vocabulary import KEYPOINT_INDEX, Side
from tests.running import landmarks_from, running_points

CUT_AT = 200
JOINTS = ("hip", "knee", "ankle", "heel", "foot_index")
LEFT_LEG, RIGHT_LEG = ([KEYPOINT_INDEX[f"{side}_{joint}"] for joint in JOINTS] for side in Side)


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


@pytest.mark.parametrize("frames", [4, 9, 15])
def test_legs_that_are_exchanged_for_a_moment_end_no_run(frames: int) -> None:
    points = unsteady(running_points(seconds=8.0), 1.0)
    exchanged = slice(300, 300 + frames)
    points[exchanged][:, LEFT_LEG + RIGHT_LEG] = points[exchanged][:, RIGHT_LEG + LEFT_LEG]
    clip = landmarks_from(points)
    assert find_leaps(clip)
    assert choose_run(clip) is clip


@pytest.mark.parametrize("seconds", [2.0, 2.5])
def test_a_clip_too_short_to_tell_what_is_usual_stays_whole(seconds: float) -> None:
    points = unsteady(running_points(seconds=seconds), 1.0)
    clip = landmarks_from(np.concatenate([points[:60], points[70:]]))
    assert choose_run(clip) is clip


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_few_poses_tell_nothing(count: int) -> None:
    assert leaps(running_points(seconds=1.0)[:count]) == []


def test_nobody_leaps_where_nobody_is_seen() -> None:
    assert leaps(np.full((120, 33, 2), np.nan)) == []
