"""The camera's path from pictures of a known wall, seen by a camera that moves as told."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.video.background import BackgroundWatch, find_camera_path
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.info import Frame, VideoInfo

WIDTH, HEIGHT, RATE_HZ = 640, 360, 30.0
RUNNER = np.array([250.0, 60.0, 390.0, 330.0])


def a_video() -> VideoInfo:
    return VideoInfo(
        Path("wall.mp4"), "", WIDTH, HEIGHT, 30, RATE_HZ, RATE_HZ, 1.0, 0, 1.0, False, "h264"
    )


def wall() -> np.ndarray:
    random = np.random.default_rng(3)
    coarse = random.integers(40, 215, (90, 200), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (2000, 900), interpolation=cv2.INTER_CUBIC))


def film(shift: FloatArray, roll_deg: FloatArray) -> CameraPath:
    """Return what is found of a camera under which the wall shifts and rolls as given."""
    watch, scene = BackgroundWatch(a_video()), wall()
    time_s = np.arange(len(shift)) / RATE_HZ
    for index, (moved, roll) in enumerate(zip(shift, roll_deg, strict=True)):
        turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -float(roll), 1.0)
        away = np.array([[1, 0, moved[0] - 700], [0, 1, moved[1] - 270]])
        to_picture = turn @ np.vstack([away, [0, 0, 1]])
        grey = cv2.warpAffine(scene, to_picture, (WIDTH, HEIGHT))
        grey[60:330, 250:390] = 90 + 60 * (index % 2)  # a runner who is always somewhere else
        watch.see(Frame(index, float(time_s[index]), float(time_s[index]), np.dstack([grey] * 3)))
    boxes = np.tile(RUNNER, (len(shift), 1))
    return find_camera_path(watch, time_s, boxes, (WIDTH, HEIGHT))


def test_a_camera_on_a_tripod_is_still() -> None:
    path = film(np.zeros((20, 2)), np.zeros(20))
    assert path.is_known
    assert path.is_still(WIDTH)


def test_a_shaking_camera_is_followed_to_a_fraction_of_a_pixel() -> None:
    phase = np.arange(40) / 40 * 6 * np.pi
    shift = np.stack([8 * np.sin(phase), 5 * np.sin(1.3 * phase)], axis=1)
    roll = 0.8 * np.sin(0.7 * phase)
    path = film(shift, roll)
    assert not path.is_still(WIDTH)
    assert path.roll_deg - path.roll_deg[0] == pytest.approx(roll - roll[0], abs=0.05)
    assert path.shift_px == pytest.approx(shift - shift[0], abs=0.7)


def test_a_pan_is_followed_beyond_the_first_picture() -> None:
    shift = np.stack([-12.0 * np.arange(40), np.zeros(40)], axis=1)
    path = film(shift, np.zeros(40))
    assert path.shift_px[-1, 0] == pytest.approx(shift[-1, 0], abs=4.0)


def test_a_blank_wall_tells_nothing() -> None:
    watch = BackgroundWatch(a_video())
    for index in range(10):
        watch.see(Frame(index, index / 30, index / 30, np.full((HEIGHT, WIDTH, 3), 128, np.uint8)))
    path = find_camera_path(watch, np.arange(10) / 30, np.tile(RUNNER, (10, 1)), (WIDTH, HEIGHT))
    assert not path.is_known
