"""Read a clip: what it is, and its frames one at a time, upright and with true times."""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from gaitcam.errors import SettingsError, VideoError
from gaitcam.video.container import FrameTimes, open_video, read_frame_times
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.upright import Orientation, shown_size, upright_rgb

CAPTURE_RATE_TAG = "com.android.capture.fps"
# Decoding starts this much before the wanted time, so that the first frames are whole.
SEEK_MARGIN_S = 1.0
# A clip is given up when more than this fraction of its packets is damaged.
DAMAGED_FRACTION = 0.05


@dataclass(frozen=True, slots=True)
class VideoSettings:
    """Which part of a clip to read, and how fast the camera really ran.

    ``start_s`` and ``end_s`` are seconds on the clip's own clock, as a player shows them
    (``end_s`` None: to the end).  ``capture_fps`` is the camera's frame rate where the clip is
    slow motion and does not say so itself.
    """

    start_s: float = 0.0
    end_s: float | None = None
    capture_fps: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and self.start_s >= 0):
            raise SettingsError(f"start: expected seconds from 0 on, got {self.start_s}")
        if self.end_s is not None and not self.end_s > self.start_s:
            raise SettingsError(f"end: expected more than start ({self.start_s}), got {self.end_s}")
        if self.capture_fps is not None and not 1 <= self.capture_fps <= 10_000:
            raise SettingsError(f"capture-fps: expected 1 to 10000, got {self.capture_fps}")


def probe_video(path: Path, settings: VideoSettings) -> VideoInfo:
    """Return what the clip at ``path`` is; decodes its first frame only.

    Raises `VideoError` when it is not a readable video.
    """
    times = read_frame_times(path)
    with open_video(path) as (container, stream):
        first = next(_decoded(container, stream, path), None)
        if first is None:
            raise VideoError(f"{path}: no frame can be decoded; copy the clip from the phone again")
        tags = {**container.metadata, **stream.metadata}
        width, height = shown_size(first, _pixel_aspect(stream))
        codec = stream.codec_context.name
        fallback_hz = float(stream.average_rate or stream.guessed_rate or 30)
    steps_s = np.diff(times.pts) * times.tick_s
    step_s = float(np.median(steps_s)) if steps_s.size else 1 / fallback_hz
    scale = _time_scale(1 / step_s, tags, settings)
    return VideoInfo(
        path=path,
        sha256=_sha256(path),
        width=width,
        height=height,
        frame_count=len(times.pts),
        frame_rate_hz=1 / (step_s * scale),
        container_rate_hz=1 / step_s,
        duration_s=(float(steps_s.sum()) + step_s) * scale,
        rotation_deg=Orientation.of(first).rotation_deg,
        time_scale=scale,
        is_variable_rate=bool(np.mean(np.abs(steps_s - step_s) > 0.25 * step_s) > 0.01)
        if steps_s.size
        else False,
        codec=codec,
    )


def read_frames(video: VideoInfo, settings: VideoSettings) -> Iterator[Frame]:
    """Yield the frames between ``settings.start_s`` and ``end_s``, one at a time.

    A frame whose time repeats or runs back is left out, so times always ascend.  The same
    frame is bit-identical whatever the start.  Raises `VideoError` for damaged clips and when
    no frame lies between start and end.
    """
    times = read_frame_times(video.path)
    origin = int(times.pts[0])
    last = -1.0
    for picture, pixel_aspect in _read_pictures(video.path, times, settings.start_s):
        pts = picture.pts if picture.pts is not None else origin
        shown_s = (pts - origin) * times.tick_s
        if shown_s <= last or shown_s < settings.start_s:
            continue
        if settings.end_s is not None and shown_s > settings.end_s:
            break
        last = shown_s
        index = int(np.searchsorted(times.pts, pts))
        image = upright_rgb(picture, pixel_aspect)
        yield Frame(index, shown_s * video.time_scale, shown_s, image)
    if last < 0:
        raise VideoError(
            f"{video.path} has no frames from {settings.start_s:g} s on "
            f"(it is {video.duration_s / video.time_scale:.1f} s long): choose another start"
        )


def _read_pictures(
    path: Path, times: FrameTimes, start_s: float
) -> Iterator[tuple[VideoFrame, float]]:
    """Decode from a keyframe well before ``start_s``, or from the first frame."""
    with open_video(path) as (container, stream):
        wanted = times.pts[0] + (start_s - SEEK_MARGIN_S) / times.tick_s
        safe = times.keyframe_pts[times.keyframe_pts <= wanted]
        if safe.size:
            container.seek(int(safe[-1]), stream=stream, backward=True)
        aspect = _pixel_aspect(stream)
        for picture in _decoded(container, stream, path):
            yield picture, aspect


def _decoded(container: InputContainer, stream: VideoStream, path: Path) -> Iterator[VideoFrame]:
    """Decode frame by frame, passing over single damaged packets."""
    packets = damaged = 0
    try:
        for packet in container.demux(stream):
            packets += 1
            try:
                yield from packet.decode()
            except av.FFmpegError as problem:
                damaged += 1
                if damaged > max(3, DAMAGED_FRACTION * packets):
                    raise VideoError(
                        f"{path} is damaged: {damaged} of its first {packets} frames cannot be "
                        "decoded; copy the clip from the phone again"
                    ) from problem
    except (av.FFmpegError, OSError) as problem:
        raise VideoError(
            f"{path} is cut short or damaged after frame {packets}; "
            "copy the clip from the phone again"
        ) from problem


def _pixel_aspect(stream: VideoStream) -> float:
    """Return the width of a pixel over its height; 1 where nothing sensible is stored."""
    aspect = float(stream.sample_aspect_ratio or 1)
    return aspect if 0.2 < aspect < 5 else 1.0


def _time_scale(container_hz: float, tags: dict[str, str], settings: VideoSettings) -> float:
    """Return real seconds per second of the file.

    A phone that stores slow motion either keeps the true times (then the rate of the file is
    the camera's) or slows them and writes the camera's rate into a tag.
    """
    if settings.capture_fps is not None:
        return container_hz / settings.capture_fps
    try:
        capture_hz = float(tags.get(CAPTURE_RATE_TAG, "nan"))
    except ValueError:
        return 1.0
    ratio = container_hz / capture_hz if capture_hz > 0 else 1.0
    # A few percent apart is the rate's own wobble, not slow motion.
    return ratio if math.isfinite(ratio) and abs(ratio - 1) > 0.1 else 1.0


def _sha256(path: Path) -> str:
    """Return the checksum of the file at ``path``, read in pieces."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise VideoError(f"{path} cannot be read ({problem.strerror})") from problem
