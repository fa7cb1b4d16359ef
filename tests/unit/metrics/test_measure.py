"""Measures of a stick-figure runner whose truth is known, and the arithmetic of intervals."""

import numpy as np
import pytest

from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.metrics.catalog import FRAME_METRICS, SUMMARY_METRICS
from gaitcam.metrics.measure import estimate_from_steps, measure_gait
from gaitcam.metrics.tables import RunSummary
from gaitcam.vocabulary import Side
from tests.running import landmarks_from, mirrored, regular_events, running_points, with_left_closer


def summary_of(points: np.ndarray, cadence_spm: float = 168.0) -> RunSummary:
    track = clean_keypoints(landmarks_from(points), CleaningSettings(), 1.76)
    return measure_gait(track, regular_events(cadence_spm=cadence_spm))[2]


@pytest.mark.parametrize("cadence_spm", [140.0, 168.0, 200.0])
def test_cadence_is_that_of_the_contacts(cadence_spm: float) -> None:
    summary = summary_of(running_points(cadence_spm=cadence_spm), cadence_spm)
    assert summary.value("cadence_spm") == pytest.approx(cadence_spm, abs=0.01)


def test_times_of_a_step_add_up() -> None:
    summary = summary_of(running_points())
    step_s = 60.0 / 168.0
    assert summary.value("contact_time_s") == pytest.approx(0.25, abs=1e-6)
    assert summary.value("flight_time_s") == pytest.approx(step_s - 0.25, abs=1e-6)
    assert summary.value("duty_factor_ratio") == pytest.approx(0.25 / (2 * step_s), abs=1e-6)


@pytest.mark.parametrize("lean_deg", [-5.0, 0.0, 12.0])
def test_trunk_lean_is_that_of_the_figure_but_for_the_shoulders_known_shift(
    lean_deg: float,
) -> None:
    lean = summary_of(running_points(lean_deg=lean_deg)).value("trunk_lean_deg")
    assert lean == pytest.approx(lean_deg, abs=0.7)


def test_a_mirrored_runner_has_the_same_measures_with_left_and_right_exchanged() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings(), 1.76)
    mirror = clean_keypoints(
        with_left_closer(landmarks_from(mirrored(running_points()))), CleaningSettings(), 1.76
    )
    left, right = "ankle_to_hip_left_leg_ratio", "ankle_to_hip_right_leg_ratio"
    seen = measure_gait(track, regular_events())[0].columns
    in_mirror = measure_gait(mirror, regular_events())[0].columns
    assert np.allclose(seen[right], in_mirror[left], atol=1e-6)
    assert np.allclose(seen[left], in_mirror[right], atol=1e-6)


def test_a_larger_picture_of_the_same_runner_measures_the_same() -> None:
    points = running_points()
    centre = np.array([640.0, 360.0])
    half = summary_of(centre + 0.5 * (points - centre))
    whole = summary_of(points)
    for key in ("trunk_lean_deg", "vertical_oscillation_m", "knee_flexion_at_ic_deg"):
        assert half.value(key) == pytest.approx(whole.value(key), rel=0.02, abs=0.1)


def test_every_catalog_row_is_measured_and_has_a_column() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    frames, steps, summary = measure_gait(track, regular_events())
    assert list(summary.metrics) == [row.key for row in SUMMARY_METRICS]
    assert set(steps.columns) <= set(summary.metrics)
    for row in FRAME_METRICS:
        names = {row.column(side) for side in Side}
        assert names <= set(frames.columns)


def test_metres_are_unknown_without_a_height() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    summary = measure_gait(track, regular_events())[2]
    assert np.isnan(summary.value("overstride_m"))
    assert np.isfinite(summary.value("overstride_leg_ratio"))


def test_the_interval_narrows_with_steps_but_never_below_the_methods_error() -> None:
    random = np.random.default_rng(3)
    few = estimate_from_steps(random.normal(0, 1, 8), 0.5)
    many = estimate_from_steps(random.normal(0, 1, 800), 0.5)
    assert many.high - many.low < few.high - few.low
    assert many.high - many.low >= 2 * 1.96 * 0.5


def test_the_interval_of_the_median_holds_the_truth_in_about_95_percent_of_runs() -> None:
    random = np.random.default_rng(4)
    held = 0
    for _ in range(1000):
        bias = random.normal(0, 1.0)
        estimate = estimate_from_steps(bias + random.normal(0, 2.0, 12), 1.0)
        held += estimate.low <= 0 <= estimate.high
    assert 0.92 <= held / 1000 <= 0.985


def test_steps_that_were_not_measured_do_not_count() -> None:
    estimate = estimate_from_steps([1.0, np.nan, 3.0], 0.1)
    assert (estimate.value, estimate.n) == (2.0, 2)
    assert not estimate_from_steps([np.nan], 0.1).is_known
