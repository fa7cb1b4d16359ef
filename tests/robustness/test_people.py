"""The runner is followed, whoever else is in the picture and however small he is."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.robustness.people import SCENES, Source, compare, follow, read_source

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
