"""Pictures written into planes are those that a viewer sees."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from gaitcam.video.info import Frame
from gaitcam.video.picture import Picture
from gaitcam.video.planes import STANDARD, ColourCode, Planes, stored_code
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from gaitcam.video.upright import Display, Orientation

BT709 = ColourCode(matrix=1)
COLOURS = [(255, 255, 255), (14, 18, 26), (255, 176, 32), (96, 190, 255), (200, 10, 60)]


def empty_planes(width: int, height: int) -> Planes:
    return Planes.of(VideoFrame(width, height, "yuv420p"))


def first_frame(path: Path) -> Frame:
    settings = VideoSettings()
    return next(iter(read_frames(probe_video(path, settings), settings)))


def stored(pix_fmt: str = "yuv420p", size: tuple[int, int] = (64, 48)) -> VideoFrame:
    return VideoFrame(*size, pix_fmt)


def as_rgb(planes: Planes) -> np.ndarray:
    """Return planes in `STANDARD` as RGB."""
    width, height = planes.size
    flat = np.concatenate([part.reshape(-1) for part in planes.parts])
    stored = flat.reshape(height * 3 // 2, width)
    return np.asarray(cv2.cvtColor(stored, cv2.COLOR_YUV2RGB_I420))


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(
    ("code", "space"), [(STANDARD, Colorspace.ITU601), (BT709, Colorspace.ITU709)]
)
def test_a_colour_has_the_numbers_that_the_video_library_gives_it(
    colour: tuple[int, int, int], code: ColourCode, space: Colorspace
) -> None:
    image = np.full((16, 16, 3), colour, np.uint8)
    frame = VideoFrame.from_ndarray(image, "rgb24")
    frame = frame.reformat(format="yuv420p", dst_colorspace=space, dst_color_range=ColorRange.MPEG)
    expected = [part[4, 4] for part in Planes.of(frame).parts]
    assert code.from_rgb() @ (*colour, 1.0) == pytest.approx(expected, abs=1.5)


@pytest.mark.parametrize("turn", list(product([False, True], repeat=3)))
def test_planes_are_turned_upright_like_pictures(turn: tuple[bool, bool, bool]) -> None:
    orientation = Orientation(*turn)
    source = empty_planes(64, 48)
    for part in source.parts:
        part[:] = np.arange(part.size).reshape(part.shape) % 251
    upright = empty_planes(*((48, 64) if orientation.transpose else (64, 48)))
    upright.copy(source, orientation)
    for part, expected in zip(upright.parts, source.parts, strict=True):
        assert (part == orientation.apply(expected)).all()


@pytest.mark.parametrize(
    "clip",
    [
        {},
        {"rotation_deg": 90},
        {"rotation_deg": -90},
        {"rotation_deg": 180},
        {"pixel_aspect": Fraction(2)},
        {"size": (66, 50)},
        {"codec": "ffv1", "name": "clip.mkv", "size": (65, 49)},
        {"pix_fmt": "yuvj420p"},
        {"pix_fmt": "yuv422p"},
        {"pix_fmt": "yuv420p10le"},
    ],
    ids=str,
)
def test_what_is_written_is_what_is_shown(make_clip: Any, clip: dict[str, Any]) -> None:
    frame = first_frame(make_clip(**clip))
    height, width = (side - side % 2 for side in frame.picture.shape[:2])
    planes = empty_planes(width, height)
    frame.write(planes, frame.code)
    away = np.abs(as_rgb(planes).astype(int) - frame.image[:height, :width])
    assert np.median(away) <= 2
    assert np.mean(away > 40) < 0.05  # edges of colour: half the size


def test_a_plain_picture_is_not_converted(make_clip: Any) -> None:
    frame = first_frame(make_clip())
    planes = empty_planes(64, 48)
    frame.write(planes, frame.code)
    assert isinstance(frame.picture, Picture)
    original = Planes.of(frame.picture._stored)
    for part, expected in zip(planes.parts, original.parts, strict=True):
        assert (part == expected).all()


def test_the_sources_own_matrix_is_kept_and_an_unknown_one_said() -> None:
    frame = stored()
    display = Display.of(frame, 1.0)
    assert stored_code(frame, display) == STANDARD
    frame.colorspace = Colorspace.ITU709
    assert stored_code(frame, display) == BT709


def test_what_cannot_be_shown_as_stored_is_converted() -> None:
    full = stored()
    full.color_range = ColorRange.JPEG
    bright = stored()
    bright.color_trc = 18  # hybrid log-gamma
    odd, deep = stored(size=(65, 48)), stored("yuv420p10le")
    for frame in (full, bright, odd, deep):
        assert stored_code(frame, Display.of(frame, 1.0)) is None
    wide = stored()
    assert stored_code(wide, Display.of(wide, 2.0)) is None


def test_a_picture_in_another_code_than_the_clip_is_converted(make_clip: Any) -> None:
    frame = first_frame(make_clip())
    planes = empty_planes(64, 48)
    frame.write(planes, BT709)
    assert np.median(np.abs(as_rgb(planes).astype(int) - frame.image)) <= 2


def test_columns_are_a_part_of_the_same_memory() -> None:
    planes = empty_planes(64, 48)
    for part in planes.parts:
        part[:] = 0
    right = planes.columns(32, 64)
    right.fill(np.full((48, 32, 3), 200, np.uint8))
    assert right.size == (32, 48)
    assert (planes.brightness[:, :32] == 0).all()
    assert (planes.brightness[:, 32:] > 150).all()
    assert (planes.blue[:, 16:] == 128).all()
