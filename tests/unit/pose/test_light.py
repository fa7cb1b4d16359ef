"""A dark cut-out is brightened for the networks; a bright one is not touched."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.pose.light import BRIGHT, brighten


def cut_out(middle: float, beside: float) -> NDArray[np.uint8]:
    """Return a cut-out with a runner of some grey values about ``middle`` in its middle."""
    random = np.random.default_rng(2)
    square = np.full((256, 256, 3), 255 * beside)
    square[:, 70:186] = 255 * middle * random.uniform(0.3, 1.7, (256, 116, 1))
    return np.asarray(np.clip(square, 0, 255), np.uint8)


@pytest.mark.parametrize("beside", [0.02, 0.5, 1.0])
def test_a_bright_runner_is_left_as_he_is(beside: float) -> None:
    square = cut_out(0.3, beside)
    assert brighten(square) is square


@pytest.mark.parametrize("beside", [0.02, 0.9])
def test_a_dark_runner_becomes_bright_whatever_is_beside_him(beside: float) -> None:
    bright = brighten(cut_out(0.06, beside))
    assert 0.3 < bright[:, 80:176].mean() / 255 < 0.6
    assert bright.dtype == np.uint8


def test_darker_stays_darker() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, None, None] // 5, 256, axis=1)
    raised = brighten(np.repeat(ramp, 3, axis=2))
    assert np.all(np.diff(raised[:, 100, 0].astype(int)) >= 0)


def test_there_is_no_jump_where_brightening_begins() -> None:
    below, above = cut_out(BRIGHT - 0.001, 0.5), cut_out(BRIGHT + 0.004, 0.5)
    assert abs(float(brighten(below).mean()) - float(brighten(above).mean())) < 3.0


def test_black_stays_black() -> None:
    black = np.zeros((256, 256, 3), np.uint8)
    assert brighten(black) is black
