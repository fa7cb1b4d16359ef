"""Pictures in RGB out of memory that is used again."""

from fractions import Fraction

import numpy as np
import pytest
from av.video.frame import VideoFrame

from gaitcam.video.scaling import RgbScaler
from gaitcam.video.upright import Display

SIZE = (64, 48)


def a_frame(seed: int, size: tuple[int, int] = SIZE) -> VideoFrame:
    width, height = size
    planes = np.random.default_rng(seed).integers(16, 235, (height * 3 // 2, width), np.uint8)
    frame = VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = seed, Fraction(1, 30)
    return frame


@pytest.mark.parametrize("size", [SIZE, (128, 96)])
def test_the_colours_are_those_of_a_plain_conversion(size: tuple[int, int]) -> None:
    frame = a_frame(1, size)
    expected = frame.reformat(*SIZE, "rgb24").to_ndarray()
    assert np.array_equal(RgbScaler(*SIZE).scale(frame).to_ndarray(), expected)


def test_a_picture_in_use_is_not_overwritten() -> None:
    display = Display.of(a_frame(0), 1.0)
    pictures = [display.rgb(a_frame(seed)) for seed in range(20)]
    for seed, picture in enumerate(pictures):
        assert np.array_equal(picture, a_frame(seed).reformat(format="rgb24").to_ndarray())
        picture[:] = 0
