"""Frames come upright, with true times, one at a time, whatever the phone wrote."""

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.errors import SettingsError, VideoError
from gaitcam.video.source import (
    VideoSettings,
    all_around,
    check_clock,
    count_lost,
    probe_video,
    read_frames,
)
from tests.running import a_video

WHOLE = VideoSettings()


def read_all(path: Path, settings: VideoSettings = WHOLE) -> list[Any]:
    return list(read_frames(probe_video(path, settings), settings))


def test_probe_says_what_the_clip_is(make_clip: Any) -> None:
    path = make_clip()
    video = probe_video(path, WHOLE)
    assert (video.width, video.height, video.frame_count, video.codec) == (64, 48, 12, "h264")
    assert video.frame_rate_hz == pytest.approx(30)
    assert video.duration_s == pytest.approx(12 / 30)
    assert not video.is_variable_rate
    assert video.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_frames_are_rgb_contiguous_and_in_order(make_clip: Any) -> None:
    frames = read_all(make_clip())
    assert [frame.index for frame in frames] == list(range(12))
    assert all(frame.image.flags["C_CONTIGUOUS"] for frame in frames)
    greys = [int(frame.image[40, 40, 1]) for frame in frames]
    assert greys == sorted(greys)
    assert frames[0].image[4, 40, 0] > 200 > 50 > frames[0].image[4, 40, 2]


@pytest.mark.parametrize(
    ("metadata_deg", "rotation_deg", "size", "top_is_at"),
    [
        (90, 270, (48, 64), (40, 4)),
        (-90, 90, (48, 64), (40, 44)),
        (180, 180, (64, 48), (44, 40)),
    ],
)
def test_a_rotated_clip_is_turned_as_a_player_turns_it(
    make_clip: Any,
    metadata_deg: int,
    rotation_deg: int,
    size: tuple[int, int],
    top_is_at: tuple[int, int],
) -> None:
    path = make_clip(rotation_deg=metadata_deg)
    video = probe_video(path, WHOLE)
    image = read_all(path)[0].image
    assert (video.width, video.height) == size == (image.shape[1], image.shape[0])
    assert video.rotation_deg == rotation_deg
    red, _, blue = image[top_is_at].astype(int)
    assert red - blue > 100  # the stored picture's red top


def test_pixels_are_made_square(make_clip: Any) -> None:
    path = make_clip(pixel_aspect=Fraction(2, 1))
    assert probe_video(path, WHOLE).width == 128
    assert read_all(path)[0].image.shape == (48, 128, 3)


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mov", "libx265", "yuv420p10le"),
        ("a.webm", "libvpx-vp9", "yuv420p"),
        ("a.mkv", "ffv1", "yuv422p"),
    ],
)
def test_other_codecs_and_depths_are_read(
    make_clip: Any, name: str, codec: str, pix_fmt: str
) -> None:
    frames = read_all(make_clip(name=name, codec=codec, pix_fmt=pix_fmt, times_s=[0, 0.04, 0.08]))
    assert len(frames) == 3
    assert frames[0].image[4, 40, 0] > 200


def test_odd_sizes_are_read(make_clip: Any) -> None:
    frames = read_all(make_clip(size=(65, 49), pix_fmt="yuv444p"))
    assert frames[0].image.shape == (49, 65, 3)


def test_variable_rate_keeps_its_own_times(make_clip: Any) -> None:
    times_s = [0.0, 0.02, 0.05, 0.06, 0.10, 0.16, 0.18]
    path = make_clip(times_s=times_s)
    assert probe_video(path, WHOLE).is_variable_rate
    assert [frame.time_s for frame in read_all(path)] == pytest.approx(times_s, abs=1e-4)


def test_time_counts_from_the_first_frame_of_a_clip_that_starts_late(make_clip: Any) -> None:
    frames = read_all(make_clip(name="late.mkv", times_s=[5.0, 5.1, 5.2]))
    assert [frame.time_s for frame in frames] == pytest.approx([0, 0.1, 0.2], abs=2e-3)


def test_a_file_that_changed_is_read_anew(make_clip: Any) -> None:
    assert len(read_all(make_clip(times_s=[0.0, 0.1, 0.2]))) == 3
    assert [frame.time_s for frame in read_all(make_clip(times_s=[0.0, 0.2]))] == [0.0, 0.2]


def test_slow_motion_tag_gives_real_time(make_clip: Any) -> None:
    path = make_clip(tags={"com.android.capture.fps": "120.0"})
    video = probe_video(path, WHOLE)
    assert video.time_scale == pytest.approx(0.25)
    assert video.frame_rate_hz == pytest.approx(120)
    assert video.container_rate_hz == pytest.approx(30)
    frame = read_all(path)[8]
    assert frame.time_s == pytest.approx(8 / 120)
    assert frame.shown_s == pytest.approx(8 / 30)


def test_true_rate_in_the_tag_changes_nothing(make_clip: Any) -> None:
    assert probe_video(make_clip(tags={"com.android.capture.fps": "30"}), WHOLE).time_scale == 1


def test_capture_fps_overrides_the_clip(make_clip: Any) -> None:
    video = probe_video(make_clip(), VideoSettings(capture_fps=240))
    assert video.frame_rate_hz == pytest.approx(240)
    assert video.duration_s == pytest.approx(12 / 240)


@pytest.mark.parametrize(("name", "hz"), [("c.mkv", 60), ("c.mkv", 240), ("c.webm", 240)])
def test_a_coarse_clock_does_not_change_the_rate(make_clip: Any, name: str, hz: int) -> None:
    """These files tell times in whole milliseconds, of which 1/60 s is 16 or 17."""
    codec = "libvpx" if name.endswith("webm") else "libx264"
    video = probe_video(
        make_clip(name=name, codec=codec, times_s=[i / hz for i in range(60)]), WHOLE
    )
    assert video.container_rate_hz == pytest.approx(hz, rel=0.005)
    assert not video.is_variable_rate


@pytest.mark.parametrize("frames", [20, 21, 22, 23])
def test_a_clip_thinned_unevenly_has_a_rate(make_clip: Any, frames: int) -> None:
    kept = [i / 60 for i in range(60) if i % 3 != 2][:frames]
    video = probe_video(make_clip(times_s=kept), WHOLE)
    assert 30 <= video.frame_rate_hz <= 60
    assert video.is_variable_rate


def test_a_coarse_clock_makes_no_slow_motion_of_a_true_rate(make_clip: Any) -> None:
    tags = {"com.android.capture.fps": "240.0"}
    path = make_clip(times_s=[i / 240 for i in range(60)], tags=tags, clock_hz=600)
    video = probe_video(path, WHOLE)
    assert video.time_scale == 1.0
    assert video.frame_rate_hz == pytest.approx(240, rel=0.005)


@pytest.mark.parametrize(("codec", "gop"), [("libx264", 10), ("libx264", 250), ("libsvtav1", 250)])
def test_a_part_is_bit_identical_to_the_whole(make_clip: Any, codec: str, gop: int) -> None:
    path = make_clip(times_s=[i / 30 for i in range(90)], codec=codec, gop=gop)
    whole = read_all(path)
    part = read_all(path, VideoSettings(start_s=2.0, end_s=2.5))
    assert [frame.index for frame in part] == list(range(60, 76))
    for frame in part:
        assert frame.time_s == whole[frame.index].time_s
        assert np.array_equal(frame.image, whole[frame.index].image)


def test_only_the_wanted_frames_come(make_clip: Any) -> None:
    path = make_clip()
    video = probe_video(path, WHOLE)
    frames = list(read_frames(video, WHOLE, only={3, 7}))
    assert [frame.index for frame in frames] == [3, 7]
    assert np.array_equal(frames[1].image, read_all(path)[7].image)


def test_asking_for_hardware_that_is_not_there_changes_nothing(make_clip: Any) -> None:
    path = make_clip()
    ours, plain = read_all(path, VideoSettings(device="gpu")), read_all(path)
    assert [frame.time_s for frame in ours] == [frame.time_s for frame in plain]
    off = np.abs(ours[5].image.astype(int) - plain[5].image)
    assert off.mean() < 2  # decoders differ by rounding at most


def test_a_start_beyond_the_end_is_said(make_clip: Any) -> None:
    with pytest.raises(VideoError, match=r"no frames from 9 s on \(it is 0.4 s long\)"):
        read_all(make_clip(), VideoSettings(start_s=9))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_s": -1},
        {"start_s": 3, "end_s": 2},
        {"capture_fps": 0},
        {"start_s": np.nan},
        {"device": "abacus"},
    ],
)
def test_impossible_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        VideoSettings(**wrong)


def test_what_is_no_video_is_refused_in_one_sentence(tmp_path: Path, sound_clip: Path) -> None:
    text, empty = tmp_path / "text.mp4", tmp_path / "empty.mp4"
    text.write_text("not a video")
    empty.touch()
    loop = tmp_path / "loop.mp4"
    loop.symlink_to(loop)
    wanted = {
        tmp_path / "missing.mp4": "no such file",
        tmp_path: "is a folder",
        text: "cannot be read as a video",
        empty: "is empty",
        loop: "cannot be opened",
        sound_clip: "sound but no video",
        Path("/dev/null"): "not an ordinary file",
    }
    for path, words in wanted.items():
        with pytest.raises(VideoError, match=words) as caught:
            probe_video(path, WHOLE)
        assert "\n" not in str(caught.value)


def test_a_playlist_is_not_followed(make_clip: Any, tmp_path: Path) -> None:
    clip = make_clip()
    playlist = tmp_path / "list.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{clip}\n")
    with pytest.raises(VideoError, match="cannot be read as a video"):
        probe_video(playlist, WHOLE)


def test_a_name_like_an_address_is_a_file(make_clip: Any) -> None:
    assert probe_video(make_clip(name="http:-a b.mp4"), WHOLE).frame_count == 12


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.9])
def test_a_clip_cut_short_is_refused(make_clip: Any, tmp_path: Path, kept: float) -> None:
    whole = make_clip(times_s=[i / 30 for i in range(60)], size=(320, 240)).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(VideoError, match=r"cut short|cannot be read"):
        read_all(cut)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.8])
def test_a_webm_cut_short_is_refused(make_clip: Any, tmp_path: Path, kept: float) -> None:
    times_s = [i / 30 for i in range(150)]
    clip = make_clip(name="a.webm", codec="libvpx", times_s=times_s, size=(160, 120))
    whole = clip.read_bytes()
    assert len(read_all(clip)) == 150
    cut = tmp_path / "cut.webm"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(VideoError, match=r"cut short|cannot be read"):
        read_all(cut)


def test_a_gigantic_picture_is_refused(make_clip: Any) -> None:
    path = make_clip(codec="ffv1", name="big.mkv", size=(8400, 16))
    with pytest.raises(VideoError, match="8400x16 px"):
        probe_video(path, WHOLE)


def test_frames_that_damage_or_a_choice_of_part_leaves_out_are_told_apart() -> None:
    video = a_video(100)
    whole, part = VideoSettings(), VideoSettings(start_s=1.0, end_s=2.0)
    assert count_lost(range(100), video, whole) == 0
    assert count_lost([*range(40), *range(47, 98)], video, whole) == 9
    assert count_lost(range(30, 60), video, part) == 0
    assert count_lost([*range(30, 40), *range(42, 60)], video, part) == 2


LEAP_S = [i / 30 for i in range(90)]  # and the same again two minutes later


@pytest.fixture
def leaping(make_clip: Any) -> Path:
    path: Path = make_clip(times_s=[*LEAP_S, *(120 + t for t in LEAP_S)], gop=60)
    return path


@pytest.mark.parametrize(
    ("start_s", "end_s", "frames"),
    [
        (0.0, 2.0, (0, 60)),
        (0.0, 60.0, (0, 89)),
        (60.0, None, (90, 179)),
        (121.0, 122.0, (120, 150)),
    ],
)
def test_on_one_side_of_a_leap_of_the_clock_a_clip_is_read(
    leaping: Path, start_s: float, end_s: float | None, frames: tuple[int, int]
) -> None:
    part = VideoSettings(start_s, end_s)
    read = [frame.index for frame in read_all(leaping, part)]
    assert read == list(range(frames[0], frames[1] + 1))
    around = all_around(probe_video(leaping, part), part)
    side = range(90) if frames[1] < 90 else range(90, 180)
    assert [frame.index for frame in read_all(leaping, around)] == list(side)


def test_a_part_with_a_leap_of_the_clock_is_refused(leaping: Path) -> None:
    for part in (WHOLE, VideoSettings(1.0, 121.0), VideoSettings(2.0)):
        with pytest.raises(VideoError, match="one side of the leap"):
            read_all(leaping, part)
        with pytest.raises(VideoError, match=r"leaps from 3\.0 s to 120\.0 s; choose"):
            check_clock(probe_video(leaping, part), part)
    check_clock(probe_video(leaping, WHOLE), VideoSettings(0.0, 60.0))


def test_all_around_a_part_of_a_sound_clip_is_the_whole_of_it(make_clip: Any) -> None:
    path = make_clip()
    assert all_around(probe_video(path, WHOLE), VideoSettings(0.1, 0.2)) == WHOLE
