"""The picture is turned into the sagittal plane by geometry that can be checked by hand."""

import numpy as np
import pytest

from gaitcam.keypoints.sagittal import (
    LATERAL_OFFSET,
    find_direction,
    find_near_side,
    measure_leg_length_px,
    to_mid_plane,
    to_sagittal,
)
from gaitcam.video.info import focal_length_px
from gaitcam.vocabulary import KEYPOINT_INDEX, Direction, Side
from tests.running import HEIGHT, WIDTH, mirrored, running_points


def test_the_runner_faces_the_way_the_toes_and_the_nose_point() -> None:
    points = running_points()
    assert find_direction(points) == (Direction.RIGHT, 1.0)
    assert find_direction(mirrored(points)) == (Direction.LEFT, 1.0)


def test_the_near_side_follows_from_the_direction_and_depth_only_adds_confidence() -> None:
    depth = np.zeros((10, 33))
    depth[:, [KEYPOINT_INDEX["right_hip"], KEYPOINT_INDEX["right_shoulder"]]] = -5.0
    assert find_near_side(Direction.RIGHT, depth) == (Side.RIGHT, 1.0)
    assert find_near_side(Direction.LEFT, depth) == (Side.LEFT, 0.0)


def test_perspective_is_removed_exactly_for_the_assumed_camera() -> None:
    leg_px, distance_legs = 200.0, focal_length_px((WIDTH, HEIGHT)) / 200.0
    true_x = 100.0  # px at the mid-plane, right of the centre
    seen = np.full((1, 33, 2), np.nan)
    for side, sign in ((Side.RIGHT, -1.0), (Side.LEFT, 1.0)):
        depth = distance_legs + sign * LATERAL_OFFSET["ankle"]
        x = WIDTH / 2 + true_x * distance_legs / depth
        seen[0, KEYPOINT_INDEX[f"{side}_ankle"]] = (x, HEIGHT / 2)
    plane = to_mid_plane(seen, Side.RIGHT, leg_px, (WIDTH, HEIGHT))
    near, far = plane[0, KEYPOINT_INDEX["right_ankle"]], plane[0, KEYPOINT_INDEX["left_ankle"]]
    assert near[0] == pytest.approx(WIDTH / 2 + true_x, abs=0.5)
    assert far[0] == pytest.approx(near[0], abs=0.5)


def test_sagittal_x_is_forward_for_both_directions_and_y_is_up() -> None:
    points = running_points()
    right = to_sagittal(points, Direction.RIGHT, HEIGHT)
    left = to_sagittal(mirrored(points), Direction.LEFT, HEIGHT)
    for plane in (right, left):
        toe, heel = (plane[:, KEYPOINT_INDEX[f"right_{n}"]] for n in ("foot_index", "heel"))
        assert (toe[:, 0] > heel[:, 0]).all()
        assert (plane[:, KEYPOINT_INDEX["nose"], 1] > toe[:, 1]).all()


def test_leg_length_is_thigh_plus_shank() -> None:
    points = np.zeros((5, 33, 2))
    for side in ("left", "right"):
        points[:, KEYPOINT_INDEX[f"{side}_knee"]] = (0, 30)
        points[:, KEYPOINT_INDEX[f"{side}_ankle"]] = (0, 70)
    assert measure_leg_length_px(points) == pytest.approx(70.0)
