"""What a stick figure does is recognised, at any speed of the clip; no run is taken for else."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitError
from gaitcam.gait.activity import Activity, Movement, recognise_movement
from gaitcam.gait.suitability import (
    at_real_speed,
    at_told_rate,
    check_feet,
    check_measurable,
    describe_speed,
    describe_unjudged,
    explained_by_speed,
)
from gaitcam.vocabulary import KEYPOINT_INDEX, Side
from tests.running import LEG_PX, landmarks_from, mirrored, running_points, seen_from_front

RATE_HZ = 60.0


def movement_of(points: FloatArray, rate_hz: float = RATE_HZ) -> Movement:
    return recognise_movement(landmarks_from(points, rate_hz))


def cycling_points() -> FloatArray:
    """A cyclist at 80 turns a minute: feet on circles ahead of the hips, thighs forward."""
    points = running_points(bounce_px=0.0)
    hip = points[:, KEYPOINT_INDEX["left_hip"]]
    phase = 2 * np.pi * np.arange(len(points)) / RATE_HZ * 80 / 60
    for side, shift in ((Side.LEFT, 0.0), (Side.RIGHT, np.pi)):
        circle = 40.0 * np.stack([np.cos(phase + shift), np.sin(phase + shift)], axis=1)
        ankle = hip + np.array([45.0, 140.0]) + circle
        half = 0.5 * (ankle - hip)
        length = np.linalg.norm(half, axis=1, keepdims=True)
        across = np.stack([half[:, 1], -half[:, 0]], axis=1) / length
        knee = hip + half + across * np.sqrt(np.maximum((0.5 * LEG_PX) ** 2 - length**2, 1.0))
        for name, at in (("knee", knee), ("ankle", ankle), ("heel", ankle - (12.0, -10.0))):
            points[:, KEYPOINT_INDEX[f"{side}_{name}"]] = at
        points[:, KEYPOINT_INDEX[f"{side}_foot_index"]] = ankle + np.array([38.0, 14.0])
    return points


@pytest.mark.parametrize("lean_deg", [0.0, 12.0])
def test_a_runner_runs_whichever_way(lean_deg: float) -> None:
    points = running_points(lean_deg=lean_deg)
    for seen in (points, mirrored(points), running_points(seconds=1.8, speed_px_s=500.0)):
        movement = movement_of(seen)
        assert movement.activity is Activity.RUNNING
        assert movement.is_judged
        assert movement.played_slower == 1.0
        assert movement.cadence_spm == pytest.approx(168.0, rel=0.04)


def test_who_vaults_over_the_leg_walks_and_is_not_judged() -> None:
    movement = movement_of(running_points(cadence_spm=110.0, bounce_px=-12.0))
    assert movement.activity is Activity.WALKING
    assert not movement.is_judged
    assert "walking" in describe_unjudged(movement)
    check_measurable(movement, "clip")


@pytest.mark.parametrize("slower", [2.0, 4.0, 8.0, 0.5, 1 / 3])
def test_a_clip_at_another_speed_is_set_right(slower: float) -> None:
    points = running_points(seconds=6.0)
    landmarks = landmarks_from(points, RATE_HZ / slower)
    movement = recognise_movement(landmarks)
    assert movement.played_slower == pytest.approx(slower)
    real = at_real_speed(landmarks, movement)
    assert real.video.is_time_scale_assumed
    assert real.video.frame_rate_hz == pytest.approx(RATE_HZ)
    assert real.time_s == pytest.approx(landmarks_from(points, RATE_HZ).time_s)
    assert recognise_movement(real).played_slower == 1.0


def test_a_clock_that_the_user_told_is_left_alone() -> None:
    landmarks = landmarks_from(running_points(seconds=6.0), RATE_HZ / 4)
    landmarks = replace(landmarks, video=replace(landmarks.video, time_scale=0.5))
    assert at_real_speed(landmarks, recognise_movement(landmarks)) is landmarks


def test_the_camera_rate_is_taken_for_a_stored_pose_too() -> None:
    points = running_points(seconds=6.0)
    stored = landmarks_from(points, RATE_HZ / 4)
    told = at_told_rate(at_real_speed(stored, recognise_movement(stored)), RATE_HZ)
    assert told.time_s == pytest.approx(landmarks_from(points, RATE_HZ).time_s)
    assert told.video.duration_s == pytest.approx(6.0)
    assert told.video.is_speed_told
    assert not told.video.is_time_scale_assumed
    assert at_told_rate(told, RATE_HZ) is told
    assert at_told_rate(stored, None) is stored


def test_the_rate_of_the_file_told_by_the_user_stops_all_guessing() -> None:
    landmarks = landmarks_from(running_points(seconds=6.0), RATE_HZ / 4)
    landmarks = replace(landmarks, video=replace(landmarks.video, is_speed_told=True))
    movement = recognise_movement(landmarks)
    assert movement.played_slower == 1.0
    assert at_real_speed(landmarks, movement) is landmarks
    assert "give --capture-fps, the frames" in describe_speed(movement, landmarks.video)
    assert not movement.is_judged


@pytest.mark.parametrize("told_hz", [15.0, 30.0, 120.0, 240.0, 360.0, 960.0, 10_000.0])
def test_a_told_rate_at_which_nobody_runs_is_named_and_nothing_is_judged(told_hz: float) -> None:
    landmarks = at_told_rate(landmarks_from(running_points(seconds=6.0)), told_hz)
    movement = recognise_movement(landmarks)
    assert not movement.is_judged
    assert movement.cadence_spm == pytest.approx(168.0 * told_hz / RATE_HZ, rel=0.04)
    said = describe_speed(movement, landmarks.video)
    assert f"{told_hz:.0f} frames per second told of the camera do not fit" in said
    assert "the file plays at 60" in said
    with (
        pytest.raises(GaitError, match=r"Nobody runs .* give --capture-fps 60$"),
        explained_by_speed(movement, landmarks.video),
    ):
        raise GaitError("only 0 foot contacts were found")


@pytest.mark.parametrize("slower", [2.0, 4.0, 8.0])
def test_a_true_rate_told_of_slow_motion_is_taken(slower: float) -> None:
    landmarks = at_told_rate(landmarks_from(running_points(seconds=6.0), RATE_HZ / slower), RATE_HZ)
    movement = recognise_movement(landmarks)
    assert movement.is_judged
    assert movement.cadence_spm == pytest.approx(168.0, rel=0.04)
    with (
        pytest.raises(GaitError, match="only 0 foot contacts"),
        explained_by_speed(movement, landmarks.video),
    ):
        raise GaitError("only 0 foot contacts were found")


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (cycling_points(), "cycling"),
        (np.repeat(running_points()[:1], 120, axis=0), "no steps"),
        (seen_from_front(running_points()), "from the front"),
        (seen_from_front(running_points(), is_facing=False), "from behind"),
    ],
    ids=["cycling", "standing", "front", "rear"],
)
def test_what_has_no_gait_to_measure_is_refused_in_a_sentence(
    points: FloatArray, word: str
) -> None:
    movement = movement_of(points)
    with pytest.raises(GaitError, match=word):
        check_measurable(movement, "clip.mp4")


def test_cadence_is_still_told_of_a_runner_from_the_front() -> None:
    movement = movement_of(seen_from_front(running_points()))
    with pytest.raises(GaitError, match=r"about 1[67]\d steps a minute"):
        check_measurable(movement, "clip.mp4")


def test_running_on_the_spot_is_told_apart() -> None:
    points = running_points()
    hip = points[:, KEYPOINT_INDEX["left_hip"], :1]
    for name, index in KEYPOINT_INDEX.items():
        if name.endswith(("ankle", "heel", "foot_index", "knee")):
            points[:, index, 0] = (hip + 0.2 * (points[:, index, :1] - hip))[:, 0]
    assert movement_of(points).activity is Activity.ON_THE_SPOT


def test_a_few_frames_are_no_reason_to_refuse() -> None:
    movement = movement_of(running_points(seconds=0.15))
    assert movement.activity is Activity.UNCLEAR
    assert movement.is_judged


def test_a_clip_without_feet_is_refused() -> None:
    landmarks = landmarks_from(running_points())
    check_feet(landmarks)
    cut = replace(landmarks, video=replace(landmarks.video, height=560))
    with pytest.raises(GaitError, match="feet are outside"):
        check_feet(cut)


@pytest.mark.parametrize("frames", [12, 14, 18, 22, 26])
def test_a_part_of_a_stride_is_unclear(frames: int) -> None:
    assert movement_of(running_points()[:frames]).activity is Activity.UNCLEAR


def test_legs_that_the_pose_exchanges_now_and_then_still_tell_the_stride() -> None:
    points = running_points(seconds=4.5)
    exchanged = points.copy()
    for name, index in KEYPOINT_INDEX.items():
        if name.endswith(("ankle", "heel", "foot_index", "knee")):
            other = name.replace("left", "#").replace("right", "left").replace("#", "right")
            exchanged[:, KEYPOINT_INDEX[other]] = points[:, index]
    wrong = np.random.default_rng(3).random(len(points)) < 0.12
    points[wrong] = exchanged[wrong]
    assert movement_of(points).cadence_spm == pytest.approx(168.0, rel=0.04)
    assert movement_of(points).is_judged
