"""Write an H.264 clip that any browser plays, with the source's own times."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import av
import numpy as np
from av.container import OutputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gaitcam.errors import OutputError
from gaitcam.video.planes import STANDARD, ColourCode, Planes

# Fine enough for any phone's clock; 90 kHz is what video tools expect.
TICK = Fraction(1, 90_000)
PAGES = 6  # on their way to the coder; fewer leave cores idle, more bring nothing
# The quickest preset, which looks nowhere but at the same place of the last picture, with those
# tools back that give the most for their time: softened edges of blocks, small blocks where a
# picture begins; and no search for what might be left out.  One quantiser for all: to choose it
# picture by picture (crf) takes a third of the coding, and gives no better likeness for the bytes
# where the camera stands still.  Colours a little coarser: then they are as like as the brightness.
ENCODER_OPTIONS = {
    "preset": "ultrafast",
    "qp": "23",
    "x264-params": "deblock=0,0:partitions=i4x4:no-dct-decimate=1:chroma-qp-offset=3:threads=2",
}


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One picture on its way to the encoder: ``planes`` to write to, in a frame's memory."""

    frame: VideoFrame
    planes: Planes


class VideoSink:
    """Takes pictures in order; made by `open_sink`.

    They are coded in a thread of their own, while the next one is drawn.
    """

    def __init__(
        self, container: OutputContainer, size: tuple[int, int], rate_hz: float, code: ColourCode
    ) -> None:
        """Prepare an H.264 stream for pictures of ``size`` (odd ones lose a line)."""
        width, height = (side - side % 2 for side in size)
        self._container = container
        self._stream = _h264_stream(container, width, height, rate_hz, code)
        # The same few pages serve every picture: new memory costs as much as filling it.
        self._free: SimpleQueue[Page] = SimpleQueue()
        for _ in range(PAGES):
            self._free.put(_make_page(width, height))
        self._waiting: SimpleQueue[tuple[Page, int] | None] = SimpleQueue()
        self._failure: Exception | None = None
        self._coder = Thread(target=self._encode_all, name="sink", daemon=True)
        self._coder.start()
        self._first_s: float | None = None
        self._last_pts = -1

    def page(self) -> Page:
        """Return a page to write a picture to; it holds what an earlier one has left."""
        return self._free.get()

    def append(self, page: Page, shown_s: float) -> None:
        """Append what is on a ``page`` at ``shown_s``; the first one starts at 0.

        The page is the sink's again.
        """
        self._check()
        if self._first_s is None:
            self._first_s = shown_s
        self._last_pts = max(round((shown_s - self._first_s) / TICK), self._last_pts + 1)
        self._waiting.put((page, self._last_pts))

    def write(self, image: NDArray[np.uint8], shown_s: float) -> None:
        """Append an RGB ``image`` (height, width, 3), as `append` does."""
        page = self.page()
        page.planes.fill(image)
        self.append(page, shown_s)

    def finish(self) -> None:
        """Code what still waits."""
        self._end()
        self._check()
        self._container.mux(self._stream.encode(None))

    def close(self) -> None:
        """Drop what still waits and end the thread."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()
        self._end()

    def _end(self) -> None:
        self._waiting.put(None)
        self._coder.join()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _encode_all(self) -> None:
        """Code pages as they come; after a failure they are only given back."""
        while (item := self._waiting.get()) is not None:
            page, pts = item
            try:
                if self._failure is None:
                    self._encode(page, pts)
            except Exception as problem:  # raised again by the next `append`
                self._failure = problem
            self._free.put(page)

    def _encode(self, page: Page, pts: int) -> None:
        page.frame.pts, page.frame.time_base = pts, TICK
        self._container.mux(self._stream.encode(page.frame))


def _make_page(width: int, height: int) -> Page:
    frame = VideoFrame(width, height, "yuv420p")
    return Page(frame, Planes.of(frame))


@contextmanager
def open_sink(
    path: Path, width: int, height: int, rate_hz: float, code: ColourCode = STANDARD
) -> Iterator[VideoSink]:
    """Give a `VideoSink`; ``path`` appears whole when the block ends well, else not at all.

    ``rate_hz`` is the typical frame rate; the frames' own times count.  ``code``: what the
    numbers on its pages will mean.  Raises `OutputError` when the file cannot be written.
    """
    draft: Path | None = None
    try:
        draft = _make_draft(path)
        with (
            av.open(str(draft), "w", format="mp4", options={"movflags": "+faststart"}) as file,
            closing(VideoSink(file, (width, height), rate_hz, code)) as sink,
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
    container: OutputContainer, width: int, height: int, rate_hz: float, code: ColourCode
) -> VideoStream:
    """Add the H.264 stream; its clock ticks 90,000 times a second."""
    rate = Fraction(rate_hz).limit_denominator(1001)
    stream = container.add_stream("libx264", rate=rate, options=ENCODER_OPTIONS)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    _tag_colours(stream.codec_context, code)
    stream.codec_context.time_base = TICK
    stream.time_base = TICK
    return stream


def _tag_colours(encoder: VideoCodecContext, code: ColourCode) -> None:
    """Say what the numbers mean, so that no player has to guess by the picture's size."""
    encoder.colorspace = code.matrix
    encoder.color_range = ColorRange.MPEG
    encoder.color_primaries = code.primaries
    encoder.color_trc = code.transfer
