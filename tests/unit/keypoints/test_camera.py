"""A camera's roll, pitch and yaw are found from known scenes and undone exactly."""

import numpy as np
import pytest

from gaitcam.keypoints.camera import Attitude, find_attitude, redo, undo, up_lean_deg
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.sagittal import LATERAL_OFFSET, measure_leg_length_px
from gaitcam.metrics.posture import trunk_lean_deg
from gaitcam.video.info import UNKNOWN_LEVEL, CameraLevel, focal_length_px
from gaitcam.vocabulary import KEYPOINT_INDEX, Side, Surface
from tests.running import HEIGHT, WIDTH, landmarks_from, running_points

SIZE = (WIDTH, HEIGHT)


def seen_by(attitude: Attitude, points: np.ndarray) -> np.ndarray:
    """Return what a turned camera sees of points that a level one sees at ``points``."""
    return redo(points, attitude, SIZE)


def test_a_rolled_camera_shows_vertical_lines_leaning_right() -> None:
    upright = np.array([[640.0, 500.0], [640.0, 200.0]])
    low, high = seen_by(Attitude(roll_deg=3.0), upright)
    lean = np.degrees(np.arctan2(high[0] - low[0], low[1] - high[1]))
    assert lean == pytest.approx(3.0)


def test_the_vertical_leans_with_roll_and_with_pitch_off_the_centre() -> None:
    centre, right = np.array([640.0, 360.0]), np.array([1000.0, 360.0])
    assert up_lean_deg(centre, Attitude(roll_deg=3.0), SIZE) == pytest.approx(3.0)
    assert up_lean_deg(centre, Attitude(pitch_deg=10.0), SIZE) == pytest.approx(0.0, abs=1e-9)
    assert up_lean_deg(right, Attitude(pitch_deg=10.0), SIZE) < -2.0


def test_a_camera_that_looks_up_shows_vertical_lines_converging_upwards() -> None:
    right_wall = np.array([[1000.0, 500.0], [1000.0, 200.0]])
    low, high = seen_by(Attitude(pitch_deg=10.0), right_wall)
    assert high[0] < low[0]


@pytest.mark.parametrize(
    "attitude", [Attitude(2.0, -5.0, 8.0), Attitude(-4.0, 12.0, -10.0), Attitude()]
)
def test_undoing_gives_back_the_level_picture(attitude: Attitude) -> None:
    points = running_points()
    assert np.allclose(undo(seen_by(attitude, points), attitude, SIZE), points, atol=1e-6)


@pytest.mark.parametrize(("roll_deg", "yaw_deg"), [(0, 0), (2.5, 0), (0, 8), (-3, -6)])
def test_a_runner_who_passes_by_tells_roll_and_yaw(roll_deg: float, yaw_deg: float) -> None:
    points = _planted(running_points(speed_px_s=250.0))
    seen = seen_by(Attitude(roll_deg, 0.0, yaw_deg), points)
    time_s = np.arange(len(seen)) / 60.0
    found = find_attitude(seen, time_s, UNKNOWN_LEVEL, SIZE, Surface.OVERGROUND, Side.RIGHT)
    assert found.roll_deg == pytest.approx(roll_deg, abs=0.5)
    assert found.yaw_deg == pytest.approx(yaw_deg, abs=1.5)


def test_lines_of_the_scene_tell_roll_better_than_a_path_which_may_climb() -> None:
    points = _planted(running_points(speed_px_s=250.0))
    time_s, level = np.arange(len(points)) / 60.0, CameraLevel(1.5, 0.0, 5.0)
    found = find_attitude(points, time_s, level, SIZE, Surface.OVERGROUND, Side.RIGHT)
    assert found.roll_deg == 1.5


def _planted(points: np.ndarray) -> np.ndarray:
    """Put each toe on the ground, at rest, for the third of the stride in which it is lowest."""
    planted = points.copy()
    for side in ("left", "right"):
        toe = planted[:, KEYPOINT_INDEX[f"{side}_foot_index"]]
        for start in range(0, len(toe) - 12, 36):
            toe[start : start + 12] = (toe[start, 0], 664.0)
    return planted


def test_the_scenes_lines_are_believed_on_a_treadmill() -> None:
    level = CameraLevel(roll_deg=2.0, pitch_deg=-3.0, support=5.0)
    points = running_points()
    time_s = np.arange(len(points)) / 60.0
    found = find_attitude(points, time_s, level, SIZE, Surface.TREADMILL, Side.RIGHT)
    assert found == Attitude(2.0, -3.0, 0.0)


@pytest.mark.parametrize("near", Side)
@pytest.mark.parametrize("yaw_deg", [-20.0, -8.0, 12.0])
def test_one_who_stays_in_place_tells_yaw_by_shoulders_and_hips(yaw_deg: float, near: Side) -> None:
    points = _turned_by(running_points(), yaw_deg, near)
    found = _on_a_treadmill(points, near)
    assert found.yaw_deg == pytest.approx(yaw_deg, abs=0.5)


def test_a_turn_too_small_to_tell_counts_as_square_on() -> None:
    points = _turned_by(running_points(), 3.0, Side.RIGHT)
    assert _on_a_treadmill(points, Side.RIGHT).yaw_deg == 0.0


def test_what_cannot_be_told_is_missing_and_counts_as_none() -> None:
    found = _on_a_treadmill(running_points(), Side.RIGHT)
    assert np.isnan([found.roll_deg, found.pitch_deg]).all()
    corner = np.array([10.0, 10.0])
    assert undo(corner, found, SIZE) == pytest.approx(corner)


def test_a_square_on_camera_sees_one_at_the_pictures_edge_obliquely() -> None:
    """Near points then lie ahead of far ones without any yaw."""
    aside_px = 250.0
    angle = np.degrees(np.arctan(aside_px / focal_length_px(SIZE)))
    points = _turned_by(running_points(), angle, Side.RIGHT) + np.array([aside_px, 0.0])
    assert _on_a_treadmill(points, Side.RIGHT).yaw_deg == 0.0


def _on_a_treadmill(points: np.ndarray, near: Side) -> Attitude:
    time_s = np.arange(len(points)) / 60.0
    return find_attitude(points, time_s, UNKNOWN_LEVEL, SIZE, Surface.TREADMILL, near)


def _turned_by(points: np.ndarray, angle_deg: float, near: Side) -> np.ndarray:
    """Draw the near shoulder and hip to the right of the far ones, as a turned view does."""
    turned, leg_px = points.copy(), measure_leg_length_px(points)
    for joint in ("shoulder", "hip"):
        aside_px = LATERAL_OFFSET[joint] * leg_px * np.tan(np.radians(angle_deg))
        turned[:, KEYPOINT_INDEX[f"{near}_{joint}"], 0] += aside_px
        turned[:, KEYPOINT_INDEX[f"{near.other}_{joint}"], 0] -= aside_px
    return turned


def test_trunk_lean_is_that_against_gravity_not_against_the_pictures_edge() -> None:
    upright = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    rolled = landmarks_from(seen_by(Attitude(roll_deg=4.0), running_points()))
    with_level = type(rolled)(
        **{name: getattr(rolled, name) for name in rolled.__slots__ if name != "level"},
        level=CameraLevel(4.0, 0.0, 5.0),
    )
    track = clean_keypoints(with_level, CleaningSettings())
    assert np.nanmean(trunk_lean_deg(track)) == pytest.approx(
        np.nanmean(trunk_lean_deg(upright)), abs=0.1
    )
