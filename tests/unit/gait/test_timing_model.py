"""The shipped weights: complete, readable, and careful with what they do not know."""

import numpy as np
import pytest

from gaitcam.gait.foot_paths import trace_feet
from gaitcam.gait.legs import follow_leg
from gaitcam.gait.swings import estimate_stride_s, find_swings
from gaitcam.gait.timing_model import load_timing_model
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.vocabulary import EventKind, Side
from tests.running import landmarks_from, running_points


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_measure_that_a_model_reads_is_taken_of_a_leg(kind: EventKind) -> None:
    paths = trace_feet(clean_keypoints(landmarks_from(running_points()), CleaningSettings()))
    stride_s = estimate_stride_s(paths)
    leg = follow_leg(paths, find_swings(paths, stride_s), Side.LEFT, stride_s)
    assert leg is not None
    assert set(load_timing_model(kind).names) <= set(leg.measures)


@pytest.mark.parametrize("kind", list(EventKind))
def test_a_leg_of_which_nothing_is_known_is_taken_as_usual(kind: EventKind) -> None:
    model = load_timing_model(kind)
    assert model.delay_s({}, 0.7) == pytest.approx(model.intercept_s)


@pytest.mark.parametrize("kind", list(EventKind))
def test_an_absurd_measure_moves_the_event_no_further_than_a_rare_one(kind: EventKind) -> None:
    model = load_timing_model(kind)
    for name in model.names:
        rare = model.delay_s({name: 1e6}, 0.7) - model.intercept_s
        assert abs(rare) <= 3.001 * np.abs(model.weight).max()


@pytest.mark.parametrize("kind", list(EventKind))
def test_uncertainty_shrinks_with_strides_and_never_with_a_longer_frame_interval(
    kind: EventKind,
) -> None:
    model = load_timing_model(kind)
    assert model.uncertainty_s(1 / 30, 10) >= model.uncertainty_s(1 / 240, 10)
    assert model.uncertainty_s(1 / 60, 2) > model.uncertainty_s(1 / 60, 20)
    assert 0.004 < model.uncertainty_s(1 / 60, 10) < 0.03
