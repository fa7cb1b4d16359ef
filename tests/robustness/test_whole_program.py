"""A clip with every difficulty at once, through the whole program."""

import json
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner

from gaitcam.cli import main
from tests.robustness.clips import Recipe, source_pictures, write_clip
from tests.robustness.difficult import PLACE_AND_PHONE, PRIVATE

RATE_HZ, SLOWED, FRAMES = 60.0, 4.0, 165
DEMO_CADENCE_SPM = 158.0

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_hevc_turned_slowed_with_dropped_frames_and_sound_gives_the_same_cadence(
    demo_clip: Path, tmp_path: Path
) -> None:
    kept = np.flatnonzero(np.random.default_rng(4).random(FRAMES) > 0.12)
    shown_s = tuple((SLOWED * kept / RATE_HZ).tolist())
    recipe = Recipe(
        name="phone.mov",
        codec="libx265",
        pix_fmt="yuv420p10le",
        times_s=shown_s,
        size=(360, 640),
        turned_deg=90,
        tags={"com.android.capture.fps": "60.0", **PLACE_AND_PHONE},
        has_sound=True,
        has_data=True,
    )
    pictures = source_pictures(demo_clip, FRAMES, step=1)
    clip = write_clip(recipe, [pictures[index] for index in kept], tmp_path / recipe.name)
    out = tmp_path / "out"
    options = ["--model", "lite", "--quiet"]  # the smallest network: this is about the clip
    result = CliRunner().invoke(main, ["analyze", str(clip), "--out", str(out), *options])
    assert result.exit_code == 0, result.output

    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["clip"]["time_scale"] == pytest.approx(1 / SLOWED, rel=0.02)
    assert summary["clip"]["rotation_deg"] == 90
    assert summary["clip"]["is_variable_rate"]
    cadence = summary["metrics"]["cadence_spm"]["value"]
    assert cadence == pytest.approx(DEMO_CADENCE_SPM, rel=0.015)

    with av.open(str(out / "annotated.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (640, 360)
        times = [frame.time for frame in container.decode(stream)]
    assert times == pytest.approx([time_s - shown_s[0] for time_s in shown_s], abs=1e-3)
    for path in out.iterdir():
        assert not any(word in path.read_bytes() for word in PRIVATE), path
