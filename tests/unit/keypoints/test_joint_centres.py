"""From the model's points to the joints: along the trunk and the arm, whatever their slant."""

import numpy as np
import pytest

from gaitcam.keypoints.joint_centres import (
    ELBOW_ABOVE,
    SHOULDER_ABOVE,
    SHOULDER_AHEAD,
    centre_joints,
)
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, Side

LEG_PX = 300.0


def figure(lean_deg: float) -> np.ndarray:
    """Return one frame (1, 33, 2) of a straight trunk with the arm hanging along it."""
    up = np.array([np.sin(np.radians(lean_deg)), np.cos(np.radians(lean_deg))])
    points = np.zeros((1, KEYPOINT_COUNT, 2))
    for side in Side:
        points[0, KEYPOINT_INDEX[f"{side}_shoulder"]] = 180.0 * up
        points[0, KEYPOINT_INDEX[f"{side}_elbow"]] = 60.0 * up
    return points


@pytest.mark.parametrize("lean_deg", [-10.0, 0.0, 25.0])
@pytest.mark.parametrize("side", Side)
def test_the_shoulder_moves_down_the_trunk_and_a_little_back(lean_deg: float, side: Side) -> None:
    points, shoulder = figure(lean_deg), KEYPOINT_INDEX[f"{side}_shoulder"]
    moved = (centre_joints(points, LEG_PX) - points)[0, shoulder]
    lean = np.radians(lean_deg)
    along, ahead = moved @ [np.sin(lean), np.cos(lean)], moved @ [np.cos(lean), -np.sin(lean)]
    assert along == pytest.approx(-SHOULDER_ABOVE * LEG_PX)
    assert ahead == pytest.approx(-SHOULDER_AHEAD * LEG_PX)


def test_the_elbow_moves_on_along_the_arm() -> None:
    points, elbow = figure(0.0), KEYPOINT_INDEX["left_elbow"]
    moved = (centre_joints(points, LEG_PX) - points)[0, elbow]
    assert np.linalg.norm(moved) == pytest.approx(ELBOW_ABOVE * LEG_PX)
    assert moved[1] < 0


def test_legs_and_head_stay() -> None:
    points = figure(5.0)
    moved = np.any(centre_joints(points, LEG_PX) != points, axis=2)[0]
    names = {name for name, index in KEYPOINT_INDEX.items() if moved[index]}
    assert names == {f"{side}_{joint}" for side in Side for joint in ("shoulder", "elbow")}
