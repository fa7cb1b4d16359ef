"""`gaitcam check`: rows, advice, JSON and exit codes."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from gaitcam.cli import main
from gaitcam.video.sink import open_sink
from tests.robustness.clips import Recipe, even_times, source_pictures, write_clip

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_good_clip_is_usable_and_every_row_is_there(demo_clip: Path) -> None:
    result = check(demo_clip, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["is_usable"]
    found = {row["key"]: row for row in report["rows"]}
    assert len(found) == 14
    assert found["movement"]["found"] == "running"
    assert found["camera_motion"]["found"] == "still"
    assert all(row["judgement"] in ("pass", "unknown") for row in report["rows"])


def test_the_table_says_what_was_found_and_the_outcome(demo_clip: Path) -> None:
    result = check(demo_clip, "--end", "2.5")
    assert result.exit_code == 0, result.output
    assert "check of the clip" in result.stdout
    assert "This clip can be measured" in result.stdout
    assert "Steps expected" in result.stdout


def test_a_clip_without_anybody_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    with open_sink(path, 320, 240, 30.0) as sink:
        for index in range(20):
            sink.write(np.full((240, 320, 3), 90, np.uint8), index / 30)
    result = check(path)
    assert result.exit_code == 1
    assert result.stderr.startswith("gaitcam: ")
    assert "no runner" in result.stderr


def test_a_clip_is_checked_on_one_side_of_a_leap_of_its_clock(
    demo_clip: Path, tmp_path: Path
) -> None:
    times_s = even_times(60, 240)
    leaping = (*times_s[:180], *(100.0 + s for s in times_s[180:]))
    recipe = Recipe(times_s=leaping, gop=60, size=(640, 360))
    clip = write_clip(recipe, source_pictures(demo_clip, 240, step=1), tmp_path / "s.mp4")
    assert "one side of the leap" in check(clip).stderr
    result = check(clip, "--end", "60", "--json")
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["rows"]) == 14
