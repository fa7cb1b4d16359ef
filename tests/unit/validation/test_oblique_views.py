"""A rendered runner, turned: what moves, what stays, and that the program sees the turn."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.oblique_views import turn_runner
from gaitcam.vocabulary import KEYPOINT_INDEX

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.fixture(scope="module")
def landmarks() -> LandmarkTrack:
    return LandmarkTrack.load(FIXTURES / "landmarks" / "demo_overstride.npz")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    text = (FIXTURES / "truth" / "demo_overstride.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_no_turn_changes_nothing(landmarks: LandmarkTrack, truth: dict[str, Any]) -> None:
    assert np.allclose(turn_runner(landmarks, truth, 0.0).image_px, landmarks.image_px)


def test_from_behind_near_points_lie_further_ahead(
    landmarks: LandmarkTrack, truth: dict[str, Any]
) -> None:
    moved = turn_runner(landmarks, truth, 20.0).image_px - landmarks.image_px
    near, far = (moved[:, KEYPOINT_INDEX[f"{side}_shoulder"], 0] for side in ("right", "left"))
    assert np.nanmean(near) > 10.0 > -10.0 > np.nanmean(far)


@pytest.mark.parametrize("angle_deg", [-20.0, 20.0])
def test_the_program_finds_the_turn(
    landmarks: LandmarkTrack, truth: dict[str, Any], angle_deg: float
) -> None:
    track = clean_keypoints(turn_runner(landmarks, truth, angle_deg), CleaningSettings(), 1.76)
    assert track.view.yaw_deg == pytest.approx(angle_deg, abs=6.0)
