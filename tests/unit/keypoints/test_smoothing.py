"""The filter has no lag, keeps gaps as gaps, and works on unequal intervals."""

import numpy as np
import pytest

from gaitcam.keypoints.smoothing import known_runs, local_quadratic, low_pass


def wave(time_s: np.ndarray, hz: float) -> np.ndarray:
    return np.stack([np.sin(2 * np.pi * hz * time_s), np.cos(2 * np.pi * hz * time_s)], axis=1)


@pytest.mark.parametrize("rate_hz", [24.0, 60.0, 240.0])
def test_slow_movement_passes_without_lag(rate_hz: float) -> None:
    time_s = np.arange(round(4 * rate_hz)) / rate_hz
    path = wave(time_s, 1.5)
    middle = slice(len(path) // 4, -len(path) // 4)
    assert np.abs(low_pass(path, time_s, 8.0) - path)[middle].max() < 0.02


def test_quick_trembling_is_taken_out() -> None:
    time_s = np.arange(480) / 120.0
    smooth = low_pass(wave(time_s, 40.0), time_s, 8.0)
    assert np.abs(smooth[60:-60]).max() < 0.05


def test_a_gap_stays_a_gap_and_does_not_spread() -> None:
    time_s = np.arange(240) / 60.0
    path = wave(time_s, 1.0)
    path[100:110] = np.nan
    smooth = low_pass(path, time_s, 8.0)
    assert np.array_equal(np.isnan(smooth), np.isnan(path))


def test_unequal_intervals_are_filtered_at_their_true_times() -> None:
    random = np.random.default_rng(2)
    time_s = np.cumsum(random.uniform(0.5, 1.5, 300)) / 60.0
    path = wave(time_s, 1.0)
    assert np.abs(low_pass(path, time_s, 8.0) - path)[40:-40].max() < 0.05


def test_known_runs_are_the_stretches_between_gaps() -> None:
    path = np.array([[np.nan], [1.0], [2.0], [np.nan], [3.0]])
    assert known_runs(path) == [(1, 3), (4, 5)]


def test_local_quadratic_reproduces_a_parabola_even_without_the_frame_itself() -> None:
    time_s = np.arange(60) / 60.0
    path = np.stack([time_s**2, 3 - time_s], axis=1)[:, None]
    fitted = local_quadratic(path, time_s, 0.1, leave_out=True)
    assert np.allclose(fitted, path, atol=1e-6)
