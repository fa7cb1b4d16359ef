"""The written clip plays in browsers, keeps its times, and appears whole or not at all."""

from pathlib import Path

import av
import numpy as np
import pytest

from gaitcam.errors import OutputError
from gaitcam.video.container import read_frame_times
from gaitcam.video.planes import ColourCode, Planes
from gaitcam.video.sink import Page, VideoSink, open_sink

GREY = np.full((48, 64, 3), 128, np.uint8)


def test_times_are_kept_and_start_at_zero(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    times_s = np.array([2.0, 2.033, 2.05, 2.117, 2.2])
    with open_sink(path, 64, 48, 30.0) as sink:
        for time_s in times_s:
            sink.write(GREY, time_s)
    written = read_frame_times(path)
    assert (written.pts - written.pts[0]) * written.tick_s == pytest.approx(times_s - 2.0, abs=1e-5)


def test_browsers_can_play_it(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with open_sink(path, 64, 48, 29.97) as sink:
        sink.write(GREY, 0.0)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")  # plays before it is loaded


def test_odd_sizes_become_even(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with open_sink(path, 65, 49, 30.0) as sink:
        sink.write(np.full((49, 65, 3), 9, np.uint8), 0.0)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (64, 48)


def test_a_failure_leaves_the_earlier_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_text("earlier")

    def fail() -> None:
        with open_sink(path, 64, 48, 30.0) as sink:
            sink.write(GREY, 0.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="cannot be written"),
        open_sink(tmp_path / "none" / "out.mp4", 64, 48, 30.0),
    ):
        pass


def test_it_says_what_its_numbers_mean(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with open_sink(path, 64, 48, 30.0, ColourCode(matrix=1, primaries=9, transfer=14)) as sink:
        sink.append(sink.page(), 0.0)
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    assert (frame.colorspace, frame.color_range) == (1, 1)
    assert (frame.color_primaries, frame.color_trc) == (9, 14)


def test_each_picture_is_its_own_though_pages_serve_again(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    levels = list(range(40, 200, 8))
    with open_sink(path, 64, 48, 30.0) as sink:
        for number, level in enumerate(levels):
            page = sink.page()
            page.planes.brightness[:], page.planes.blue[:], page.planes.red[:] = level, 128, 128
            sink.append(page, number / 30)
    with av.open(str(path)) as container:
        shown = [Planes.of(frame).brightness.mean() for frame in container.decode(video=0)]
    assert shown == pytest.approx(levels, abs=2)


def test_a_failure_of_the_coder_is_raised_and_hangs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(sink: VideoSink, page: Page, pts: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(VideoSink, "_encode", fail)

    def write_many() -> None:
        with open_sink(tmp_path / "out.mp4", 64, 48, 30.0) as sink:
            for number in range(20):
                sink.write(GREY, number / 30)

    with pytest.raises(OutputError, match="no space left"):
        write_many()
    assert list(tmp_path.iterdir()) == []
