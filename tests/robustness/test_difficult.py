"""Whatever a phone writes is read upright and with its true times."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.video.source import VideoSettings, probe_video, read_frames
from tests.robustness.clips import Recipe, source_pictures
from tests.robustness.difficult import DIFFICULT, Difficult, faults, picture_faults

Pictures = list[NDArray[np.uint8]]


@pytest.fixture(scope="module")
def pictures(demo_clip: Path) -> Pictures:
    return source_pictures(demo_clip)


@pytest.mark.parametrize("case", DIFFICULT, ids=lambda case: case.title)
def test_a_difficult_clip_is_read_as_it_was_filmed(
    case: Difficult, pictures: Pictures, tmp_path: Path
) -> None:
    assert faults(case, pictures, tmp_path) == []


def test_a_picture_the_wrong_way_up_or_a_wrong_clock_would_be_noticed(
    pictures: Pictures, tmp_path: Path
) -> None:
    first = pictures[0]
    for wrong in (first[::-1], first[:, ::-1], first[:, :, ::-1]):
        assert picture_faults(np.ascontiguousarray(wrong), first, is_high_range=False)
    found = faults(Difficult("", Recipe(), time_scale=0.5), pictures, tmp_path)
    assert found == ["time scale 1.0000, not 0.5000"]


def _slowed(source: Path, factor: int, path: Path) -> Path:
    """Store the same packets with times stretched by ``factor``, as slow motion is exported."""
    with (
        av.open(str(source)) as original,
        av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container,
    ):
        stream = original.streams.video[0]
        copy = container.add_stream_from_template(stream)
        container.metadata["com.android.capture.fps"] = "60.0"
        for packet in original.demux(stream):
            if packet.pts is None or packet.dts is None or packet.dts * packet.time_base > 0.5:
                break
            packet.pts, packet.dts = packet.pts * factor, packet.dts * factor
            packet.stream = copy
            container.mux(packet)
    return path


def test_slow_motion_has_the_pictures_and_the_times_of_the_original(
    demo_clip: Path, tmp_path: Path
) -> None:
    """So pose, cadence and contact times are the same: they rest on nothing else."""
    settings = VideoSettings()
    slowed = probe_video(_slowed(demo_clip, 4, tmp_path / "slow.mp4"), settings)
    assert slowed.container_rate_hz == pytest.approx(15)
    assert slowed.frame_rate_hz == pytest.approx(60)
    original = read_frames(probe_video(demo_clip, settings), settings)
    count = 0
    for frame, true in zip(read_frames(slowed, settings), original, strict=False):
        assert frame.time_s == pytest.approx(true.time_s, abs=1e-6)
        assert frame.shown_s == pytest.approx(4 * true.shown_s, abs=1e-6)
        assert np.array_equal(frame.image, true.image)
        count += 1
    assert count >= 25
