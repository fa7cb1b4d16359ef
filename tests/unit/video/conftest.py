"""A maker of small clips, ordinary and difficult."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

Clip = Callable[..., Path]


def striped(index: int, width: int, height: int) -> NDArray[np.uint8]:
    """A picture that tells its frame number (grey level), its top (red) and its left (blue)."""
    image = np.full((height, width, 3), 40 + 3 * (index % 60), np.uint8)
    image[: height // 4] = (250, 0, 0)
    image[:, : width // 8] = (0, 0, 250)
    return image


@pytest.fixture
def make_clip(tmp_path: Path) -> Clip:
    def make(
        name: str = "clip.mp4",
        times_s: Sequence[float] = tuple(i / 30 for i in range(12)),
        size: tuple[int, int] = (64, 48),
        codec: str = "libx264",
        pix_fmt: str = "yuv420p",
        rotation_deg: int = 0,
        pixel_aspect: Fraction | None = None,
        tags: dict[str, str] | None = None,
        gop: int = 250,
        clock_hz: int = 90_000,
    ) -> Path:
        path = tmp_path / name
        options = {"movflags": "use_metadata_tags", "video_track_timescale": str(clock_hz)}
        options = options if path.suffix in (".mp4", ".mov") else {}
        with av.open(str(path), "w", options=options) as container:
            container.metadata.update(tags or {})
            stream = container.add_stream(codec, rate=30)
            assert isinstance(stream, VideoStream)
            stream.width, stream.height = size
            stream.pix_fmt, stream.gop_size = pix_fmt, gop
            stream.time_base = stream.codec_context.time_base = Fraction(1, 90_000)
            if pixel_aspect is not None:
                stream.codec_context.sample_aspect_ratio = pixel_aspect
            if rotation_deg:
                stream.set_display_rotation(rotation_deg)
            for index, time_s in enumerate(times_s):
                frame = VideoFrame.from_ndarray(striped(index, *size), format="rgb24")
                frame.pts, frame.time_base = round(time_s * 90_000), Fraction(1, 90_000)
                container.mux(stream.encode(frame.reformat(format=pix_fmt)))
            container.mux(stream.encode(None))
        return path

    return make


@pytest.fixture
def sound_clip(tmp_path: Path) -> Path:
    path = tmp_path / "sound.m4a"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 4410), np.float32), "fltp", "stereo")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
