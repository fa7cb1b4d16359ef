"""Open a clip safely: local files only, no playlists, sane sizes, errors as sentences."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.errors import VideoError
from gaitcam.vocabulary import CPU, GPU

# Demuxers of real video files; none of them follows a reference to another file or address.
FORMATS = "mov,mp4,matroska,webm,avi,mpegts,mpeg,3gp,flv,ogg,asf"
LARGEST_SIDE_PX = 8192
# Sound may go on for a little after the last picture.
KEPT_FRACTION = 0.95
LARGEST_PICTURE_PX = 8192 * 4608
# A picture may grow after the first: the decoder holds the limit, too.
DECODER_OPTIONS = {"max_pixels": str(LARGEST_PICTURE_PX)}
OPEN_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file", **DECODER_OPTIONS}


@dataclass(frozen=True, slots=True, eq=False)
class FrameTimes:
    """When a clip's frames are shown: ``pts`` ascending without repeats, in ``tick_s`` seconds.

    ``keyframe_pts`` are the moments at which decoding can start; ``repeated`` frames have the time
    of another one.
    """

    pts: NDArray[np.int64]
    keyframe_pts: NDArray[np.int64]
    tick_s: float
    repeated: int = 0

    @property
    def shown_s(self) -> FloatArray:
        """When each frame is shown, (F,) seconds from the first one on the clip's own clock."""
        return np.asarray((self.pts - self.pts[0]) * self.tick_s, float)


@contextmanager
def open_video(path: Path, device: str = CPU) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open the clip at ``path`` and its first true video stream; `VideoError` when it cannot.

    On the ``device`` ``gpu`` the clip is decoded by hardware, if there is some that can.
    """
    _check_file(path)
    try:
        container = (_open_on_hardware(path) if device == GPU else None) or _open(path)
    except (av.FFmpegError, OSError) as problem:
        raise VideoError(
            f"{path} cannot be read as a video ({_reason(problem)}): "
            "use the clip as the phone saved it (MP4 or MOV)"
        ) from problem
    with container:
        stream = _video_stream(container, path)
        _check_size(stream, path)
        stream.codec_context.options = DECODER_OPTIONS
        yield container, stream


def _open(path: Path, hardware: HWAccel | None = None) -> InputContainer:
    # "file:" keeps a name such as "http:x.mp4" from being taken for an address.
    return av.open(
        f"file:{path}", options=OPEN_OPTIONS, metadata_errors="replace", hwaccel=hardware
    )


def _open_on_hardware(path: Path) -> InputContainer | None:
    """Open the clip with the first kind of hardware that decodes it; None where there is none."""
    for kind in hwdevices_available():
        try:
            container = _open(path, HWAccel(device_type=kind, allow_software_fallback=True))
        except (av.FFmpegError, OSError):
            continue
        if container.streams.video and container.streams.video[0].codec_context.is_hwaccel:
            return container
        container.close()
    return None


def read_frame_times(path: Path) -> FrameTimes:
    """Return the times of all frames by reading the packets without decoding them.

    Frames that an edit list hides are left out.  Raises `VideoError` when the clip has no
    frame or its data end too early.  A file that has not changed is read once.
    """
    facts = _check_file(path)
    return _read_frame_times(path, (facts.st_size, facts.st_mtime_ns))


@lru_cache(maxsize=1)
def _read_frame_times(path: Path, _version: tuple[int, int]) -> FrameTimes:
    """Return the times of all frames of one version of a file."""
    shown: list[int] = []
    keyframes: list[int] = []
    with open_video(path) as (container, stream):
        tick_s = float(stream.time_base or 0) or 1 / 90_000
        step = _ticks_per_frame(stream, tick_s)
        _check_whole(stream, path)
        try:
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard:
                    continue
                time = packet.pts if packet.pts is not None else packet.dts
                shown.append(len(shown) * step if time is None else time)
                if packet.is_keyframe:
                    keyframes.append(shown[-1])
        except (av.FFmpegError, OSError) as problem:
            seconds = (max(shown) - min(shown)) * tick_s if shown else 0.0
            raise VideoError(
                f"{path} is cut short or damaged: only its first {seconds:.1f} s can be read "
                f"({_reason(problem)}); copy the clip from the phone again"
            ) from problem
        promised_s = _promised_s(container)
    if not shown:
        raise VideoError(f"{path} holds no video frames: record or copy the clip again")
    end_s = max(shown) * tick_s
    if end_s < KEPT_FRACTION * promised_s - 0.5:
        raise VideoError(
            f"{path} is cut short: it ends at {end_s:.1f} s of {promised_s:.1f} s; "
            "copy the clip from the phone again"
        )
    pts = np.unique(np.array(shown, np.int64))
    keyframe_pts = np.unique(np.array(keyframes, np.int64))
    return FrameTimes(pts, keyframe_pts, tick_s, len(shown) - len(pts))


def _promised_s(container: InputContainer) -> float:
    """Return the time at which a Matroska or WebM file says that it ends; it can be cut anywhere.

    0 for other files: theirs is found out by `_check_whole`, or guessed from what is there.
    """
    is_matroska = "matroska" in container.format.name
    return (container.duration or 0) / 1e6 if is_matroska else 0.0


def _check_whole(stream: VideoStream, path: Path) -> None:
    """Raise `VideoError` when the clip's index names frames beyond the end of the file."""
    size = path.stat().st_size
    entries = stream.index_entries
    beyond = sum(entry.pos + entry.size > size for entry in entries)
    if beyond:
        raise VideoError(
            f"{path} is cut short: {beyond} of its {len(entries)} frames are missing; "
            "copy the clip from the phone again"
        )


def _ticks_per_frame(stream: VideoStream, tick_s: float) -> int:
    """Return the frame distance to assume where a file carries no times."""
    rate = float(stream.average_rate or stream.guessed_rate or 30)
    return max(1, round(1 / (rate * tick_s)))


def _check_file(path: Path) -> os.stat_result:
    """Return facts about a file; `VideoError` unless it is an ordinary one that holds something."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        raise VideoError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as problem:
        raise VideoError(f"{path} cannot be opened ({_reason(problem)})") from problem
    if stat.S_ISDIR(facts.st_mode):
        raise VideoError(f"{path} is a folder: name the video file in it")
    if not stat.S_ISREG(facts.st_mode):
        raise VideoError(f"{path} is not an ordinary file: save the clip as a file first")
    if facts.st_size == 0:
        raise VideoError(f"{path} is empty (0 bytes): copy the clip from the phone again")
    return facts


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the first moving video stream; a cover picture is none."""
    cover = av.stream.Disposition.attached_pic
    for stream in container.streams.video:
        if not stream.disposition & cover:
            return stream
    if container.streams.audio:
        raise VideoError(f"{path} holds sound but no video: choose a video file")
    raise VideoError(f"{path} holds no video: choose a video file")


def _check_size(stream: VideoStream, path: Path) -> None:
    """Raise `VideoError` for sizes that no phone writes, and for codecs that are unknown."""
    if stream.codec_context is None:
        raise VideoError(f"{path} uses a video codec that is not supported: save it as H.264")
    width, height = stream.codec_context.width, stream.codec_context.height
    if width <= 0 or height <= 0:
        raise VideoError(f"{path} is damaged, or its picture is larger than 8K")
    width = round(width * max(1.0, pixel_aspect(stream)))
    if max(width, height) > LARGEST_SIDE_PX or width * height > LARGEST_PICTURE_PX:
        raise VideoError(f"{path} is {width}x{height} px, more than 8K: scale it down to 1080p")


def pixel_aspect(stream: VideoStream) -> float:
    """Return the width of a pixel over its height; 1 where nothing sensible is stored."""
    aspect = float(stream.sample_aspect_ratio or 1)
    return aspect if 0.2 < aspect < 5 else 1.0


def _reason(problem: Exception) -> str:
    """Return the system's own short reason, without codes and paths."""
    return str(getattr(problem, "strerror", None) or problem).lower()
