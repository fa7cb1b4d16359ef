"""Arms: measured where they are seen."""

from dataclasses import replace

import numpy as np

from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.metrics.measure import measure_gait
from gaitcam.metrics.tables import Estimate, RunSummary
from gaitcam.vocabulary import KEYPOINT_INDEX, Side
from tests.running import landmarks_from, regular_events, running_points

ARM_METRICS = ("elbow_flexion_deg", "arm_swing_deg")


def summary_with_hidden_elbow(side: Side) -> RunSummary:
    landmarks = landmarks_from(running_points())
    visibility = landmarks.visibility.copy()
    visibility[:, KEYPOINT_INDEX[f"{side}_elbow"]] = 0.1
    hidden = replace(landmarks, visibility=visibility)
    return measure_gait(clean_keypoints(hidden, CleaningSettings()), regular_events())[2]


def sides_of(summary: RunSummary, key: str) -> tuple[Estimate, Estimate]:
    metric = summary.metrics[key]
    assert metric.left is not None
    assert metric.right is not None
    return metric.left, metric.right


def test_an_arm_that_the_trunk_hides_is_not_measured() -> None:
    summary = summary_with_hidden_elbow(Side.LEFT)
    for key in ARM_METRICS:
        left, right = sides_of(summary, key)
        assert np.isnan(left.value)
        assert left.n == 0
        assert summary.metrics[key].overall.value == right.value


def test_both_arms_are_measured_where_both_are_seen() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    summary = measure_gait(track, regular_events())[2]
    for key in ARM_METRICS:
        assert all(np.isfinite(side.value) for side in sides_of(summary, key))
