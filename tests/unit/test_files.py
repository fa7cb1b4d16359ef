"""Pipes, devices, folders and bombs are refused before they are read."""

import os
import random
import stat
import zipfile
from pathlib import Path

import pytest

from gaitcam.errors import PoseError, SettingsError
from gaitcam.files import write_privately
from gaitcam.findings.profile_file import read_profile
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.settings import read_settings
from tests.running import landmarks_from, running_points


@pytest.fixture(params=["pipe", "device", "folder", "large", "deep"])
def odd_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "odd.toml"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "device":
        return Path("/dev/zero")
    elif request.param == "folder":
        path.mkdir()
    elif request.param == "large":
        with path.open("wb") as file:
            file.truncate(1 << 40)  # takes no room on the disk
    else:
        path.write_text("a = " + "[" * 100_000, encoding="utf-8")
    return path


def test_odd_files_are_refused_in_a_sentence(odd_file: Path) -> None:
    with pytest.raises(SettingsError, match=r"odd|zero"):
        read_settings(odd_file)
    with pytest.raises(SettingsError, match=r"odd|zero"):
        read_profile(odd_file)
    with pytest.raises(PoseError, match="not a landmark file"):
        LandmarkTrack.load(odd_file)


def test_a_file_that_fills_the_memory_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaitcam.pose.landmarks.LARGEST_FILE_BYTES", 1_000_000)
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("image_px.npy", bytes(2_000_000))
    assert path.stat().st_size < 10_000
    with pytest.raises(PoseError, match="too large unpacked"):
        LandmarkTrack.load(path)


def test_damaged_landmark_files_are_refused(tmp_path: Path) -> None:
    whole, damaged = tmp_path / "whole.npz", tmp_path / "damaged.npz"
    landmarks_from(running_points(0.2)).save(whole)
    content, generator, refused = whole.read_bytes(), random.Random(3), 0
    for _ in range(150):
        changed = bytearray(content)
        for _ in range(generator.choice((1, 3, 10))):
            changed[generator.randrange(len(changed))] = generator.randrange(256)
        damaged.write_bytes(changed)
        try:
            LandmarkTrack.load(damaged)
        except PoseError:
            refused += 1
    assert refused > 75


def test_private_files_are_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text("old", encoding="utf-8")
    write_privately(path, "new ä")
    assert path.read_text(encoding="utf-8") == "new ä"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
