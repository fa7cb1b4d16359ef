"""A part of a picture, cut out of what is stored, is that part of the picture as shown."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from gaitcam.video.picture import Picture, warp_rgb
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from gaitcam.video.upright import Display

# A square of 40 px, turned by 0.2 rad about the middle of a 64 x 48 picture, and one beyond it.
COS, SIN = np.cos(0.2), np.sin(0.2)
TURNED = np.array([[COS, -SIN, 10.0], [SIN, COS, 3.0]])
BEYOND = np.array([[2.0, 0.0, -10.0], [0.0, 2.0, -12.0]])


def first_picture(path: Path) -> Picture:
    settings = VideoSettings()
    picture = next(iter(read_frames(probe_video(path, settings), settings))).picture
    assert isinstance(picture, Picture)
    return picture


def assert_alike(part: np.ndarray, shown: np.ndarray) -> None:
    """Edges of colour may differ: they are stored at half the size."""
    away = np.abs(part.astype(int) - shown.astype(int))
    assert np.median(away) <= 2
    assert np.mean(away > 40) < 0.05


@pytest.mark.parametrize("to_picture", [TURNED, BEYOND])
@pytest.mark.parametrize(
    "clip",
    [
        {},
        {"rotation_deg": 90},
        {"rotation_deg": -90},
        {"rotation_deg": 180},
        {"pixel_aspect": Fraction(2)},
        {"pixel_aspect": Fraction(4, 3), "rotation_deg": 90},
        {"pix_fmt": "yuvj420p"},
        {"pix_fmt": "yuv444p"},
        {"pix_fmt": "yuv420p10le"},
    ],
    ids=str,
)
def test_a_part_is_cut_from_the_upright_picture(
    make_clip: Any, clip: dict[str, Any], to_picture: np.ndarray
) -> None:
    picture = first_picture(make_clip(**clip))
    assert picture.shape == picture.rgb.shape
    for border in (cv2.BORDER_REPLICATE, cv2.BORDER_CONSTANT):
        assert_alike(
            picture.warp(to_picture, 40, border), warp_rgb(picture.rgb, to_picture, 40, border)
        )


@pytest.mark.parametrize("matrix", [Colorspace.ITU601, Colorspace.ITU709])
@pytest.mark.parametrize("reach", [ColorRange.MPEG, ColorRange.JPEG])
@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv420p10le"])
def test_colours_follow_the_matrix_and_the_range_of_the_file(
    matrix: Colorspace, reach: ColorRange, pix_fmt: str
) -> None:
    plain = np.zeros((32, 32, 3), np.uint8)
    plain[:] = (180, 90, 40)
    stored = VideoFrame.from_ndarray(plain, format="rgb24").reformat(
        format=pix_fmt, dst_colorspace=matrix, dst_color_range=reach
    )
    stored.colorspace, stored.color_range = int(matrix), int(reach)
    part = Picture(stored, Display.of(stored, 1.0)).warp(np.eye(2, 3), 32, cv2.BORDER_REPLICATE)
    assert np.abs(part.astype(int) - plain).max() <= 3


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, -90])
def test_grey_is_upright_and_thinned_out(make_clip: Any, rotation_deg: int) -> None:
    picture = first_picture(make_clip(rotation_deg=rotation_deg))
    wanted = cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY)[::2, ::2].astype(float)
    grey = picture.grey(2).astype(float)
    assert grey.shape == wanted.shape
    assert np.corrcoef(grey.ravel(), wanted.ravel())[0, 1] > 0.98


def test_the_whole_picture_is_converted_once(make_clip: Any) -> None:
    picture = first_picture(make_clip())
    assert picture.rgb is picture.rgb


@pytest.mark.parametrize("transfer", [16, 18])
def test_light_of_high_dynamic_range_is_toned_down_in_a_part_as_in_the_whole(transfer: int) -> None:
    plain = np.tile(np.arange(64, dtype=np.uint8)[:, None, None] * 4, (1, 64, 3))
    stored = VideoFrame.from_ndarray(plain, format="rgb24").reformat(format="yuv420p10le")
    stored.color_trc, stored.colorspace = transfer, 9
    picture = Picture(stored, Display.of(stored, 1.0))
    part = picture.warp(np.eye(2, 3), 64, cv2.BORDER_REPLICATE)
    assert np.abs(part.astype(int) - picture.rgb)[2:-2].max() <= 6
