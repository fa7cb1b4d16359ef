"""Landmarks of clips, kept so that a change of all that follows pose is measured in seconds."""

from pathlib import Path

from gaitcam.pose.estimator import PoseSettings, estimate_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.model_files import find_model
from gaitcam.progress import Progress, silent
from gaitcam.video.source import VideoSettings, probe_video

DIGITS = 12  # of a checksum, enough to tell files apart


def read_landmarks(
    video: Path, pose: PoseSettings, cache: Path | None, progress: Progress = silent
) -> LandmarkTrack:
    """Return a clip's landmarks from the cache, or estimate and keep them.

    Stored under the clip's and the model's checksum and the engine's name; empty the folder
    after a change of an engine itself.
    """
    info = probe_video(video, VideoSettings())
    name = f"{info.sha256[:DIGITS]}-{find_model(pose.model).sha256[:DIGITS]}-{pose.engine}.npz"
    if cache and (cache / name).is_file():
        return LandmarkTrack.load(cache / name)
    landmarks = estimate_landmarks(info, VideoSettings(), pose, progress)
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = cache / f".{name}"
        landmarks.save(unfinished)
        unfinished.replace(cache / name)
    return landmarks
