"""What the pictures tell is told by those of the run."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.check import pictures
from gaitcam.check.pictures import add_pictures
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.cuts import CERTAIN, Cut
from gaitcam.video.info import CameraLevel
from gaitcam.video.source import VideoSettings
from gaitcam.video.stills import ClipWatch, Still
from tests.running import landmarks_from, running_points

CUT_S = 10.0


@pytest.fixture
def landmarks() -> LandmarkTrack:
    """A run that begins with a cut."""
    run = landmarks_from(running_points(seconds=8.0))
    return replace(run, time_s=run.time_s + CUT_S, shown_s=run.shown_s + CUT_S)


@pytest.mark.parametrize(("cuts", "counted"), [((Cut(CUT_S, CERTAIN),), [200]), ((), [100, 200])])
def test_stills_of_another_scene_do_not_count(
    landmarks: LandmarkTrack,
    monkeypatch: pytest.MonkeyPatch,
    cuts: tuple[Cut, ...],
    counted: list[int],
) -> None:
    seen: list[int] = []

    def level_of(images: list[np.ndarray]) -> CameraLevel:
        seen.extend(int(image[0, 0, 0]) for image in images)
        return CameraLevel(0.0, 0.0, 1.0)

    watch = ClipWatch(landmarks.video, VideoSettings())
    watch.stills = [
        Still(np.full((72, 128, 3), grey, np.uint8), moment_s, moment_s)
        for grey, moment_s in ((100, 5.0), (200, 14.0))
    ]
    monkeypatch.setattr(watch.cuts, "find", lambda: cuts)
    monkeypatch.setattr(pictures, "level_of", level_of)
    assert add_pictures(landmarks, watch).cuts == cuts
    assert seen == counted
