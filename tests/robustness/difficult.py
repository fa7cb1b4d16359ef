"""Clips that the program must take: each row of the table is a case."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.sink import open_sink
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from tests.robustness.clips import FRAMES, Recipe, even_times, expected, write_clip

# Millisecond clocks (WebM, Matroska) round by half of one.
CLOCK_S = 0.0006
PLACE_AND_PHONE = {
    "com.apple.quicktime.location.ISO6709": "+48.1372+011.5756+520/",
    "com.apple.quicktime.make": "SecretPhone",
    "com.apple.quicktime.model": "Model 7",
    "location": "+48.1372+011.5756/",
}
PRIVATE = (b"48.1372", b"SecretPhone", b"Model 7", b"ISO6709")
UNEVEN = tuple(accumulate((0.0, *([0.021, 0.034, 0.033, 0.067, 0.017] * 3)[: FRAMES - 1])))


@dataclass(frozen=True, slots=True)
class Difficult:
    """A clip that must be read; ``time_scale`` is real seconds per second of the file."""

    title: str
    recipe: Recipe
    settings: VideoSettings = field(default_factory=VideoSettings)
    time_scale: float = 1.0
    is_high_range: bool = False


def _rates() -> list[Difficult]:
    exact = (("23.976", 24 / 1.001), ("29.97", 30 / 1.001), ("59.94", 60 / 1.001))
    whole = tuple((str(rate), float(rate)) for rate in (24, 25, 30, 50, 60, 120, 240))
    return [
        Difficult(f"{name} frames/s", Recipe(times_s=even_times(rate)))
        for name, rate in (*exact, *whole)
    ]


def _turned() -> list[Difficult]:
    return [
        Difficult(f"{shape}, turned by {degrees} degrees", Recipe(size=size, turned_deg=degrees))
        for degrees in (90, 180, 270)
        for shape, size in (("landscape", (160, 90)), ("portrait", (90, 160)))
    ]


def _slow_motion() -> list[Difficult]:
    android = "com.android.capture.fps"
    apple = "com.apple.quicktime.full-frame-rate-playback-intent"
    fast = even_times(240)
    return [
        Difficult(
            "120 frames/s stored at 30, Android tag",
            Recipe(tags={android: "120.0"}),
            time_scale=0.25,
        ),
        Difficult(
            "240 frames/s stored at 30, Android tag",
            Recipe(tags={android: "240"}),
            time_scale=0.125,
        ),
        Difficult("Android tag that is no number", Recipe(tags={android: "fast"})),
        Difficult("Android tag of 0", Recipe(tags={android: "0"})),
        Difficult(
            "240 frames/s with true times, Apple tag",
            Recipe(name="a.mov", times_s=fast, tags={apple: "0"}),
        ),
        Difficult(
            "capture-fps 120 over a clip at 30", Recipe(), VideoSettings(capture_fps=120), 0.25
        ),
        Difficult(
            "capture-fps over a tag",
            Recipe(tags={android: "240"}),
            VideoSettings(capture_fps=60),
            0.5,
        ),
    ]


def _codecs() -> list[Difficult]:
    ten = "yuv420p10le"
    return [
        Difficult("H.264, MP4", Recipe()),
        Difficult("H.264, MOV", Recipe(name="a.mov")),
        Difficult("H.264, Matroska", Recipe(name="a.mkv")),
        Difficult("H.264, MPEG-TS", Recipe(name="a.ts")),
        Difficult("H.264, 10 bit", Recipe(pix_fmt=ten)),
        Difficult("H.264, 4:4:4", Recipe(pix_fmt="yuv444p")),
        Difficult("HEVC, MOV", Recipe(name="a.mov", codec="libx265")),
        Difficult("HEVC, MP4, 10 bit", Recipe(codec="libx265", pix_fmt=ten)),
        Difficult("VP9, WebM", Recipe(name="a.webm", codec="libvpx-vp9")),
        Difficult("VP8, WebM", Recipe(name="a.webm", codec="libvpx")),
        Difficult("AV1, MP4", Recipe(codec="libsvtav1")),
        Difficult("ProRes, MOV", Recipe(name="a.mov", codec="prores_ks", pix_fmt="yuv422p10le")),
        Difficult("Motion JPEG, MOV", Recipe(name="a.mov", codec="mjpeg", pix_fmt="yuvj420p")),
        Difficult("BT.601 colours", Recipe(colours=(6, 6, 6))),
        Difficult("BT.709 colours", Recipe(colours=(1, 1, 1))),
        Difficult(
            "HEVC, HDR (HLG)",
            Recipe(codec="libx265", pix_fmt=ten, colours=(9, 18, 9)),
            is_high_range=True,
        ),
        Difficult(
            "HEVC, HDR (PQ)",
            Recipe(codec="libx265", pix_fmt=ten, colours=(9, 16, 9)),
            is_high_range=True,
        ),
    ]


def _shapes() -> list[Difficult]:
    return [
        Difficult("portrait", Recipe(size=(90, 160))),
        Difficult("odd size", Recipe(size=(161, 91), pix_fmt="yuv444p")),
        Difficult("odd size in 4:2:0", Recipe(name="a.webm", codec="libvpx-vp9", size=(161, 91))),
        Difficult("pixels twice as wide as high", Recipe(pixel_aspect=Fraction(2, 1))),
        Difficult("pixels 4:3, turned by 90", Recipe(pixel_aspect=Fraction(4, 3), turned_deg=90)),
        Difficult("narrow pixels", Recipe(pixel_aspect=Fraction(3, 4))),
        Difficult("tiny picture", Recipe(size=(32, 18))),
    ]


def _tracks() -> list[Difficult]:
    return [
        Difficult("sound", Recipe(has_sound=True)),
        Difficult(
            "sound and timecode data, MOV", Recipe(name="a.mov", has_sound=True, has_data=True)
        ),
        Difficult("place and phone in the tags", Recipe(name="a.mov", tags=PLACE_AND_PHONE)),
        Difficult("edit list that hides 4 frames", Recipe(hidden=4)),
    ]


def _clocks() -> list[Difficult]:
    even = even_times(30)
    late = tuple(5 + time for time in even)
    jump = even[:6] + tuple(time + 3 for time in even[6:])
    repeat = (*even[:6], even[5], *even[7:])
    back = (*even[:6], even[3], *even[7:])
    return [
        Difficult("variable frame rate, MP4", Recipe(times_s=UNEVEN)),
        Difficult("variable frame rate, Matroska", Recipe(name="a.mkv", times_s=UNEVEN)),
        Difficult(
            "variable frame rate, HEVC, turned",
            Recipe(name="a.mov", codec="libx265", times_s=UNEVEN, turned_deg=90),
        ),
        Difficult("times start at 5 s, MP4", Recipe(times_s=late)),
        Difficult("times start at 5 s, Matroska", Recipe(name="a.mkv", times_s=late)),
        Difficult("times jump by 3 s", Recipe(times_s=jump)),
        Difficult("a time repeats", Recipe(times_s=repeat)),
        Difficult("a time runs back", Recipe(times_s=back)),
    ]


DIFFICULT = (
    *(*_codecs(), *_shapes(), *_turned(), *_rates()),
    *(*_clocks(), *_slow_motion(), *_tracks()),
)


def faults(case: Difficult, pictures: list[NDArray[np.uint8]], folder: Path) -> list[str]:
    """Make the clip, read it and write it again; return everything that is not as expected."""
    path = write_clip(case.recipe, pictures, folder / case.recipe.name)
    wanted = expected(case.recipe)
    video = probe_video(path, case.settings)
    frames = list(read_frames(video, case.settings))
    shown_s = [frame.shown_s for frame in frames]
    found: list[str] = []
    if (video.width, video.height) != wanted.size:
        found.append(f"size {video.width}x{video.height}, not {wanted.size}")
    if len(shown_s) != len(wanted.shown_s):
        return [*found, f"{len(shown_s)} frames, not {len(wanted.shown_s)}"]
    if not np.allclose(shown_s, wanted.shown_s, atol=CLOCK_S):
        found.append(f"times {np.round(shown_s, 4)}")
    real_s = np.array([frame.time_s for frame in frames])
    if not np.allclose(real_s, case.time_scale * np.array(shown_s), rtol=1e-3, atol=1e-9):
        found.append(f"time scale {video.time_scale:.4f}, not {case.time_scale:.4f}")
    first = pictures[case.recipe.hidden]
    found += picture_faults(frames[0].image, first, case.is_high_range)
    found += _alone_faults(frames[::2], video, case.settings)
    return found + _copy_faults(frames, video.width, video.height, folder / "copy.mp4")


def _alone_faults(frames: list[Frame], video: VideoInfo, settings: VideoSettings) -> list[str]:
    """Read some of the frames alone: nothing about them may depend on the others."""
    alone = list(read_frames(video, settings, only=[frame.index for frame in frames]))
    same = len(alone) == len(frames) and all(
        one.index == other.index
        and one.shown_s == other.shown_s
        and np.array_equal(one.image, other.image)
        for one, other in zip(alone, frames, strict=True)
    )
    return [] if same else ["other frames where every second one is wanted"]


def picture_faults(
    got: NDArray[np.uint8], original: NDArray[np.uint8], is_high_range: bool
) -> list[str]:
    """Compare coarse pictures: orientation and colours must be the original's."""
    coarse = [
        cv2.resize(image, (16, 16), interpolation=cv2.INTER_AREA) for image in (got, original)
    ]
    a, b = (np.asarray(image, float) for image in coarse)
    if is_high_range:  # other tones, but the same bright and dark places
        likeness = float(np.corrcoef(a.ravel(), b.ravel())[0, 1])
        return [] if likeness > 0.9 else [f"picture unlike the original ({likeness:.2f})"]
    off = float(np.abs(a - b).mean())
    return [] if off < 6 else [f"picture differs by {off:.0f} of 255 levels"]


def _copy_faults(frames: list[Frame], width: int, height: int, path: Path) -> list[str]:
    """Write the frames as the annotated video is written; times stay, tags do not come along."""
    with open_sink(path, width, height, 30.0) as sink:
        for frame in frames:
            sink.write(frame.image, frame.shown_s)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        times = [frame.time for frame in container.decode(stream)]
    found = []
    if not np.allclose(times, [frame.shown_s for frame in frames], atol=1e-4):
        found.append(f"annotated video has times {np.round(times, 4)}")
    if any(word in path.read_bytes() for word in PRIVATE):
        found.append("place or phone in the annotated video")
    return found
