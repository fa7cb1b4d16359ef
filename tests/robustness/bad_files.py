"""Files that are no clip, or none that can be read: each must be refused in one sentence."""

import os
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

Maker = Callable[[Path, Path], Path]


@dataclass(frozen=True, slots=True)
class Bad:
    """A file made by ``make(folder, clip)``; the refusal must contain ``words``."""

    title: str
    words: str
    make: Maker


def _text(name: str, content: str) -> Maker:
    def make(folder: Path, clip: Path) -> Path:
        path = folder / name
        path.write_text(content.replace("CLIP", str(clip)), encoding="utf-8")
        return path

    return make


def _bytes(change: Callable[[bytes], bytes]) -> Maker:
    def make(folder: Path, clip: Path) -> Path:
        path = folder / "changed.mp4"
        path.write_bytes(change(clip.read_bytes()))
        return path

    return make


def _existing(path: str) -> Maker:
    return lambda folder, clip: Path(path)


def _folder(folder: Path, clip: Path) -> Path:
    return folder


def _missing(folder: Path, clip: Path) -> Path:
    return folder / "missing.mp4"


def _pipe(folder: Path, clip: Path) -> Path:
    path = folder / "pipe.mp4"
    os.mkfifo(path)
    return path


def _loop(folder: Path, clip: Path) -> Path:
    path = folder / "loop.mp4"
    path.symlink_to(path)
    return path


def _sound(folder: Path, clip: Path) -> Path:
    path = folder / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        frame = AudioFrame.from_ndarray(np.zeros((2, 4410), np.float32), "fltp", "stereo")
        frame.sample_rate = 44_100
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def _picture(suffix: str) -> Maker:
    def make(folder: Path, clip: Path) -> Path:
        path = folder / f"picture{suffix}"
        cv2.imwrite(str(path), np.full((90, 160, 3), 90, np.uint8))
        return path.rename(path.with_suffix(".mp4"))

    return make


def _flat(width: int, height: int, codec: str = "ffv1", aspect: int = 1) -> Maker:
    """Make a clip of two grey pictures: gigantic ones are packed into little."""

    def make(folder: Path, clip: Path) -> Path:
        path = folder / "flat.mkv"
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=30)
            assert isinstance(stream, VideoStream)
            stream.width, stream.height = width, height
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "gray"
            stream.codec_context.sample_aspect_ratio = Fraction(aspect)
            frame = VideoFrame.from_ndarray(np.full((height, width), 90, np.uint8), format="gray")
            frame = frame.reformat(format=stream.pix_fmt)
            for index in range(2):
                frame.pts, frame.time_base = index, Fraction(1, 30)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return make


def _leaping_clock(folder: Path, clip: Path) -> Path:
    """Copy a clip so that its clock leaps by a day after ten frames."""
    path = folder / "leap.mkv"
    with av.open(str(clip)) as source, av.open(str(path), "w") as container:
        stream = source.streams.video[0]
        copy = container.add_stream_from_template(stream)
        for index, packet in enumerate(source.demux(stream)):
            if packet.pts is None or packet.dts is None or index == 20:
                break
            day = int(86_400 / (stream.time_base or 1)) if index >= 10 else 0
            packet.pts, packet.dts = packet.pts + day, packet.dts + day
            packet.stream = copy
            container.mux(packet)
    return path


def _without_samples(content: bytes) -> bytes:
    """Empty the table of an MP4's samples."""
    place = content.index(b"stsz") + 12
    return content[:place] + struct.pack(">I", 0) + content[place + 4 :]


def _grown_picture(content: bytes) -> bytes:
    """Let the MP4's own boxes claim a gigantic picture; its stream says otherwise."""
    place = content.index(b"avc1") + 28
    return content[:place] + struct.pack(">HH", 65_535, 65_535) + content[place + 4 :]


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _index_lost(content: bytes) -> bytes:
    return content.replace(b"moov", b"lost")


def _forbidden(folder: Path, clip: Path) -> Path:
    path = folder / "forbidden.mp4"
    shutil.copy(clip, path)
    path.chmod(0)
    return path


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
NO_VIDEO = "cannot be read as a video"

BAD_FILES = (
    Bad("no such file", "no such file", _missing),
    Bad("a folder", "is a folder", _folder),
    Bad("a device, /dev/zero", "not an ordinary file", _existing("/dev/zero")),
    Bad("a device, /dev/null", "not an ordinary file", _existing("/dev/null")),
    Bad("a pipe that nobody writes to", "not an ordinary file", _pipe),
    Bad("a link to itself", "cannot be opened", _loop),
    Bad("empty file", "is empty", _text("empty.mp4", "")),
    Bad("text", NO_VIDEO, _text("text.mp4", "this is no video")),
    Bad("web page", NO_VIDEO, _text("page.mp4", "<!doctype html><title>x</title>")),
    Bad("playlist of a local file", NO_VIDEO, _text("list.mp4", PLAYLIST.format("CLIP"))),
    Bad("playlist of an address", NO_VIDEO, _text("list.m3u8", PLAYLIST.format("http://[::1]/"))),
    Bad("list of files to join", NO_VIDEO, _text("x.mp4", "ffconcat version 1.0\nfile 'CLIP'\n")),
    Bad("session description", NO_VIDEO, _text("x.sdp", "v=0\nm=video 5004 RTP/AVP 96\n")),
    Bad("photo, PNG", NO_VIDEO, _picture(".png")),
    Bad("photo, JPEG", NO_VIDEO, _picture(".jpg")),
    Bad("sound only", "sound but no video", _sound),
    Bad("no frames", "holds no video frames|no frame can be decoded", _bytes(_without_samples)),
    Bad("first half of an MP4", f"{NO_VIDEO}|cut short", _bytes(_half)),
    Bad("MP4 without its index", NO_VIDEO, _bytes(_index_lost)),
    Bad("gigantic width", "8400x16 px", _flat(8400, 16)),
    Bad("gigantic picture packed small", "larger than 8K", _flat(8192, 4700, "mjpeg")),
    Bad("gigantic by wide pixels", "16000x240 px", _flat(4000, 240, "libx264", 4)),
    Bad("clock leaps by a day", "its clock leaps", _leaping_clock),
)

TAKEN_FILES = (
    Bad("two frames", "2 frames", _flat(160, 90)),
    Bad("MP4 whose boxes claim 65535x65535", "frames", _bytes(_grown_picture)),
)
