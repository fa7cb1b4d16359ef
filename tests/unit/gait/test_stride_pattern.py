"""Strides laid over one another: shifts are found, gaps ignored, misfits seen."""

import warnings

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.foot_paths import GRID_HZ
from gaitcam.gait.stride_pattern import (
    HIP_HEIGHT,
    align_strides,
    common_curve,
    cut_windows,
    fit_strides,
)

STRIDE_S = 0.7


def channels(seconds: float = 6.0) -> FloatArray:
    """Seventeen smooth channels that repeat with the stride."""
    turns = 2 * np.pi * np.arange(round(seconds * GRID_HZ)) / GRID_HZ / STRIDE_S
    return np.stack(
        [0.3 * np.cos(turns + row) + 0.1 * np.sin(2 * turns + row) for row in range(HIP_HEIGHT + 1)]
    )


ANCHORS_S: FloatArray = np.array([0.7 + STRIDE_S * stride for stride in range(6)])


def test_strides_that_were_placed_roughly_come_to_lie_a_stride_apart() -> None:
    rough = ANCHORS_S + np.array([0.0, 0.015, -0.012, 0.008, -0.02, 0.01])
    pattern = align_strides(channels(), 0.0, rough)
    assert np.allclose(np.diff(pattern.anchor_s), STRIDE_S, atol=0.0005)
    assert np.isclose(pattern.anchor_s.mean(), rough.mean())


def test_a_landmark_that_sits_elsewhere_in_one_stride_does_not_move_it() -> None:
    moved = channels()
    moved[3, : round(1.05 * GRID_HZ)] += 0.04
    pattern = align_strides(moved, 0.0, ANCHORS_S)
    assert np.allclose(pattern.anchor_s, ANCHORS_S, atol=0.001)


def test_a_stride_half_outside_the_data_is_fitted_to_the_curve_of_the_others() -> None:
    known = align_strides(channels(), 0.0, ANCHORS_S)
    edge = fit_strides(channels(), 0.0, np.array([0.015]), known.shape)
    assert np.isclose(edge.anchor_s[0], 0.0, atol=0.002)
    assert 0.4 < edge.known[0] < 0.6


def test_without_data_nothing_is_known_and_nothing_moves() -> None:
    known = align_strides(channels(), 0.0, ANCHORS_S)
    outside = fit_strides(channels(), 0.0, np.array([-2.0]), known.shape)
    assert outside.known[0] == 0.0
    assert np.isnan(outside.misfit[0])
    assert outside.anchor_s[0] == -2.0


def test_the_common_curve_ignores_one_wrong_stride_of_three() -> None:
    windows = cut_windows(channels(), 0.0, ANCHORS_S[:3])
    right = windows[0].copy()
    windows[1] += 1.0
    assert np.allclose(common_curve(windows), right, atol=1e-3)


def test_the_common_curve_is_the_median_of_what_is_known() -> None:
    chance = np.random.default_rng(7)
    windows = chance.normal(size=(12, 17, 115))
    windows[chance.random(windows.shape) < 0.3] = np.nan
    windows[:, 3, :9] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a place that nobody knows
        wanted = np.nanmedian(windows, axis=0)
    assert np.array_equal(common_curve(windows), wanted, equal_nan=True)
