"""The runner is followed, whoever else is in the picture and however small he is."""

from dataclasses import replace
from pathlib import Path

import pytest

from gaitcam.pose.model_files import find_model
from gaitcam.pose.people_search import PARTS
from gaitcam.pose.tracking_estimator import TrackingEstimator
from tests.conftest import ROOT
from tests.robustness.people import (
    RUNNER,
    SCENES,
    Figure,
    Scene,
    Source,
    compare,
    draw,
    follow,
    read_source,
)

# All scenes are in `python -m tests.robustness.run`.
QUICK = (
    "somebody crosses behind the runner",
    "a small runner beside somebody large who stands",
)


@pytest.fixture(scope="module")
def source(demo_clip: Path) -> Source:
    return read_source(demo_clip, ROOT / "fixtures" / "truth" / "demo_overstride.json")


@pytest.mark.parametrize("title", QUICK)
def test_the_runner_is_followed_among_others(title: str, source: Source, tmp_path: Path) -> None:
    (scene,) = (scene for scene in SCENES if scene.title == title)
    track, places = follow(scene, source, tmp_path, "lite")
    assert compare(scene, track, places, source.height) == []
    wrong = replace(scene, runner=1 - scene.runner)
    assert any("somebody else" in fault for fault in compare(wrong, track, places, source.height))


def test_a_bystander_half_as_large_is_seen_in_the_parts_alone(source: Source) -> None:
    scene = Scene("half as large", (Figure(0.25, 0.5, 0.42, moves=False), RUNNER), 1)
    image, _ = draw(scene, source, 15)
    estimator = TrackingEstimator(find_model("full").path)
    runner = estimator.estimate(image, None)
    assert runner is not None
    assert not estimator.sees_others(image, runner)
    assert any(estimator.sees_others(image, runner, part) for part in range(PARTS))
