"""Analyses and scenes that the overlay's tests share."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.overlay.layer import Scene
from gaitcam.video.sink import open_sink
from tests.running import running_points
from tests.unit.overlay.drawing import analysis_of, empty_scene


@pytest.fixture(scope="session")
def analysis() -> Analysis:
    """Three seconds on a treadmill, facing right, 1280 x 720."""
    return analysis_of(running_points(seconds=3.0))


@pytest.fixture(scope="session")
def passing_by() -> Analysis:
    return analysis_of(running_points(seconds=3.0, speed_px_s=300.0))


@pytest.fixture
def scene() -> Scene:
    return empty_scene()


@pytest.fixture(scope="session")
def with_clip(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """A second of a small runner whose clip, plain grey, lies on the disk."""
    analysis = analysis_of(running_points(seconds=1.0), size=0.25)
    video = replace(analysis.video, path=tmp_path_factory.mktemp("clip") / "runner.mp4")
    grey = np.full((video.height, video.width, 3), 90, dtype=np.uint8)
    _write(video.path, grey, analysis)
    return replace(analysis, video=video)


def _write(path: Path, picture: np.ndarray, analysis: Analysis) -> None:
    height, width = picture.shape[:2]
    with open_sink(path, width, height, analysis.video.container_rate_hz) as sink:
        for shown_s in analysis.landmarks.shown_s:
            sink.write(picture, float(shown_s))
