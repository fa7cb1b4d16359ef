"""A runner is looked at plain and mirrored; two views that agree are joined."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.pose import tracking_estimator as module
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.vocabulary import KEYPOINT_INDEX

REGION = Region(100.0, 100.0, 200.0, 0.0)
LEFT, RIGHT = KEYPOINT_INDEX["left_ankle"], KEYPOINT_INDEX["right_ankle"]
IMAGE = np.zeros((200, 200, 3), np.uint8)
Place = Callable[[Any, Region, bool], Sighting | None]


def sighting(ankles_x: tuple[float, float], doubt: float = 0.0) -> Sighting:
    pose = np.full((33, 7), 100.0)
    pose[[LEFT, RIGHT], 0] = ankles_x
    return Sighting(pose, REGION, doubt)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[[Place], Sighting | None]:
    """Return what an estimator sees in `REGION` with another landmark network."""

    def see(place: Place) -> Sighting | None:
        class Placer:
            def __init__(self, bundle: Path, device: str) -> None:
                pass

            def place_twice(self, image: Any, region: Region) -> tuple[Sighting | None, ...]:
                return place(image, region, False), place(image, region, True)

            def place(self, image: Any, region: Region, mirrored: bool = False) -> Sighting | None:
                return place(image, region, mirrored)

        monkeypatch.setattr(module, "LandmarkPlacer", Placer)
        monkeypatch.setattr(module, "PersonDetector", lambda model, device: None)
        return TrackingEstimator(Path()).estimate(IMAGE, REGION)

    return see


def test_views_that_agree_are_averaged(look: Any) -> None:
    seen = look(lambda image, region, mirrored: sighting((64.0 if mirrored else 60.0, 140.0)))
    assert seen.pose[LEFT, 0] == 62.0


def test_exchanged_legs_are_never_averaged(look: Any) -> None:
    def place(image: Any, region: Region, mirrored: bool) -> Sighting:
        return sighting((60.0, 140.0), 0.01) if mirrored else sighting((140.0, 60.0), 0.05)

    assert look(place).pose[LEFT, 0] == 60.0


def test_two_doubtful_views_call_for_a_turned_one(look: Any) -> None:
    def place(image: Any, region: Region, mirrored: bool) -> Sighting:
        if region.rotation_rad > 0:
            return sighting((70.0, 130.0), 0.02)
        return sighting((60.0, 140.0), 0.3) if mirrored else sighting((140.0, 60.0), 0.2)

    assert look(place).pose[LEFT, 0] == 70.0


def test_where_the_mirror_shows_nobody_the_plain_view_stands(look: Any) -> None:
    seen = look(lambda image, region, mirrored: None if mirrored else sighting((60.0, 140.0)))
    assert seen.pose[LEFT, 0] == 60.0
