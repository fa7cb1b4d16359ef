"""Keeps the landmarks of clips already seen, so that a second look costs no pose estimation."""

import hashlib
import json
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from gaitcam.errors import PoseError
from gaitcam.pose.estimator import PoseSettings
from gaitcam.pose.landmarks import FORMAT_VERSION, LandmarkTrack
from gaitcam.pose.model_files import find_model
from gaitcam.versions import package_versions, version_of
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import VideoSettings

CONTENT_VERSION = 5  # higher when more, or better, is read off the pictures than before
# About 0.8 kB a frame: some hundred clips of half a minute.
LIMIT_BYTES = 300_000_000
SUFFIX = ".landmarks.npz"


class LandmarkCache:
    """A folder of landmark files, each named after all that its content depends on.

    It never stands in the way: what cannot be read counts as absent, what cannot be written is
    not kept.  When the folder outgrows ``limit_bytes``, the files unused for longest go.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        """Use ``folder``, which is made when the first track is kept."""
        self._folder = folder
        self._limit_bytes = limit_bytes

    def find(self, key: str, video: VideoInfo) -> LandmarkTrack | None:
        """Return the track kept under ``key``, as one of ``video``; None where there is none."""
        path = self._path(key)
        try:
            track = LandmarkTrack.load(path)
        except PoseError:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):  # somebody else's cache may be read, but not marked as used
            path.touch()
        return replace(track, video=video)

    def keep(self, key: str, track: LandmarkTrack) -> None:
        """Store ``track`` under ``key``, for its owner's eyes alone."""
        draft = self._folder / f".{secrets.token_hex(8)}.part"
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                draft.touch(mode=0o600, exist_ok=False)
                track.save(draft)
                draft.replace(self._path(key))
            finally:
                draft.unlink(missing_ok=True)
            self._prune()

    def _prune(self) -> None:
        """Remove the files unused for longest until the rest fits the limit."""
        entries = [(path, path.stat()) for path in self._folder.glob(f"*{SUFFIX}")]
        entries.sort(key=lambda entry: entry[1].st_mtime, reverse=True)
        total = 0
        for path, facts in entries:
            total += facts.st_size
            if total > self._limit_bytes:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{SUFFIX}"


def cache_key(video: VideoInfo, video_settings: VideoSettings, pose_settings: PoseSettings) -> str:
    """Return a name for the landmarks of ``video``: a checksum of all that they depend on.

    The number of workers is left out: it changes nothing.
    """
    facts = {
        "format": [FORMAT_VERSION, CONTENT_VERSION],
        "versions": [version_of("gaitcam"), package_versions()],
        "video": video.sha256,
        "part": asdict(video_settings),
        "engine": pose_settings.engine,
        "person": pose_settings.person,
        "poses_per_s": pose_settings.poses_per_s,
        "device": pose_settings.device,
        "model": find_model(pose_settings.model).sha256,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def user_cache_folder() -> Path:
    """Return where this system keeps caches, for gaitcam."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "gaitcam"
