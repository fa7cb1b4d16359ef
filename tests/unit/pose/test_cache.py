"""A clip already seen needs no second pose estimation; a broken cache harms nobody."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcam.pose.cache import SUFFIX, LandmarkCache, cache_key, user_cache_folder
from gaitcam.pose.estimator import PoseSettings
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import VideoSettings

VIDEO = VideoInfo(Path("run.mp4"), "ab" * 32, 64, 48, 5, 30.0, 30.0, 5 / 30, 0, 1.0, False, "h264")
WHOLE, FULL = VideoSettings(), PoseSettings()


def make_track(value: float = 1.5) -> LandmarkTrack:
    times_s = np.arange(5) / 30
    return LandmarkTrack(
        VIDEO,
        "full",
        "cd" * 32,
        times_s,
        times_s,
        np.arange(5.0),
        np.full((5, 33, 2), value),
        np.zeros((5, 33)),
        np.ones((5, 33)),
        np.zeros((5, 33, 3)),
    )


def test_a_kept_track_is_found_for_the_clip_wherever_it_lies_now(tmp_path: Path) -> None:
    cache = LandmarkCache(tmp_path / "cache")
    assert cache.find("a", VIDEO) is None
    cache.keep("a", make_track())
    moved = replace(VIDEO, path=Path("elsewhere/run.mp4"))
    found = cache.find("a", moved)
    assert found is not None
    assert found.video == moved
    assert np.array_equal(found.image_px, make_track().image_px)
    assert cache.find("b", VIDEO) is None


def test_all_that_changes_the_landmarks_changes_the_key() -> None:
    keys = {
        cache_key(VIDEO, WHOLE, FULL),
        cache_key(replace(VIDEO, sha256="ef" * 32), WHOLE, FULL),
        cache_key(VIDEO, VideoSettings(start_s=1), FULL),
        cache_key(VIDEO, VideoSettings(capture_fps=120), FULL),
        cache_key(VIDEO, WHOLE, PoseSettings(model="lite")),
        cache_key(VIDEO, WHOLE, PoseSettings(engine="mediapipe")),
        cache_key(VIDEO, WHOLE, PoseSettings(person="left")),
        cache_key(VIDEO, WHOLE, PoseSettings(person=2)),
    }
    assert len(keys) == 8


def test_another_version_of_a_package_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_key(VIDEO, WHOLE, FULL)
    monkeypatch.setattr("gaitcam.pose.cache.package_versions", lambda: {"av": "99.0"})
    assert cache_key(VIDEO, WHOLE, FULL) != before


def test_name_and_workers_do_not_change_the_key() -> None:
    renamed = replace(VIDEO, path=Path("other.mp4"))
    same = cache_key(renamed, WHOLE, PoseSettings(workers=7))
    assert cache_key(VIDEO, WHOLE, FULL) == same


def test_a_damaged_entry_counts_as_absent_and_goes(tmp_path: Path) -> None:
    cache = LandmarkCache(tmp_path)
    path = tmp_path / f"a{SUFFIX}"
    path.write_bytes(b"damaged")
    assert cache.find("a", VIDEO) is None
    assert not path.exists()


def test_the_longest_unused_go_when_it_grows_too_large(tmp_path: Path) -> None:
    cache = LandmarkCache(tmp_path)
    for age, key in enumerate(("new", "used", "old")):
        cache.keep(key, make_track())
        os.utime(tmp_path / f"{key}{SUFFIX}", (1e9 - age, 1e9 - age))
    size = (tmp_path / f"new{SUFFIX}").stat().st_size
    assert cache.find("used", VIDEO) is not None  # touched now
    LandmarkCache(tmp_path, limit_bytes=int(2.5 * size)).keep("latest", make_track())
    assert {path.name for path in tmp_path.iterdir()} == {f"used{SUFFIX}", f"latest{SUFFIX}"}


def test_nothing_happens_where_nothing_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    cache = LandmarkCache(file / "cache")
    cache.keep("a", make_track())
    assert cache.find("a", VIDEO) is None


def test_a_cache_that_can_only_be_read_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = LandmarkCache(tmp_path)
    cache.keep("a", make_track())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "touch", refuse)
    assert cache.find("a", VIDEO) is not None
    assert (tmp_path / f"a{SUFFIX}").is_file()


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    cache = LandmarkCache(tmp_path / "cache")
    cache.keep("a", make_track())
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
    assert (tmp_path / "cache" / f"a{SUFFIX}").stat().st_mode & 0o077 == 0


def test_the_folder_is_where_the_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache_folder() == tmp_path / "gaitcam"
