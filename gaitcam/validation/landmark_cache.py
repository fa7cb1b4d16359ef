"""Landmarks of clips, kept so that a change of all that follows pose is measured in seconds."""

from pathlib import Path

from gaitcam.pipeline import analyze
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.model_files import find_model
from gaitcam.progress import Progress, silent
from gaitcam.settings import Settings
from gaitcam.video.source import VideoSettings, probe_video

DIGITS = 12  # of a checksum, enough to tell files apart


def read_landmarks(
    video: Path, settings: Settings, cache: Path | None, progress: Progress = silent
) -> LandmarkTrack:
    """Return a clip's landmarks from the cache, or let the program find and keep them."""
    if cache is None:
        return analyze(video, settings, progress).landmarks
    stored = cache / stored_name(video, settings)
    if not stored.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = stored.with_name(f".{stored.name}")
        analyze(video, settings, progress).landmarks.save(unfinished)
        unfinished.replace(stored)
    return LandmarkTrack.load(stored)


def stored_name(video: Path, settings: Settings) -> str:
    """Return a clip's name in the cache: checksums of clip and model, engine, poses a second.

    Empty the folder after a change of an engine itself.
    """
    clip = probe_video(video, VideoSettings()).sha256[:DIGITS]
    model = find_model(settings.pose.model).sha256[:DIGITS]
    return f"{clip}-{model}-{settings.pose.engine}-{settings.pose.poses_per_s:g}.npz"
