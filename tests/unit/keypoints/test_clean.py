"""From raw landmarks to a cleaned track: what is kept, what is flagged, what is refused."""

import numpy as np
import pytest

from gaitcam.errors import PoseError
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.joint_centres import SHOULDER_ABOVE
from gaitcam.metrics.posture import trunk_lean_deg
from gaitcam.vocabulary import KEYPOINT_INDEX, Direction, Quality, Side, Surface
from tests.running import landmarks_from, mirrored, running_points, with_left_closer


def test_the_track_knows_how_it_was_filmed() -> None:
    view = clean_keypoints(landmarks_from(running_points()), CleaningSettings(), 1.76).view
    assert (view.direction, view.near_side) == (Direction.RIGHT, Side.RIGHT)
    assert view.surface is Surface.TREADMILL
    assert 0.003 < view.m_per_px < 0.006


def test_a_runner_who_crosses_the_picture_runs_overground() -> None:
    points = running_points(speed_px_s=200.0)
    track = clean_keypoints(landmarks_from(points), CleaningSettings())
    assert track.view.surface is Surface.OVERGROUND


def test_without_a_height_there_are_no_metres() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    assert np.isnan(track.view.m_per_px)


def test_a_mirrored_runner_yields_the_mirrored_view_and_the_same_lean() -> None:
    points = running_points(lean_deg=8.0)
    right = clean_keypoints(landmarks_from(points), CleaningSettings())
    left = clean_keypoints(with_left_closer(landmarks_from(mirrored(points))), CleaningSettings())
    assert left.view.direction is Direction.LEFT
    assert np.allclose(trunk_lean_deg(left), trunk_lean_deg(right), atol=0.05)


def test_missing_frames_become_gaps_with_a_flag_not_zeros() -> None:
    points = running_points()
    points[100:130] = np.nan
    track = clean_keypoints(landmarks_from(points), CleaningSettings())
    hip = KEYPOINT_INDEX["left_hip"]
    assert np.isnan(track.position_px[100:130, hip]).all()
    assert (track.quality[100:130, hip] & Quality.MISSING).all()
    assert not (track.quality[:90, hip] & Quality.MISSING).any()


def test_points_outside_the_picture_are_not_trusted() -> None:
    points = running_points()
    points[50, KEYPOINT_INDEX["right_foot_index"]] = (1300.0, 600.0)
    track = clean_keypoints(landmarks_from(points), CleaningSettings())
    assert not track.is_trusted("foot_index", Side.RIGHT)[50]


def test_the_raw_landmarks_are_not_changed() -> None:
    landmarks = landmarks_from(running_points())
    before = landmarks.image_px.copy()
    clean_keypoints(landmarks, CleaningSettings())
    assert np.array_equal(landmarks.image_px, before)


def test_a_clip_of_three_frames_is_refused_in_words() -> None:
    with pytest.raises(PoseError, match="only 3 frames"):
        clean_keypoints(landmarks_from(running_points()[:3]), CleaningSettings())


def test_a_clip_without_a_runner_is_refused_in_words() -> None:
    points = running_points()
    points[10:] = np.nan
    with pytest.raises(PoseError, match=r"found in 10 of 240 frames"):
        clean_keypoints(landmarks_from(points), CleaningSettings())


def test_shoulders_are_at_the_joints_and_not_on_top_of_them() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    drawn = track.image_px[:, KEYPOINT_INDEX["left_shoulder"], 1]
    drawn_trunk_px = np.median(track.image_px[:, KEYPOINT_INDEX["left_hip"], 1] - drawn)
    trunk_px = np.median((track.point("shoulder", Side.LEFT) - track.point("hip", Side.LEFT))[:, 1])
    above = (drawn_trunk_px - trunk_px) / track.view.leg_length_px
    assert above == pytest.approx(SHOULDER_ABOVE, abs=0.02)
