"""Which part of a clip a check looks at."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.check import clip
from gaitcam.check.clip import quick_moment
from gaitcam.pose.estimator import PoseSettings
from gaitcam.video.info import Frame
from gaitcam.video.source import VideoSettings
from tests.running import landmarks_from, running_points

EVERY_SECOND = np.arange(20.0)
SINGLE = np.zeros(1)
SPARSE = np.array([0.0, 4.0, 8.0, 12.0, 16.0])


def test_where_keyframes_are_many_the_moment_stays() -> None:
    assert quick_moment(10.3, EVERY_SECOND, (0.0, 19.0)) == 10.3


@pytest.mark.parametrize(
    ("moment_s", "keyframes_s", "quick_s"),
    [(10.0, SINGLE, 1.0), (8.5, SPARSE, 9.0), (12.9, SPARSE, 13.0), (10.0, SPARSE, 10.0)],
)
def test_else_it_moves_to_where_decoding_has_begun(
    moment_s: float, keyframes_s: np.ndarray, quick_s: float
) -> None:
    assert quick_moment(moment_s, keyframes_s, (0.0, 19.0)) == quick_s


def test_it_never_leaves_the_part_that_was_asked_for() -> None:
    assert quick_moment(10.0, SINGLE, (5.0, 19.0)) == 10.0


@pytest.mark.parametrize(("seen_from_s", "first_s"), [(0.0, 27.0), (38.0, 36.0), (99.0, 27.0)])
def test_the_part_lies_about_the_first_place_at_which_somebody_is(
    monkeypatch: pytest.MonkeyPatch, seen_from_s: float, first_s: float
) -> None:
    video = replace(landmarks_from(running_points(1.0)).video, duration_s=60.0, frame_count=3600)
    monkeypatch.setattr(clip, "_keyframes_s", lambda path: np.arange(60.0))
    monkeypatch.setattr(clip, "PersonDetector", lambda model: None)
    monkeypatch.setattr(clip, "read_frames", lambda video, part: iter([_frame_at(part.start_s)]))
    monkeypatch.setattr(
        clip, "find_everybody", lambda detector, picture, levels: picture[0, 0, 0] >= seen_from_s
    )
    part = clip.choose_part(video, VideoSettings(), PoseSettings())
    assert (part.start_s, part.end_s) == (first_s, first_s + 6.0)


def test_of_large_pictures_a_shorter_part_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    video = landmarks_from(running_points(1.0)).video
    large = replace(video, width=3840, height=2160, duration_s=60.0, frame_count=3600)
    monkeypatch.setattr(clip, "_keyframes_s", lambda path: np.arange(60.0))
    monkeypatch.setattr(clip, "PersonDetector", lambda model: None)
    monkeypatch.setattr(clip, "read_frames", lambda video, part: iter([_frame_at(part.start_s)]))
    monkeypatch.setattr(clip, "find_everybody", lambda detector, picture, levels: True)
    part = clip.choose_part(large, VideoSettings(), PoseSettings())
    assert part.end_s is not None
    pixels = (part.end_s - part.start_s) * 3840 * 2160 * large.container_rate_hz
    assert pixels == pytest.approx(clip.MOST_PIXELS, rel=0.01)


def _frame_at(shown_s: float) -> Frame:
    return Frame(0, shown_s, shown_s, np.full((2, 2, 3), round(shown_s), np.uint8))
