"""A maker of difficult clips, from real pictures of the demonstration clip.

A `Recipe` says how a clip is stored; `write_clip` stores it; `expected` says what a reader
must then find.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import av
import cv2
import numpy as np
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

VideoPacket: TypeAlias = "Packet[VideoStream]"

TICK = Fraction(1, 90_000)
FRAMES = 12
SMALL = (160, 90)
QUIET = {"libx265": {"x265-params": "log-level=none:bframes=2", "preset": "ultrafast"}}


def even_times(rate_hz: float, frames: int = FRAMES) -> tuple[float, ...]:
    """Return the times of ``frames`` at an even rate."""
    return tuple(index / rate_hz for index in range(frames))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to store a clip.

    ``times_s`` are the frames' times as stored; ``turned_deg`` is what a player must turn the
    stored picture by, clockwise; ``colours`` are matrix, transfer and primaries (ITU-T H.273);
    ``hidden`` frames at the start are cut off by an edit list; ``gop`` frames lie between
    keyframes.
    """

    name: str = "clip.mp4"
    codec: str = "libx264"
    pix_fmt: str = "yuv420p"
    times_s: tuple[float, ...] = even_times(30)
    size: tuple[int, int] = SMALL
    turned_deg: int = 0
    pixel_aspect: Fraction | None = None
    colours: tuple[int, int, int] | None = None
    tags: dict[str, str] = field(default_factory=dict)
    has_sound: bool = False
    has_data: bool = False
    hidden: int = 0
    gop: int = 250


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader must find: upright size, and each frame's time [s] on the file's clock."""

    size: tuple[int, int]
    shown_s: tuple[float, ...]


def expected(recipe: Recipe) -> Expected:
    """Return what a reader must find in a clip made by ``recipe``."""
    width, height = recipe.size
    width = round(width * float(recipe.pixel_aspect or 1))
    times = recipe.times_s[recipe.hidden :]
    first = min(times)
    kept: list[float] = []
    for time_s in times:
        if not kept or time_s - first > kept[-1]:
            kept.append(time_s - first)
    size = (height, width) if recipe.turned_deg % 180 else (width, height)
    return Expected(size, tuple(kept))


def source_pictures(clip: Path, count: int = FRAMES, step: int = 4) -> list[NDArray[np.uint8]]:
    """Return ``count`` pictures of ``clip``, RGB: its first, and each ``step``-th after."""
    with av.open(str(clip)) as container:
        frames = list(islice(container.decode(video=0), 0, step * count, step))
    return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in frames]


def stored_picture(picture: NDArray[np.uint8], recipe: Recipe) -> NDArray[np.uint8]:
    """Return ``picture`` as the camera stores it: turned back, and in the stored size."""
    turns = (recipe.turned_deg // 90) % 4
    turned = np.rot90(picture, turns)  # anticlockwise; the player turns it clockwise again
    return np.asarray(cv2.resize(turned, recipe.size, interpolation=cv2.INTER_AREA), np.uint8)


def write_clip(recipe: Recipe, pictures: Sequence[NDArray[np.uint8]], path: Path) -> Path:
    """Store ``pictures`` (repeated as needed) at ``path`` as ``recipe`` says."""
    options = {"movflags": "use_metadata_tags"} if path.suffix in (".mp4", ".mov") else {}
    with av.open(str(path), "w", options=options) as container:
        container.metadata.update(recipe.tags)
        stream = _video_stream(container, recipe)
        packets = _encoded(stream, recipe, pictures)
        sound = container.add_stream("aac", rate=44_100) if recipe.has_sound else None
        for packet in packets:
            container.mux(packet)
        if sound is not None:
            frame = AudioFrame.from_ndarray(np.zeros((2, 8820), np.float32), "fltp", "stereo")
            frame.sample_rate = 44_100
            container.mux([*sound.encode(frame), *sound.encode(None)])
    if recipe.hidden:
        path.write_bytes(_hide_start(path.read_bytes(), recipe))
    return path


def _video_stream(container: OutputContainer, recipe: Recipe) -> VideoStream:
    options = dict(QUIET.get(recipe.codec, {}))
    stream = container.add_stream(recipe.codec, rate=30, options=options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = recipe.size
    stream.pix_fmt, stream.gop_size = recipe.pix_fmt, recipe.gop
    stream.time_base = stream.codec_context.time_base = TICK
    if recipe.codec == "libx265":
        stream.codec_context.codec_tag = "hvc1"
    if recipe.pixel_aspect is not None:
        stream.codec_context.sample_aspect_ratio = recipe.pixel_aspect
    if recipe.colours is not None:
        matrix, transfer, primaries = recipe.colours
        stream.codec_context.colorspace = matrix
        stream.codec_context.color_trc = transfer
        stream.codec_context.color_primaries = primaries
    if recipe.turned_deg:
        stream.set_display_rotation(-recipe.turned_deg)
    if recipe.has_data:
        stream.metadata["timecode"] = "01:00:00:00"  # the container adds a track for it
    return stream


def _encoded(
    stream: VideoStream, recipe: Recipe, pictures: Sequence[NDArray[np.uint8]]
) -> list[VideoPacket]:
    """Encode at even times, then give the packets the recipe's own times."""
    packets: list[VideoPacket] = []
    step = 3000
    for index in range(len(recipe.times_s)):
        picture = stored_picture(pictures[index % len(pictures)], recipe)
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame = frame.reformat(format=recipe.pix_fmt)
        frame.pts, frame.time_base = index * step, TICK
        packets += stream.encode(frame)
    packets += stream.encode(None)
    return [_retimed(packet, recipe.times_s, step) for packet in packets]


def _retimed(packet: VideoPacket, times_s: Sequence[float], step: int) -> VideoPacket:
    """Move a packet to its true time; the order of decoding stays as it was."""
    assert packet.pts is not None
    assert packet.dts is not None
    index, order = packet.pts // step, packet.dts // step
    packet.pts = round(times_s[index] / TICK)
    packet.dts = _decoding_time(times_s, order)
    packet.time_base = TICK
    return packet


def _decoding_time(times_s: Sequence[float], order: int) -> int:
    """Return a time that ascends with ``order`` and comes before every frame yet to be shown."""
    first = order if order >= 0 else 0
    earliest = round(min(times_s[first:]) / TICK) if first < len(times_s) else 0
    if list(times_s) == sorted(set(times_s)):
        return earliest if order >= 0 else earliest + order * 300
    return round(min(times_s) / TICK) - len(times_s) + order


def _hide_start(content: bytes, recipe: Recipe) -> bytes:
    """Let the edit list of an MP4 begin at the first frame that is not hidden."""
    place = content.index(b"elst") + 4
    assert content[place] == 0, "an edit list of version 0"
    begin = place + 12
    old = int.from_bytes(content[begin : begin + 4], "big")
    skipped = round((recipe.times_s[recipe.hidden] - recipe.times_s[0]) / TICK)
    return content[:begin] + (old + skipped).to_bytes(4, "big") + content[begin + 4 :]


def zeroed(clip: Path, frames: Sequence[int]) -> Path:
    """Set the data of some frames to zero."""
    content = bytearray(clip.read_bytes())
    with av.open(str(clip)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    for packet in (packets[number] for number in frames):
        assert packet.pos is not None
        content[packet.pos + 8 : packet.pos + packet.size] = bytes(packet.size - 8)
    damaged = clip.with_name("damaged.mp4")
    damaged.write_bytes(content)
    return damaged
