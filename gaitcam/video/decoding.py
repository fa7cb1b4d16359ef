"""Decode a clip picture by picture, and leave out what damage has spoilt."""

from collections.abc import Callable, Iterator
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from gaitcam.errors import VideoError

# A clip is given up when more than this share of its pictures is spoilt.
SPOILT_FRACTION = 0.2
FEW_PICTURES = 3


def decode(
    container: InputContainer,
    stream: VideoStream,
    path: Path,
    frame_count: int,
    is_wanted: Callable[[int], bool] = lambda _: True,
) -> Iterator[VideoFrame]:
    """Yield the pictures of ``stream``, which has about ``frame_count``.

    Of those whose time (in ticks) ``is_wanted`` denies, only the ones that others build on are
    decoded, and come, too.  A damaged packet spoils every later picture that builds on it: they
    are left out up to the next keyframe.  Raises `VideoError` when that is more than a few.
    """
    damage = _Damage(path, max(FEW_PICTURES, round(SPOILT_FRACTION * frame_count)))
    packets = 0
    try:
        # Some decoders (AV1's) read ``skip_frame`` once, when they are opened.
        stream.codec_context.open(strict=False)
        for packet in container.demux(stream):
            packets += 1
            is_idle = packet.pts is not None and not is_wanted(packet.pts) and not damage.is_on
            stream.codec_context.skip_frame = "NONREF" if is_idle else "DEFAULT"
            try:
                pictures = packet.decode()
            except av.FFmpegError:
                damage.begin(packet.pts)
                continue
            for picture in pictures:
                if not damage.spoils(picture):
                    yield picture
    except (av.FFmpegError, OSError) as problem:
        raise VideoError(
            f"{path} is cut short or damaged after frame {packets}; "
            "copy the clip from the phone again"
        ) from problem


class _Damage:
    """Knows from when on pictures are spoilt, and how many have been."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path, self._limit = path, limit
        self._spoilt = 0
        self._since: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether the pictures to come are spoilt; all of them are counted."""
        return self._since is not None

    def begin(self, pts: int | None) -> None:
        """Note that the picture of time ``pts`` is damaged."""
        self._count()
        if self._since is None:
            self._since = -1 if pts is None else pts

    def spoils(self, picture: VideoFrame) -> bool:
        """Whether ``picture`` is damaged itself or builds on a damaged one."""
        if picture.is_corrupt:
            self.begin(picture.pts)
            return True
        if self._since is None or (picture.pts is not None and picture.pts < self._since):
            return False
        if picture.key_frame:
            self._since = None
            return False
        self._count()
        return True

    def _count(self) -> None:
        self._spoilt += 1
        if self._spoilt > self._limit:
            raise VideoError(
                f"{self._path} is damaged: {self._spoilt} or more of its frames are spoilt; "
                "copy the clip from the phone again"
            )
