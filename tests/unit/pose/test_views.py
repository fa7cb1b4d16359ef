"""Legs in doubt are looked at in other views of the same picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.pose import tracking_estimator as module
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.pose.tracking_estimator import TrackingEstimator

REGION = Region(100.0, 100.0, 200.0, 0.0)
IMAGE = np.zeros((200, 200, 3), np.uint8)
View = tuple[float, bool]


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Sighting | None, list[View]]]:
    """Return what is seen in `REGION`, given the doubt of each view, and the views taken."""

    def see(
        doubts: dict[View, float | None], mirrored: bool = False
    ) -> tuple[Sighting | None, list[View]]:
        taken: list[View] = []

        class Placer:
            def __init__(self, bundle: Path, device: str) -> None:
                pass

            def place(self, image: Any, region: Region, mirrored: bool) -> Sighting | None:
                taken.append((region.rotation_rad, mirrored))
                doubt = doubts.get(taken[-1], 0.5)
                return None if doubt is None else Sighting(np.zeros((33, 7)), REGION, doubt)

        monkeypatch.setattr(module, "LandmarkPlacer", Placer)
        monkeypatch.setattr(module, "PersonDetector", lambda model, device: None)
        sighting = TrackingEstimator(Path()).look(IMAGE, REGION, mirrored)
        return sighting, taken

    return see


@pytest.mark.parametrize("mirrored", [False, True])
def test_one_look_is_enough_without_doubt(look: Any, mirrored: bool) -> None:
    _, taken = look({(0.0, mirrored): 0.01}, mirrored)
    assert taken == [(0.0, mirrored)]


@pytest.mark.parametrize("mirrored", [False, True])
def test_in_doubt_the_other_view_is_taken(look: Any, mirrored: bool) -> None:
    sighting, taken = look({(0.0, mirrored): 0.3, (0.0, not mirrored): 0.02}, mirrored)
    assert taken == [(0.0, mirrored), (0.0, not mirrored)]
    assert sighting.doubt == 0.02


def test_then_turned_views_and_the_least_doubt_counts(look: Any) -> None:
    doubts = {(0.0, False): 0.3, (0.0, True): 0.2, (0.2, False): 0.4, (-0.2, False): 0.25}
    sighting, taken = look(doubts)
    assert taken == list(doubts)
    assert sighting.doubt == 0.2
