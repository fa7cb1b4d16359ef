"""Measures of a stick-figure runner whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.gait.cycles import cut_steps
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.metrics.catalog import FRAME_METRICS, RUN_METRICS, STEP_METRICS, SUMMARY_METRICS
from gaitcam.metrics.measure import measure_gait, summarise_steps
from gaitcam.metrics.tables import RunSummary, StepTable
from gaitcam.metrics.timing import FEW_CONTACTS, measure_rhythm
from gaitcam.vocabulary import KEYPOINT_INDEX, EventKind, Side
from tests.running import landmarks_from, mirrored, regular_events, running_points, with_left_closer


def summary_of(points: np.ndarray, cadence_spm: float = 168.0) -> RunSummary:
    track = clean_keypoints(landmarks_from(points), CleaningSettings(), 1.76)
    return measure_gait(track, regular_events(cadence_spm=cadence_spm))[2]


@pytest.mark.parametrize("cadence_spm", [140.0, 168.0, 200.0])
def test_cadence_is_that_of_the_contacts(cadence_spm: float) -> None:
    summary = summary_of(running_points(cadence_spm=cadence_spm), cadence_spm)
    assert summary.value("cadence_spm") == pytest.approx(cadence_spm, abs=0.01)


@pytest.mark.parametrize(
    ("contacts", "is_joined"), [(FEW_CONTACTS, True), (FEW_CONTACTS + 1, False)]
)
def test_few_contacts_are_joined_with_the_legs_rhythm_as_the_catalog_says(
    contacts: int, is_joined: bool
) -> None:
    track = clean_keypoints(landmarks_from(running_points(cadence_spm=166.0)), CleaningSettings())
    events = regular_events(seconds=8.0, cadence_spm=168.0)
    landings = events.of(EventKind.INITIAL_CONTACT)
    kept = GaitEvents(tuple(e for e in events if e.time_s < landings[contacts].time_s))
    cadence = measure_gait(track, kept)[2].value("cadence_spm")
    assert (166.0 < cadence < 167.99) == is_joined
    definition = next(row for row in RUN_METRICS if row.key == "cadence_spm").definition
    assert f"3 to {FEW_CONTACTS} contacts" in definition
    assert "rhythm of the legs' movement" in definition


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


def test_a_step_that_lands_outside_the_picture_yields_times_only() -> None:
    points, events = running_points(), regular_events()
    landing = events.events[0]
    near = slice(0, round(60 * landing.time_s) + 3)
    points[near, KEYPOINT_INDEX[f"{landing.side}_foot_index"], 0] = 1300.0
    track = clean_keypoints(landmarks_from(points), CleaningSettings(), 1.76)
    steps = measure_gait(track, events)[1]
    assert np.isnan(steps.columns["foot_inclination_at_ic_deg"][0])
    assert np.isnan(steps.columns["overstride_m"][0])
    assert steps.columns["contact_time_s"][0] == pytest.approx(0.25, abs=1e-6)
    assert np.isfinite(steps.columns["overstride_m"][2])


def test_every_step_metric_has_a_usual_scatter_and_an_error_of_its_own() -> None:
    for row in STEP_METRICS:
        assert row.usual_scatter > 0, row.key
        assert row.method_error > 0, row.key


def test_a_doubtful_contact_hardly_moves_the_cadence() -> None:
    events = list(regular_events())
    last = max(i for i, e in enumerate(events) if e.kind is EventKind.INITIAL_CONTACT)
    late = replace(events[last], time_s=events[last].time_s + 0.06)
    sure = GaitEvents((*events[:last], late))
    doubtful = GaitEvents((*events[:last], replace(late, confidence=0.1)))
    errors = [abs(60.0 / measure_rhythm(e).step_s - 168.0) for e in (sure, doubtful)]
    assert errors[0] > 0.5
    assert errors[1] < 0.05


def test_the_bounce_of_left_and_right_steps_counts_alike_whichever_comes_more_often() -> None:
    values = np.array([0.08, 0.04, 0.08, 0.04, 0.08])
    row = next(row for row in STEP_METRICS if row.key == "vertical_oscillation_m")
    steps = cut_steps(regular_events(cadence_spm=168.0))[:5]
    summary = summarise_steps(StepTable(steps, {row.key: values}), row)
    assert summary.overall.value == pytest.approx(0.06)
    assert summary.overall.n == 5
    assert summary.left is None


def test_a_roll_in_doubt_widens_both_sides_alike_and_not_their_difference() -> None:
    row = next(row for row in STEP_METRICS if row.key == "shank_angle_at_ic_deg")
    steps = cut_steps(regular_events(cadence_spm=168.0))
    table = StepTable(steps, {row.key: np.full(len(steps), 8.0)})
    sure, doubtful = (summarise_steps(table, row, doubt_deg) for doubt_deg in (0.0, 1.5))
    assert sure.left is not None
    assert doubtful.left is not None
    wider = [
        (two.high - two.low) ** 2 - (one.high - one.low) ** 2
        for one, two in ((sure.overall, doubtful.overall), (sure.left, doubtful.left))
    ]
    assert wider == pytest.approx([(2 * 1.96 * 1.5) ** 2] * 2)
    assert doubtful.difference == sure.difference


def test_bounce_is_measured_without_the_head_in_the_picture() -> None:
    points = running_points()
    whole = summary_of(points).value("vertical_oscillation_m")
    points[:, [KEYPOINT_INDEX["left_ear"], KEYPOINT_INDEX["right_ear"]]] = np.nan
    assert summary_of(points).value("vertical_oscillation_m") == pytest.approx(whole, rel=0.05)
