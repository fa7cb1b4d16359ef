"""Blur is measured whatever the picture shows, and only where the runner is."""

import cv2
import numpy as np
import pytest

from gaitcam.video.pictures import RUNNER_PX, crop_grey, measure_blur


def scene(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 255, (40, 40), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (400, 400), interpolation=cv2.INTER_NEAREST))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_more_blur_the_higher(seed: int) -> None:
    sharp = scene(seed)
    blurred = [cv2.GaussianBlur(sharp, (0, 0), width) for width in (0.5, 1, 2, 4)]
    values = [measure_blur(np.asarray(each, np.uint8)) for each in blurred]
    assert values == sorted(values)
    assert measure_blur(sharp) < 0.45
    assert values[-1] > 0.8


def test_blur_along_one_direction_counts() -> None:
    assert measure_blur(np.asarray(cv2.blur(scene(1), (25, 1)), np.uint8)) > 0.7


def test_the_runner_is_cut_out_and_scaled() -> None:
    picture = np.zeros((720, 1280, 3), np.uint8)
    picture[100:600, 500:700] = 200
    grey = crop_grey(picture, np.array([500.0, 100.0, 700.0, 600.0]))
    assert grey is not None
    assert grey.shape[0] == RUNNER_PX
    assert grey.mean() == pytest.approx(200, abs=1)


def test_nobody_and_a_runner_outside_give_no_cut() -> None:
    picture = np.zeros((720, 1280, 3), np.uint8)
    assert crop_grey(picture, np.full(4, np.nan)) is None
    assert crop_grey(picture, np.array([1300.0, 0.0, 1500.0, 700.0])) is None
