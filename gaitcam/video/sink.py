"""Write an H.264 clip that any browser plays, with the source's own times."""

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gaitcam.errors import OutputError

# Fine enough for any phone's clock; 90 kHz is what video tools expect.
TICK = Fraction(1, 90_000)
FRAMES_WAITING = 2
# The quickest preset, which looks nowhere but at the same place of the last picture, with those
# tools back that give the most for their time: finer steps where they show, softened edges of
# blocks, two sizes of transform.  Half the time of "veryfast" at the same likeness to the
# original, for one and a half to twice the bytes.  More threads than two cost more than they save.
ENCODER_OPTIONS = {
    "preset": "ultrafast",
    "crf": "22",
    "x264-params": "aq-mode=1:deblock=0,0:8x8dct=1:partitions=i4x4:threads=2",
}


class VideoSink:
    """Takes frames in order; made by `open_sink`.

    Colours are converted and coded in a thread of its own, while the next frame is drawn.
    """

    def __init__(self, container: OutputContainer, width: int, height: int, rate_hz: float) -> None:
        """Prepare an H.264 stream for frames of ``width`` x ``height`` (odd sizes lose a line)."""
        self._container = container
        self._width, self._height = width - width % 2, height - height % 2
        self._stream = _h264_stream(container, self._width, self._height, rate_hz)
        # Both serve every frame: new memory costs as much as the conversion.
        self._colours = np.empty((self._height * 3 // 2, self._width), np.uint8)
        self._frame = VideoFrame(self._width, self._height, "yuv420p")
        self._coder = ThreadPoolExecutor(1, thread_name_prefix="sink")
        self._waiting: deque[Future[None]] = deque()
        self._first_s: float | None = None
        self._last_pts = -1

    def write(self, image: NDArray[np.uint8], shown_s: float) -> None:
        """Append an RGB ``image`` (height, width, 3) at ``shown_s``; the first one starts at 0.

        The caller must not change ``image`` afterwards.
        """
        if self._first_s is None:
            self._first_s = shown_s
        self._last_pts = max(round((shown_s - self._first_s) / TICK), self._last_pts + 1)
        self._waiting.append(self._coder.submit(self._code, image, self._last_pts))
        if len(self._waiting) > FRAMES_WAITING:
            self._waiting.popleft().result()

    def finish(self) -> None:
        """Code what still waits."""
        while self._waiting:
            self._waiting.popleft().result()
        self._container.mux(self._stream.encode(None))

    def close(self) -> None:
        """Drop what still waits and end the thread."""
        self._coder.shutdown(cancel_futures=True)

    def _code(self, image: NDArray[np.uint8], pts: int) -> None:
        even = image[: self._height, : self._width]
        # Three times as fast as leaving the conversion to the encoder's scaler.
        cv2.cvtColor(even, cv2.COLOR_RGB2YUV_I420, dst=self._colours)
        self._frame.make_writable()
        _fill(self._frame, self._colours.reshape(-1))
        self._frame.pts, self._frame.time_base = pts, TICK
        self._container.mux(self._stream.encode(self._frame))


def _fill(frame: VideoFrame, stored: NDArray[np.uint8]) -> None:
    """Copy planes that lie one after the other into those of ``frame``."""
    start = 0
    for plane in frame.planes:
        shape = (plane.height, plane.width)
        end = start + plane.height * plane.width
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows[: plane.height, : plane.width] = stored[start:end].reshape(shape)
        start = end


@contextmanager
def open_sink(path: Path, width: int, height: int, rate_hz: float) -> Iterator[VideoSink]:
    """Give a `VideoSink`; ``path`` appears whole when the block ends well, else not at all.

    ``rate_hz`` is the typical frame rate; the frames' own times count.  Raises `OutputError`
    when the file cannot be written.
    """
    draft: Path | None = None
    try:
        draft = _make_draft(path)
        with (
            av.open(str(draft), "w", format="mp4", options={"movflags": "+faststart"}) as file,
            closing(VideoSink(file, width, height, rate_hz)) as sink,
        ):
            yield sink
            sink.finish()
        draft.replace(path)
    except (av.FFmpegError, OSError) as problem:
        reason = str(getattr(problem, "strerror", None) or problem).lower()
        raise OutputError(f"{path} cannot be written ({reason})") from problem
    finally:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()


def _make_draft(path: Path) -> Path:
    """Create an empty private file beside ``path``."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    os.close(handle)
    return Path(name)


def _h264_stream(
    container: OutputContainer, width: int, height: int, rate_hz: float
) -> VideoStream:
    """Add the H.264 stream; its clock ticks 90,000 times a second."""
    rate = Fraction(rate_hz).limit_denominator(1001)
    stream = container.add_stream("libx264", rate=rate, options=ENCODER_OPTIONS)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    _tag_colours(stream.codec_context)
    stream.codec_context.time_base = TICK
    stream.time_base = TICK
    return stream


def _tag_colours(encoder: VideoCodecContext) -> None:
    """Say what `VideoSink.write` makes, so that no player has to guess by the picture's size."""
    encoder.colorspace = Colorspace.ITU601
    encoder.color_range = ColorRange.MPEG
    encoder.color_primaries = ColorPrimaries.BT709
    encoder.color_trc = ColorTrc.BT709
