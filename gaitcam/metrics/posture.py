"""Trunk, head and arms."""

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.track import KeypointTrack, keypoint
from gaitcam.metrics.definition import Gait
from gaitcam.metrics.geometry import (
    bend_deg,
    from_vertical_deg,
    known_part,
    value_at,
    within,
)
from gaitcam.vocabulary import Quality, Side

NAN = float("nan")


def trunk_lean_deg(track: KeypointTrack) -> FloatArray:
    """Return the lean of the line from mid-hip to mid-shoulder, shape (F,)."""
    return from_vertical_deg(track.middle("hip"), track.middle("shoulder"))


def head_forward_deg(track: KeypointTrack) -> FloatArray:
    """Return the lean of the line from mid-shoulder to mid-ear, shape (F,)."""
    return from_vertical_deg(track.middle("shoulder"), track.middle("ear"))


def elbow_flexion_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the bend of one elbow, 0 with a straight arm, shape (F,); NaN where it is hidden."""
    bend = bend_deg(
        track.point("shoulder", side), track.point("elbow", side), track.point("wrist", side)
    )
    return np.where(_is_elbow_hidden(track, side), NAN, bend)


def upper_arm_angle_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the angle of the upper arm, elbow ahead of the shoulder positive, shape (F,).

    NaN where the elbow is hidden.
    """
    shoulder, elbow = track.point("shoulder", side), track.point("elbow", side)
    return np.where(_is_elbow_hidden(track, side), NAN, -from_vertical_deg(elbow, shoulder))


def _is_elbow_hidden(track: KeypointTrack, side: Side) -> BoolArray:
    """Tell where the trunk hides an elbow (F,): the model then puts it beside the other one."""
    hidden: BoolArray = (track.quality[:, keypoint("elbow", side)] & Quality.OCCLUDED) != 0
    return hidden


def stance_mean(gait: Gait, step: Step, column: str) -> float:
    """Return the mean of a frame column from contact to toe-off."""
    phase = within(gait.track.time_s, step.contact_s, step.toe_off_s)
    values = known_part(gait.frame_columns[column][phase])
    return float(values.mean()) if len(values) else NAN


def stance_trunk_lean_deg(gait: Gait, step: Step) -> float:
    """Return the mean trunk lean from contact to toe-off."""
    return stance_mean(gait, step, "trunk_lean_deg")


def trunk_lean_at_contact_deg(gait: Gait, step: Step) -> float:
    """Return the trunk lean at initial contact."""
    return value_at(gait.frame_columns["trunk_lean_deg"], gait.track.time_s, step.contact_s)


def stance_head_forward_deg(gait: Gait, step: Step) -> float:
    """Return the mean head-forward angle from contact to toe-off."""
    return stance_mean(gait, step, "head_forward_deg")


def stride_elbow_flexion_deg(gait: Gait, step: Step) -> float:
    """Return the mean bend of the elbow over the stride, on the step's own side."""
    values = _over_stride(gait, step, f"elbow_flexion_{step.side}_deg")
    return float(values.mean()) if len(values) else NAN


def arm_swing_deg(gait: Gait, step: Step) -> float:
    """Return the range of the upper arm's angle over the stride, on the step's own side."""
    values = _over_stride(gait, step, f"upper_arm_angle_{step.side}_deg")
    return float(np.ptp(values)) if len(values) else NAN


def _over_stride(gait: Gait, step: Step, column: str) -> FloatArray:
    phase = within(gait.track.time_s, step.contact_s, step.next_contact_s)
    return known_part(gait.frame_columns[column][phase])
