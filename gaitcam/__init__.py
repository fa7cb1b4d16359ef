"""Running form from a side-view phone video.

    import gaitcam

    analysis = gaitcam.analyze("run.mp4")
    print(analysis.summary.value("cadence_spm"))

The names listed in ``__all__`` are the public interface; they load on first use, so that
``import gaitcam`` is quick.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gaitcam.analysis import Analysis
    from gaitcam.delivery import write_outputs
    from gaitcam.errors import GaitcamError
    from gaitcam.pipeline import analyze, analyze_landmarks
    from gaitcam.pose.landmarks import LandmarkTrack
    from gaitcam.settings import Settings, read_settings

__all__ = [
    "Analysis",
    "GaitcamError",
    "LandmarkTrack",
    "Settings",
    "analyze",
    "analyze_landmarks",
    "read_settings",
    "write_outputs",
]

_HOME = {
    "Analysis": "gaitcam.analysis",
    "GaitcamError": "gaitcam.errors",
    "LandmarkTrack": "gaitcam.pose.landmarks",
    "Settings": "gaitcam.settings",
    "analyze": "gaitcam.pipeline",
    "analyze_landmarks": "gaitcam.pipeline",
    "read_settings": "gaitcam.settings",
    "write_outputs": "gaitcam.delivery",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module 'gaitcam' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
