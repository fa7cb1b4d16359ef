"""Read a clip: what it is, and its frames one at a time, upright and with true times."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from gaitcam.arrays import BoolArray
from gaitcam.errors import SettingsError, VideoError
from gaitcam.video.container import FrameTimes, open_video, pixel_aspect, read_frame_times
from gaitcam.video.decoding import decode
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.memory import give_pictures_back
from gaitcam.video.picture import Picture
from gaitcam.video.upright import Display
from gaitcam.vocabulary import CPU, DEVICES

CAPTURE_RATE_TAG = "com.android.capture.fps"
# Decoding starts this much before the wanted time, so that the first frames are whole.
SEEK_MARGIN_S = 1.0
# Up to this much before it, pictures that no other one builds on need not be decoded.
SKIP_MARGIN_S = 0.3
# A time from frame to frame is unusual that differs from the median by more than this part of it,
# and by more than the clock's own rounding; of a steady clip no more than one in a hundred does.
UNUSUAL_STEP, ONE_TICK = 0.25, 1.01
MOST_UNUSUAL = 0.01
# A clip is given up when the times of more than this share of its frames run backwards.
BACKWARD_FRACTION = 0.2
FEW_FRAMES = 10
# Two frames further apart cannot belong to one run.
LONGEST_LEAP_S = 60.0


@dataclass(frozen=True, slots=True)
class VideoSettings:
    """Which part of a clip to read, and how fast the camera really ran.

    ``start_s`` and ``end_s`` are seconds on the clip's own clock, as a player shows them
    (``end_s`` None: to the end).  ``capture_fps`` is the camera's frame rate where the clip is
    slow motion and does not say so itself.  ``device`` ``gpu``: decode by hardware, if there is
    some that can.
    """

    start_s: float = 0.0
    end_s: float | None = None
    capture_fps: float | None = None
    device: str = CPU

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and self.start_s >= 0):
            raise SettingsError(f"start: expected seconds from 0 on, got {self.start_s}")
        if self.end_s is not None and not self.end_s > self.start_s:
            raise SettingsError(f"end: expected more than start ({self.start_s}), got {self.end_s}")
        if self.device not in DEVICES:
            raise SettingsError(
                f"device: expected one of {', '.join(DEVICES)}, got {self.device!r}"
            )
        if self.capture_fps is not None and not 1 <= self.capture_fps <= 10_000:
            raise SettingsError(f"capture-fps: expected 1 to 10000, got {self.capture_fps}")


def probe_video(path: Path, settings: VideoSettings) -> VideoInfo:
    """Return what the clip at ``path`` is; decodes its first frame only.

    Raises `VideoError` when it is not a readable video.
    """
    times = read_frame_times(path)
    with open_video(path) as (container, stream):
        first = _first_picture(container, stream, path, times, settings)
        if first is None:
            raise VideoError(f"{path}: no frame can be decoded; copy the clip from the phone again")
        tags = {**container.metadata, **stream.metadata}
        display = Display.of(first, pixel_aspect(stream))
        codec = stream.codec_context.name
        fallback_hz = float(stream.average_rate or stream.guessed_rate or 30)
    steps_s = np.diff(times.pts) * times.tick_s
    step_s, is_variable = _usual_step(times, 1 / fallback_hz)
    scale = _time_scale(1 / step_s, tags, settings)
    return VideoInfo(
        path=path,
        sha256=checksum(path),
        width=display.shown_size[0],
        height=display.shown_size[1],
        frame_count=len(times.pts),
        frame_rate_hz=1 / (step_s * scale),
        container_rate_hz=1 / step_s,
        duration_s=(float(steps_s.sum()) + step_s) * scale,
        rotation_deg=display.orientation.rotation_deg,
        time_scale=scale,
        is_variable_rate=is_variable,
        codec=codec,
        repeated_frames=times.repeated,
        is_speed_told=settings.capture_fps is not None or scale != 1.0,
    )


def _usual_step(times: FrameTimes, fallback_s: float) -> tuple[float, bool]:
    """Return the usual time from frame to frame [s], and whether others are not rare.

    A coarse clock rounds it: 1/60 s is 16 or 17 ticks of a millisecond, in turn, and their
    median would be a rate that the camera never had.  So it is the mean of all that are usual.
    """
    ticks = np.diff(times.pts)
    if not ticks.size:
        return fallback_s, False
    middle = float(np.median(ticks))
    is_usual = np.abs(ticks - middle) <= max(UNUSUAL_STEP * middle, ONE_TICK)
    is_variable = bool(np.mean(~is_usual) > MOST_UNUSUAL)
    # Of two kinds of step that are equally many, neither may be near their median.
    usual = ticks[is_usual] if is_usual.any() else ticks
    return float(usual.mean()) * times.tick_s, is_variable


def _first_picture(
    container: InputContainer,
    stream: VideoStream,
    path: Path,
    times: FrameTimes,
    settings: VideoSettings,
) -> VideoFrame | None:
    """Return the first picture that is whole; where the clip begins damaged, of the part chosen."""
    try:
        return next(decode(container, stream, path, len(times.pts)), None)
    except VideoError:
        if settings.start_s == 0.0:
            raise
    everything = np.ones(len(times.pts), dtype=np.bool_)
    return next((each for each, _ in _read_pictures(path, times, settings, everything)), None)


def read_frames(
    video: VideoInfo, settings: VideoSettings, only: Iterable[int] | None = None
) -> Iterator[Frame]:
    """Yield the frames between ``settings.start_s`` and ``end_s``, one at a time.

    ``only``: the numbers of the frames that are wanted; the others cost no conversion, and no
    decoding either where no other one builds on them.
    A frame whose time repeats or runs back is left out, so times always ascend.  The same
    frame is bit-identical whatever the start.  Raises `VideoError` for damaged clips, when the
    clock cannot be believed, and when no frame lies between start and end.
    """
    give_pictures_back()
    times = read_frame_times(video.path)
    clock = _Clock(video.path, times, settings)
    is_wanted = np.full(len(times.pts), only is None)
    if only is not None:
        is_wanted[np.fromiter(only, np.intp)] = True
    is_empty = True
    for picture, display in _read_pictures(video.path, times, settings, is_wanted):
        shown_s = clock.read(picture)
        if shown_s is None or shown_s < settings.start_s:
            continue
        if settings.end_s is not None and shown_s > settings.end_s:
            break
        is_empty = False
        if is_wanted[clock.index]:
            yield Frame(clock.index, shown_s * video.time_scale, shown_s, Picture(picture, display))
    if is_empty:
        raise VideoError(
            f"{video.path} has no frames from {settings.start_s:g} s on "
            f"(it is {video.duration_s / video.time_scale:.1f} s long): choose another start"
        )


def all_around(video: VideoInfo, part: VideoSettings) -> VideoSettings:
    """Return settings for the whole clip, or what its clock shows without a leap around a part."""
    shown_s = read_frame_times(video.path).shown_s
    leaps = np.flatnonzero(np.diff(shown_s) > LONGEST_LEAP_S)
    first = int(np.searchsorted(shown_s, part.start_s))
    before, after = leaps[leaps < first], leaps[leaps >= first]
    return replace(
        part,
        start_s=float(shown_s[before[-1] + 1]) if before.size else 0.0,
        end_s=float(shown_s[after[0]]) if after.size else None,
    )


def check_clock(video: VideoInfo, part: VideoSettings) -> None:
    """Raise `VideoError` when the clip's clock leaps within a part, without decoding it."""
    end_s = math.inf if part.end_s is None else part.end_s
    shown_s = read_frame_times(video.path).shown_s
    shown_s = shown_s[(shown_s >= part.start_s) & (shown_s <= end_s)]
    for row in np.flatnonzero(np.diff(shown_s) > LONGEST_LEAP_S):
        raise _leap(video.path, float(shown_s[row]), float(shown_s[row + 1]))


def _leap(path: Path, from_s: float, to_s: float) -> VideoError:
    return VideoError(
        f"{path}: its clock leaps from {from_s:.1f} s to {to_s:.1f} s; "
        f"choose a part on one side of the leap with start or end"
    )


def count_lost(numbers: Sequence[int], video: VideoInfo, settings: VideoSettings) -> int:
    """Return how many frames are missing among those read, of which ``numbers`` are given."""
    first = 0 if settings.start_s == 0.0 else int(numbers[0])
    last = video.frame_count - 1 if settings.end_s is None else int(numbers[-1])
    return last + 1 - first - len(numbers)


class _Clock:
    """Tells when pictures are shown, by the times that the file's packets carry."""

    def __init__(self, path: Path, times: FrameTimes, part: VideoSettings) -> None:
        self.index = -1
        self._path, self._times = path, times
        self._start_s = part.start_s
        self._end_s = math.inf if part.end_s is None else part.end_s
        self._last_s = -1.0
        self._read = self._back = 0

    def read(self, picture: VideoFrame) -> float | None:
        """Return seconds from the file's first frame; None where the time does not ascend.

        ``index`` is then the picture's number in the file.
        """
        pts = self._times.pts
        following = min(self.index + 1, len(pts) - 1)
        stamp = int(pts[following]) if picture.pts is None else picture.pts
        shown_s = (stamp - int(pts[0])) * self._times.tick_s
        self._check(shown_s)
        if shown_s <= self._last_s:
            return None
        self._last_s = shown_s
        self.index = max(following, min(int(np.searchsorted(pts, stamp)), len(pts) - 1))
        return shown_s

    def _check(self, shown_s: float) -> None:
        """Raise `VideoError` when the clock leaps ahead or keeps running back within the part."""
        if 0 <= self._last_s < self._start_s or shown_s > self._end_s:
            return
        self._read += 1
        self._back += shown_s < self._last_s
        if self._back > max(FEW_FRAMES, BACKWARD_FRACTION * self._read):
            raise VideoError(
                f"{self._path}: the times of its frames run backwards near {self._last_s:.1f} s, "
                "so nothing can be timed; export the clip again"
            )
        if 0 <= self._last_s < shown_s - LONGEST_LEAP_S:
            raise _leap(self._path, self._last_s, shown_s)


def _read_pictures(
    path: Path, times: FrameTimes, settings: VideoSettings, is_wanted: BoolArray
) -> Iterator[tuple[VideoFrame, Display]]:
    """Decode from a keyframe well before the start, or from the first frame."""
    display: Display | None = None
    start_s = settings.start_s
    with open_video(path, settings.device) as (container, stream):
        # Half a tick: a start just the margin after a keyframe must not miss it by rounding.
        wanted = times.pts[0] + (start_s - SEEK_MARGIN_S) / times.tick_s + 0.5
        safe = times.keyframe_pts[times.keyframe_pts <= wanted]
        if safe.size:
            container.seek(int(safe[-1]), stream=stream, backward=True)
        whole_from = int(times.pts[0] + (start_s - SKIP_MARGIN_S) / times.tick_s)

        def is_needed(pts: int) -> bool:
            row = min(int(np.searchsorted(times.pts, pts)), len(times.pts) - 1)
            return pts >= whole_from and bool(is_wanted[row])

        for picture in decode(container, stream, path, len(times.pts), is_needed):
            display = display or Display.of(picture, pixel_aspect(stream))
            yield picture, display


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


def checksum(path: Path) -> str:
    """Return the checksum of the file at ``path``, read in pieces."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise VideoError(f"{path} cannot be read ({problem.strerror})") from problem
