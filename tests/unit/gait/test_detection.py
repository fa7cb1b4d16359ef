"""Events of a stick-figure runner: complete, in turn, on the clip's clock, none invented."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitError
from gaitcam.gait.cycles import is_alternating
from gaitcam.gait.detection import DetectionSettings, detect_events
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.vocabulary import KEYPOINT_INDEX, EventKind, Side
from tests.running import landmarks_from, mirrored, running_points, with_left_closer

STRIDE_S = 120.0 / 168.0
CONTACT, TOE_OFF = EventKind


def events_of(
    points: FloatArray, rate_hz: float = 60.0, time_s: FloatArray | None = None
) -> GaitEvents:
    track = clean_keypoints(landmarks_from(points, rate_hz, time_s), CleaningSettings())
    return detect_events(track, DetectionSettings())


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 120.0, 240.0])
def test_each_foot_lands_and_leaves_once_a_stride_at_every_frame_rate(rate_hz: float) -> None:
    events = events_of(running_points(rate_hz=rate_hz), rate_hz)
    assert is_alternating(events)
    for side in Side:
        kinds = [event.kind for event in events if event.side is side]
        assert all(first is not later for first, later in pairwise(kinds))
        for kind in EventKind:
            apart = np.diff(events.times_s(kind, side))
            assert len(apart) >= 3
            assert np.allclose(apart, STRIDE_S, atol=0.006)


def test_frame_rates_agree_on_the_times() -> None:
    fine = events_of(running_points(rate_hz=240.0), 240.0).times_s(CONTACT)
    coarse = events_of(running_points(rate_hz=30.0), 30.0).times_s(CONTACT)
    assert len(fine) == len(coarse)
    assert np.allclose(fine, coarse, atol=0.012)


def test_a_clip_that_starts_later_gives_times_on_its_own_clock() -> None:
    points = running_points()
    whole = events_of(points).times_s(CONTACT)
    later_s = np.arange(len(points)) / 60.0 + 5.0
    assert np.allclose(events_of(points, 60.0, later_s).times_s(CONTACT), whole + 5.0, atol=1e-6)


def test_a_variable_frame_rate_does_not_move_the_events() -> None:
    points = running_points(rate_hz=240.0)
    keep = np.sort(np.random.default_rng(3).choice(len(points), len(points) // 4, replace=False))
    steady = events_of(points, 240.0).times_s(CONTACT)
    uneven = events_of(points[keep], 60.0, keep / 240.0).times_s(CONTACT)
    inner = steady[(steady > 0.3) & (steady < 3.7)]
    nearest = np.abs(uneven[:, None] - inner).min(axis=0)
    assert nearest.max() < 0.015


def test_a_runner_seen_in_a_mirror_has_the_sides_exchanged_and_the_times_kept() -> None:
    points = running_points()
    seen = clean_keypoints(with_left_closer(landmarks_from(mirrored(points))), CleaningSettings())
    in_mirror = detect_events(seen, DetectionSettings())
    for side in Side:
        expected = events_of(points).times_s(CONTACT, side)
        assert np.allclose(in_mirror.times_s(CONTACT, side.other), expected, atol=0.001)


def test_size_in_the_picture_does_not_matter() -> None:
    points = running_points()
    half = points * 0.5
    assert np.allclose(
        events_of(half).times_s(CONTACT), events_of(points).times_s(CONTACT), atol=0.004
    )


def test_no_event_lies_where_the_runner_was_not_seen() -> None:
    points = running_points(seconds=6.0)
    gone = slice(120, 210)  # 2.0 to 3.5 s
    points[gone] = np.nan
    events = events_of(points)
    times = np.array([event.time_s for event in events])
    assert not np.any((times > 2.06) & (times < 3.44))
    whole = events_of(running_points(seconds=6.0)).times_s(CONTACT)
    seen = whole[(whole < 1.85) | (whole > 3.65)]
    found = events.times_s(CONTACT)
    assert all(np.min(np.abs(found - time_s)) < 0.015 for time_s in seen)


def test_a_foot_out_of_sight_makes_its_events_less_sure() -> None:
    landmarks = landmarks_from(running_points())
    feet = [KEYPOINT_INDEX[f"left_{p}"] for p in ("ankle", "heel", "foot_index")]
    visibility = landmarks.visibility.copy()
    visibility[:, feet] = 0.1
    track = clean_keypoints(replace(landmarks, visibility=visibility), CleaningSettings())
    events = detect_events(track, DetectionSettings())
    left, right = (
        float(np.mean([e.confidence for e in events if e.side is side]))
        for side in (Side.LEFT, Side.RIGHT)
    )
    assert left < 0.7 * right
    spread = {e.side: e.uncertainty_s for e in events}
    assert spread[Side.LEFT] > spread[Side.RIGHT]


def test_a_runner_who_stands_is_told_what_to_film() -> None:
    points = np.repeat(running_points()[:1], 200, axis=0)
    with pytest.raises(GaitError, match="0 foot contacts were found, at least 3 are needed"):
        events_of(points)


def test_too_few_contacts_are_an_error_and_how_few_is_a_setting() -> None:
    track = clean_keypoints(landmarks_from(running_points(seconds=1.2)), CleaningSettings())
    assert len(detect_events(track, DetectionSettings(least_contacts=1)).of(CONTACT)) < 8
    with pytest.raises(GaitError, match="film two or more strides"):
        detect_events(track, DetectionSettings(least_contacts=8))
