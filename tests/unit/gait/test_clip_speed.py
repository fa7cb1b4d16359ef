"""Cadence and gravity together tell at what speed a clip plays."""

import math

import numpy as np
import pytest

from gaitcam.gait.clip_speed import LEG_M, ClipSpeed, estimate_speed, measure_fall

NAN = math.nan
REAL = ClipSpeed(1.0, True, True)


@pytest.mark.parametrize("cadence_spm", [135.0, 150.0, 168.0, 185.0, 205.0])
@pytest.mark.parametrize("fall", [0.8, 1.0, 1.2, NAN])
def test_any_usual_run_plays_in_real_time(cadence_spm: float, fall: float) -> None:
    assert estimate_speed(cadence_spm, fall, 30.0) == REAL


@pytest.mark.parametrize(
    ("camera_hz", "file_hz"), [(60, 30), (120, 30), (240, 30), (120, 24), (240, 60), (120, 29.97)]
)
def test_slow_motion_is_undone_by_the_rate_of_a_camera(camera_hz: float, file_hz: float) -> None:
    slower = camera_hz / round(file_hz)
    for cadence_spm in (152.0, 168.0, 184.0):
        speed = estimate_speed(cadence_spm / slower, 0.9 * slower, file_hz)
        assert speed.slower == pytest.approx(slower)
        assert speed.is_sure


@pytest.mark.parametrize("faster", [1.5, 2.0, 3.0, 4.0])
def test_a_clip_that_was_sped_up_is_recognised(faster: float) -> None:
    speed = estimate_speed(168.0 * faster, 1.0 / faster, 30.0)
    assert speed.slower == pytest.approx(1 / faster)
    assert speed.is_sure


def test_a_sprinter_falls_as_fast_as_anybody_and_is_left_alone() -> None:
    assert estimate_speed(255.0, 1.05, 60.0).slower == 1.0
    assert estimate_speed(255.0, 1 / 1.6, 60.0).slower == pytest.approx(1 / 1.5)


def test_a_weak_suspicion_is_only_told() -> None:
    speed = estimate_speed(240.0, 1 / 1.35, 60.0)
    assert speed.slower == pytest.approx(1 / 1.5)
    assert not speed.is_sure


@pytest.mark.parametrize("cadence_spm", [2.0, 5000.0])
def test_an_absurd_cadence_is_called_impossible(cadence_spm: float) -> None:
    assert estimate_speed(cadence_spm, NAN, 30.0) == ClipSpeed(1.0, True, False)


@pytest.mark.parametrize("slower", [0.5, 1.0, 4.0])
def test_who_bounces_as_gravity_makes_it_falls_in_real_time(slower: float) -> None:
    time_s = np.arange(0.0, 6.0, 1 / 60)
    step_s = 0.36
    swing_m = 2.0 * 1.15 * 9.81 * (step_s / (2 * np.pi)) ** 2
    leg_px = 300.0
    swing_px = swing_m / LEG_M * leg_px
    height = 400.0 + 20.0 * time_s + 0.5 * swing_px * np.sin(2 * np.pi * time_s / step_s)
    height[40:50] = np.nan
    fall = measure_fall(height, slower * time_s, 2 * slower * step_s, leg_px)
    assert fall == pytest.approx(slower, rel=0.03)


def test_no_whole_stride_tells_nothing_of_gravity() -> None:
    assert math.isnan(measure_fall(np.arange(4.0), np.arange(4.0) / 30, 0.7, 100.0))
