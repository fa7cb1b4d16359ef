"""What damage has spoilt is left out; a clip that is mostly spoilt is refused."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from gaitcam.errors import VideoError
from gaitcam.video.container import read_frame_times
from gaitcam.video.decoding import decode
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from tests.robustness.clips import Recipe, even_times, source_pictures, write_clip, zeroed

WHOLE = VideoSettings()
FRAMES = 120


def read_all(path: Path) -> list[Any]:
    return list(read_frames(probe_video(path, WHOLE), WHOLE))


@pytest.fixture
def clip(tmp_path: Path, demo_clip: Path) -> Path:
    """A clip with a keyframe every 12 frames."""
    recipe = Recipe(times_s=even_times(30, FRAMES), gop=12)
    return write_clip(recipe, source_pictures(demo_clip, FRAMES, step=1), tmp_path / "clip.mp4")


def test_pictures_spoilt_by_a_damaged_packet_are_left_out_up_to_the_next_keyframe(
    clip: Path,
) -> None:
    whole = {frame.index: frame.image for frame in read_all(clip)}
    kept = read_all(zeroed(clip, range(40, 42)))
    assert FRAMES - 13 <= len(kept) < FRAMES
    for frame in kept:
        assert np.array_equal(frame.image, whole[frame.index])
        assert frame.time_s == pytest.approx(frame.index / 30)


def test_a_clip_that_is_mostly_spoilt_is_refused(clip: Path) -> None:
    with pytest.raises(VideoError, match="of its frames are spoilt"):
        read_all(zeroed(clip, range(20, 90)))


@pytest.mark.parametrize("wanted", [range(0, FRAMES, 2), range(1, FRAMES, 4), [70]])
def test_what_nobody_wants_or_builds_on_is_not_decoded_and_the_rest_is_as_before(
    clip: Path, wanted: list[int]
) -> None:
    whole = read_all(clip)
    with av.open(str(clip)) as container:
        stream, pts = container.streams.video[0], read_frame_times(clip).pts
        is_wanted = set(pts[list(wanted)].tolist()).__contains__
        decoded = list(decode(container, stream, clip, FRAMES, is_wanted))
    assert len(wanted) <= len(decoded) < 0.9 * FRAMES
    chosen = list(read_frames(probe_video(clip, WHOLE), WHOLE, only=wanted))
    assert [frame.index for frame in chosen] == list(wanted)
    for frame in chosen:
        assert np.array_equal(frame.image, whole[frame.index].image)


def test_a_clip_that_is_mostly_spoilt_is_refused_though_few_frames_are_wanted(clip: Path) -> None:
    damaged = zeroed(clip, range(20, 90))
    with pytest.raises(VideoError, match="of its frames are spoilt"):
        list(read_frames(probe_video(damaged, WHOLE), WHOLE, only=range(0, FRAMES, 4)))


def test_a_clip_that_begins_damaged_is_read_from_a_chosen_start_on(
    demo_clip: Path, tmp_path: Path
) -> None:
    recipe = Recipe(times_s=even_times(30, FRAMES), gop=12)
    pictures = source_pictures(demo_clip, FRAMES, step=1)
    clip = write_clip(recipe, pictures, tmp_path / "clip.mp4")
    part = VideoSettings(start_s=2.5)
    expected = [frame.image for frame in read_frames(probe_video(clip, part), part)]
    damaged = zeroed(clip, range(40))
    with pytest.raises(VideoError, match="of its frames are spoilt"):
        probe_video(damaged, WHOLE)
    read = list(read_frames(probe_video(damaged, part), part))
    assert [frame.index for frame in read] == list(range(75, FRAMES))
    for frame, image in zip(read, expected, strict=True):
        assert np.array_equal(frame.image, image)
