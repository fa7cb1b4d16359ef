"""The annotated video on the disk."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.errors import VideoError
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.progress import silent
from gaitcam.video.source import VideoSettings, probe_video, read_frames


def shown_times_s(path: Path) -> list[float]:
    return [f.shown_s for f in read_frames(probe_video(path, VideoSettings()), VideoSettings())]


def test_the_video_keeps_the_sources_size_and_times(with_clip: Analysis, tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    reports: list[tuple[int, int]] = []
    render_annotated_video(with_clip, path, lambda _, done, total: reports.append((done, total)))
    made = probe_video(path, VideoSettings())
    assert (made.width, made.height, made.codec) == (320, 180, "h264")
    assert shown_times_s(path) == pytest.approx(list(with_clip.landmarks.shown_s), abs=1e-4)
    assert reports[-1] == (60, 60)


def test_uneven_times_stay_uneven(with_clip: Analysis, tmp_path: Path) -> None:
    from gaitcam.video.sink import open_sink

    uneven_s = np.cumsum(np.tile([0.010, 0.030], 30)) - 0.010
    source = tmp_path / "uneven.mp4"
    grey = np.full((180, 320, 3), 90, dtype=np.uint8)
    with open_sink(source, 320, 180, 50.0) as sink:
        for time_s in uneven_s:
            sink.write(grey, float(time_s))
    video = replace(with_clip.video, path=source)
    render_annotated_video(replace(with_clip, video=video), tmp_path / "a.mp4", silent)
    assert shown_times_s(tmp_path / "a.mp4") == pytest.approx(list(uneven_s), abs=1e-4)


def test_something_is_drawn(with_clip: Analysis, tmp_path: Path) -> None:
    render_annotated_video(with_clip, tmp_path / "a.mp4", silent)
    frame = list(read_frames(probe_video(tmp_path / "a.mp4", VideoSettings()), VideoSettings()))[30]
    assert np.mean(np.abs(frame.image.astype(int) - 90) > 40) > 0.05


def test_side_by_side_is_twice_as_wide_with_the_untouched_picture_left(
    with_clip: Analysis, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp4"
    render_annotated_video(with_clip, path, silent, OverlaySettings(side_by_side=True))
    frame = next(iter(read_frames(probe_video(path, VideoSettings()), VideoSettings())))
    assert frame.image.shape == (180, 640, 3)
    assert np.abs(frame.image[:, :310].astype(int) - 90).max() < 12


def test_slow_motion_makes_the_video_longer_by_what_was_asked(
    with_clip: Analysis, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp4"
    settings = OverlaySettings(slowmo_contacts=True, slowmo_reach_s=0.05, slowmo_rest_s=0.2)
    render_annotated_video(with_clip, path, silent, settings)
    longer_s = shown_times_s(path)[-1] - float(with_clip.landmarks.shown_s[-1])
    assert longer_s == pytest.approx(len(with_clip.steps) * (0.1 * 3.0 + 0.2), abs=0.02)


def test_a_vanished_source_is_one_clear_error_and_leaves_nothing(
    with_clip: Analysis, tmp_path: Path
) -> None:
    gone = replace(with_clip, video=replace(with_clip.video, path=tmp_path / "gone.mp4"))
    with pytest.raises(VideoError, match="gone"):
        render_annotated_video(gone, tmp_path / "a.mp4", silent)
    assert list(tmp_path.iterdir()) == []
