"""The bundled runner's pose, turned in space: the front, the rear and slanting views are told."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitError
from gaitcam.gait.activity import Activity, Movement, recognise_movement
from gaitcam.gait.suitability import check_measurable
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import KEYPOINT_INDEX, Side
from tests.running import HEIGHT, WIDTH

POSE = Path(__file__).parents[3] / "fixtures" / "landmarks" / "demo_overstride.npz"
DISTANCE_M, FOCAL_PX, LEG_M = 4.0, 0.85 * WIDTH, 0.85


@pytest.fixture(scope="module")
def stored() -> LandmarkTrack:
    return LandmarkTrack.load(POSE)


def seen_from(stored: LandmarkTrack, degrees: float) -> Movement:
    """Return what is recognised when the runner is filmed that far from square-on.

    The model's points in space, which it guessed from the side, are turned about the vertical
    and drawn in perspective; they hang on the hips, so the picture's bounce is given back.
    """
    turn = np.radians(degrees)
    turned = np.array(
        [[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]]
    )
    points = stored.world_m @ turned.T
    points[:, :, 1] += _bounce_m(stored)[:, None]
    depth = (DISTANCE_M + points[:, :, 2])[:, :, None]
    image = np.array([WIDTH / 2, HEIGHT / 2]) + FOCAL_PX * points[:, :, :2] / depth
    video = replace(stored.video, width=WIDTH, height=HEIGHT)
    return recognise_movement(replace(stored, image_px=image, video=video, camera=None))


def _bounce_m(stored: LandmarkTrack) -> FloatArray:
    hips = [KEYPOINT_INDEX[f"{side}_hip"] for side in Side]
    ankles = [KEYPOINT_INDEX[f"{side}_ankle"] for side in Side]
    height = stored.image_px[:, hips, 1].mean(axis=1)
    leg_px = float(np.nanmax(stored.image_px[:, ankles, 1].max(axis=1) - height))
    return np.asarray(LEG_M * (height - np.nanmedian(height)) / leg_px)


def test_from_the_side_he_runs(stored: LandmarkTrack) -> None:
    movement = seen_from(stored, 0.0)
    assert movement.activity is Activity.RUNNING
    assert movement.view_angle_deg < 10
    assert movement.is_judged


@pytest.mark.parametrize("degrees", [30.0, -30.0])
def test_a_slanting_view_is_told_and_its_angle_is_about_right(
    stored: LandmarkTrack, degrees: float
) -> None:
    movement = seen_from(stored, degrees)
    assert movement.is_oblique
    assert movement.view_angle_deg == pytest.approx(abs(degrees), abs=9)
    assert movement.activity is Activity.RUNNING


@pytest.mark.parametrize("degrees", [50.0, 60.0, 75.0, 90.0, 105.0])
@pytest.mark.parametrize(("sign", "view"), [(1.0, "from the front"), (-1.0, "from behind")])
def test_the_front_and_the_rear_are_refused_and_the_cadence_is_still_told(
    stored: LandmarkTrack, degrees: float, sign: float, view: str
) -> None:
    movement = seen_from(stored, sign * degrees)
    assert not movement.is_judged
    with pytest.raises(GaitError, match=rf"{view}.*about 15\d steps a minute"):
        check_measurable(movement, "clip.mp4")
