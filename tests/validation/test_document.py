"""The accuracy run as a command: what it writes, and what it says when it cannot."""

import shutil
import sys
from pathlib import Path

import pytest

from gaitcam.settings import Settings
from gaitcam.validation.__main__ import main
from gaitcam.validation.landmark_cache import stored_name

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLIP = FIXTURES / "clips" / "demo_overstride.mp4"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["validation", *map(str, arguments)])
    main()


def test_a_folder_of_clips_becomes_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache, out = tmp_path / "clips", tmp_path / "cache", tmp_path / "VALIDATION.md"
    folder.mkdir()
    cache.mkdir()
    (folder / CLIP.name).symlink_to(CLIP)
    shutil.copy(FIXTURES / "truth" / "demo_overstride.json", folder)
    stored = FIXTURES / "landmarks" / "demo_overstride.npz"
    shutil.copy(stored, cache / stored_name(CLIP, Settings()))
    run(monkeypatch, folder, "--landmarks-cache", cache, "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "| Cadence | error <= 0.5 steps/min | 1 of 1 within" in text
    assert "Nothing was fitted again" in text
    assert "$" not in text
    assert str(tmp_path) not in text


def test_a_folder_without_truth_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="no clip"):
        run(monkeypatch, tmp_path, "--out", tmp_path / "none.md")
    assert not (tmp_path / "none.md").exists()
