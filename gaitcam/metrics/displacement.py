"""Where the foot lands relative to the hips, and how the hips move."""

import numpy as np

from gaitcam.arrays import FloatArray, finite
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.smoothing import low_pass
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Gait
from gaitcam.metrics.geometry import known_part, value_at, within
from gaitcam.vocabulary import CameraMotion, Side, Surface

NAN = float("nan")
# The trunk rises and falls at 2.5 to 3.2 Hz; what is much quicker is the model's own tremble.
TRUNK_HEIGHT_CUTOFF_HZ = 6.0


def ankle_to_hip_leg_ratio(track: KeypointTrack, side: Side) -> FloatArray:
    """Return how far the ankle is ahead of the mid-hip, in leg lengths, shape (F,)."""
    return _ahead_of_hips(track, side, "ankle")


def heel_to_hip_leg_ratio(track: KeypointTrack, side: Side) -> FloatArray:
    """Return how far the heel is ahead of the mid-hip, in leg lengths, shape (F,)."""
    return _ahead_of_hips(track, side, "heel")


def _ahead_of_hips(track: KeypointTrack, side: Side, name: str) -> FloatArray:
    distance = track.point(name, side)[:, 0] - track.middle("hip")[:, 0]
    return distance / track.view.joint_leg_px


def ankle_below_hip_leg_ratio(track: KeypointTrack, side: Side) -> FloatArray:
    """Return how far the ankle is below the mid-hip, in leg lengths, shape (F,)."""
    distance = track.middle("hip")[:, 1] - track.point("ankle", side)[:, 1]
    return distance / track.view.joint_leg_px


def overstride_leg_ratio(gait: Gait, step: Step) -> float:
    """Return ankle ahead of mid-hip at initial contact, in leg lengths."""
    column = gait.frame_columns[f"ankle_to_hip_{step.side}_leg_ratio"]
    return value_at(column, gait.track.time_s, step.contact_s)


def overstride_m(gait: Gait, step: Step) -> float:
    """Return ankle ahead of mid-hip at initial contact, in metres."""
    return overstride_leg_ratio(gait, step) * leg_length_m(gait)


def heel_ahead_leg_ratio(gait: Gait, step: Step) -> float:
    """Return heel ahead of mid-hip at initial contact, in leg lengths."""
    column = gait.frame_columns[f"heel_to_hip_{step.side}_leg_ratio"]
    return value_at(column, gait.track.time_s, step.contact_s)


def leg_length_m(gait: Gait) -> float:
    """Return hip-knee-ankle length in metres; NaN without a scale."""
    return gait.track.view.joint_leg_px * gait.track.view.m_per_px


def trunk_height_leg_ratio(track: KeypointTrack) -> FloatArray:
    """Return the height of trunk and head over its own median, in leg lengths, shape (F,).

    The mean of mid-hip, mid-shoulder and mid-ear, which rise and fall together: the model damps
    the hips and exaggerates the shoulders.  Without the head in the picture, hips and shoulders.
    """
    parts = [track.middle(name) for name in ("hip", "shoulder", "ear")]
    shows_head = np.isfinite(parts[2][:, 1]).mean() > 0.5 * np.isfinite(parts[0][:, 1]).mean()
    middle = np.mean(parts if shows_head else parts[:2], axis=0)
    smooth = low_pass(middle, track.time_s, TRUNK_HEIGHT_CUTOFF_HZ)[:, 1]
    there = finite(smooth)
    return (smooth - (np.median(there) if len(there) else NAN)) / track.view.joint_leg_px


def vertical_oscillation_leg_ratio(gait: Gait, step: Step) -> float:
    """Return the rise and fall of trunk and head over one step, in leg lengths."""
    phase = within(gait.track.time_s, step.contact_s, step.other_contact_s)
    height = known_part(gait.frame_columns["trunk_height_leg_ratio"][phase])
    return float(np.ptp(height)) if len(height) else NAN


def vertical_oscillation_m(gait: Gait, step: Step) -> float:
    """Return the rise and fall of trunk and head over one step, in metres."""
    return vertical_oscillation_leg_ratio(gait, step) * leg_length_m(gait)


def step_length_m(gait: Gait, step: Step) -> float:
    """Return how far the hips travel during one step, in metres; overground only.

    NaN where the camera travelled along: the background does not tell how far.
    """
    view = gait.track.view
    if view.surface is not Surface.OVERGROUND or view.camera is CameraMotion.FOLLOWING:
        return NAN
    across, time_s = gait.track.middle("hip")[:, 0], gait.track.time_s
    start = value_at(across, time_s, step.contact_s)
    return (value_at(across, time_s, step.other_contact_s) - start) * gait.track.view.m_per_px


def speed_mps(gait: Gait, step: Step) -> float:
    """Return the hips' mean speed during one step; overground only."""
    return step_length_m(gait, step) / (step.other_contact_s - step.contact_s)
