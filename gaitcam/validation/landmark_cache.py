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
    """Return a clip's landmarks from the cache, or let the program find and keep them.

    Stored under the clip's and the model's checksum and the engine's name; empty the folder
    after a change of an engine itself.
    """
    clip = probe_video(video, VideoSettings()).sha256[:DIGITS]
    model = find_model(settings.pose.model).sha256[:DIGITS]
    name = f"{clip}-{model}-{settings.pose.engine}.npz"
    if cache and (cache / name).is_file():
        return LandmarkTrack.load(cache / name)
    landmarks = analyze(video, settings, progress).landmarks
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = cache / f".{name}"
        landmarks.save(unfinished)
        unfinished.replace(cache / name)
    return landmarks
