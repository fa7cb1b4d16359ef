"""The annotated video on the disk."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.errors import VideoError
from gaitcam.gait.whole_run import take_part
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.progress import silent
from gaitcam.video.planes import Planes
from gaitcam.video.sink import open_sink
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from tests.robustness.clips import Recipe, even_times, write_clip, zeroed
from tests.running import running_points
from tests.unit.overlay.drawing import analysis_of


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


def annotated_at(times_s: FloatArray, analysis: Analysis, folder: Path) -> list[float]:
    """Return when the pictures of a clip are shown whose frames are at ``times_s``."""
    source = folder / "s.mp4"
    grey = np.full((180, 320, 3), 90, dtype=np.uint8)
    with open_sink(source, 320, 180, 50.0) as sink:
        for time_s in times_s:
            sink.write(grey, float(time_s))
    video = replace(analysis.video, path=source)
    render_annotated_video(replace(analysis, video=video), folder / "a.mp4", silent)
    return shown_times_s(folder / "a.mp4")


def test_uneven_times_stay_uneven(with_clip: Analysis, tmp_path: Path) -> None:
    uneven_s = np.cumsum(np.tile([0.010, 0.030], 30)) - 0.010
    assert annotated_at(uneven_s, with_clip, tmp_path) == pytest.approx(list(uneven_s), abs=1e-4)


def test_of_240_frames_a_second_every_other_one_is_shown(
    with_clip: Analysis, tmp_path: Path
) -> None:
    times_s = np.arange(60) / 240
    shown_s = annotated_at(times_s, with_clip, tmp_path)
    assert shown_s == pytest.approx(list(times_s[::2]), abs=1e-4)


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


def recoded(source: Path, path: Path, pix_fmt: str, rotation_deg: int = 0) -> Path:
    """Write a clip again in other pixels, to be shown turned; tagged as BT.709."""
    with av.open(str(source)) as old, av.open(str(path), "w") as new:
        stream = new.add_stream("libx264", rate=60, options={"crf": "1", "preset": "ultrafast"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 180, pix_fmt
        stream.codec_context.colorspace = Colorspace.ITU709
        if rotation_deg:
            stream.set_display_rotation(rotation_deg)
        for number, frame in enumerate(old.decode(video=0)):
            written = VideoFrame.from_ndarray(frame.to_ndarray(format=pix_fmt), pix_fmt)
            written.pts, written.time_base = number, Fraction(1, 60)
            new.mux(stream.encode(written))
        new.mux(stream.encode(None))
    return path


def first_stored(path: Path) -> VideoFrame:
    with av.open(str(path)) as container:
        return next(iter(container.decode(video=0)))


def test_the_sources_colours_are_kept_as_they_are_stored(
    with_clip: Analysis, tmp_path: Path
) -> None:
    source = recoded(with_clip.video.path, tmp_path / "s.mp4", "yuv420p")
    video = replace(with_clip.video, path=source)
    path = tmp_path / "a.mp4"
    render_annotated_video(
        replace(with_clip, video=video), path, silent, OverlaySettings(side_by_side=True)
    )
    before, after = first_stored(source), first_stored(path)
    assert (after.colorspace, after.color_range) == (1, 1)
    for old, new in zip(Planes.of(before).parts, Planes.of(after).parts, strict=True):
        untouched = new[:, : old.shape[1]].astype(int)
        assert np.abs(untouched - old).mean() < 1


@pytest.mark.parametrize(
    ("pix_fmt", "rotation_deg"), [("yuv420p", 180), ("yuv420p10le", 0), ("yuv422p", 180)]
)
def test_clips_stored_otherwise_are_annotated_as_they_are_shown(
    with_clip: Analysis, tmp_path: Path, pix_fmt: str, rotation_deg: int
) -> None:
    source = recoded(with_clip.video.path, tmp_path / "s.mp4", pix_fmt, rotation_deg)
    analysis = replace(with_clip, video=replace(with_clip.video, path=source))
    render_annotated_video(analysis, tmp_path / "a.mp4", silent)
    render_annotated_video(with_clip, tmp_path / "b.mp4", silent)
    shown, expected = (
        next(iter(read_frames(probe_video(tmp_path / name, VideoSettings()), VideoSettings())))
        for name in ("a.mp4", "b.mp4")
    )
    away = np.abs(shown.image.astype(int) - expected.image)
    assert away.mean() < 3  # the ground is plain grey, however it is turned


def test_a_clip_on_its_side_becomes_upright(with_clip: Analysis, tmp_path: Path) -> None:
    source = recoded(with_clip.video.path, tmp_path / "s.mp4", "yuv420p", 90)
    video = replace(with_clip.video, path=source, width=180, height=320)
    render_annotated_video(replace(with_clip, video=video), tmp_path / "a.mp4", silent)
    made = probe_video(tmp_path / "a.mp4", VideoSettings())
    assert (made.width, made.height, made.rotation_deg) == (180, 320, 0)


SECONDS = 4


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Four seconds, with a keyframe every six frames."""
    analysis = analysis_of(running_points(seconds=SECONDS), size=0.25)
    path = tmp_path_factory.mktemp("noisy") / "s.mp4"
    pictures = np.random.default_rng(0).integers(0, 255, (SECONDS * 60, 180, 320, 3), np.uint8)
    recipe = Recipe(times_s=even_times(60, SECONDS * 60), size=(320, 180), gop=6)
    write_clip(recipe, list(pictures), path)
    return replace(analysis, video=replace(analysis.video, path=path))


def numbers_shown(analysis: Analysis, folder: Path) -> tuple[list[int], list[float], float]:
    """Return the frames that go into the annotated video, its times, and where it begins."""
    numbers: list[int] = []
    path = folder / "a.mp4"
    from_s = render_annotated_video(
        analysis, path, silent, watch=lambda frame: numbers.append(frame.index)
    )
    return numbers, shown_times_s(path), from_s


@pytest.mark.parametrize(
    ("seen_s", "damaged", "first", "last"),
    [
        ((0.0, 1.4), range(96, 240), 0, 95),  # what lies behind the part is shown while it lasts
        ((2.5, 4.0), range(84), 150, 239),  # what lies before is not reached
        ((1.5, 2.5), [*range(12, 72), *range(168, 240)], 0, 167),
        ((1.5, 2.5), range(12, 72), 0, 239),
    ],
)
def test_a_part_is_shown_though_the_clip_is_damaged_beside_it(
    noisy: Analysis,
    tmp_path: Path,
    seen_s: tuple[float, float],
    damaged: Sequence[int],
    first: int,
    last: int,
) -> None:
    clip = tmp_path / "s.mp4"
    clip.write_bytes(noisy.video.path.read_bytes())
    whole = take_part(noisy.landmarks, *seen_s)
    path = zeroed(clip, damaged)
    hurt = replace(noisy, video=replace(noisy.video, path=path), whole=whole)
    numbers, shown_s, from_s = numbers_shown(hurt, tmp_path)
    wanted = set(whole.frame_index.astype(int).tolist())
    assert wanted <= set(numbers)
    assert numbers[0] == first
    assert last - 8 < numbers[-1] <= last  # some that the decoder still held are lost
    assert numbers == sorted(set(numbers))
    assert from_s == pytest.approx(first / 60)
    expected = [number / 60 - from_s for number in numbers]
    assert shown_s == pytest.approx(expected, abs=1e-3)


def test_of_a_sound_clip_everything_is_shown_whatever_part_was_measured(
    noisy: Analysis, tmp_path: Path
) -> None:
    part = replace(noisy, whole=take_part(noisy.landmarks, 1.0, 2.0))
    numbers, _, from_s = numbers_shown(part, tmp_path)
    assert numbers == list(range(SECONDS * 60))
    assert from_s == 0.0
