"""Thigh, knee, shank and foot, per frame and at the moments of a step."""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Gait
from gaitcam.metrics.geometry import (
    from_horizontal_deg,
    from_vertical_deg,
    known_part,
    value_at,
    within,
)
from gaitcam.metrics.timing import contact_time_s
from gaitcam.vocabulary import Side

NAN = float("nan")
# Shares of stance at which the foot lies flat: after landing, before the heel rises.
FLAT_FOOT_AT = (0.15, 0.20, 0.25)


def thigh_angle_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the thigh's angle from vertical, knee ahead of the hip positive, shape (F,)."""
    return -from_vertical_deg(track.point("knee", side), track.point("hip", side))


def shank_angle_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the shank's angle from vertical, ankle ahead of the knee positive, shape (F,)."""
    return -from_vertical_deg(track.point("ankle", side), track.point("knee", side))


def knee_flexion_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return knee flexion, 0 with a straight leg, shape (F,)."""
    return thigh_angle_deg(track, side) - shank_angle_deg(track, side)


def heel_toe_angle_deg(track: KeypointTrack, side: Side) -> FloatArray:
    """Return the rise of the line from heel to toe above horizontal, shape (F,)."""
    return from_horizontal_deg(track.point("heel", side), track.point("foot_index", side))


def flat_foot_angle_deg(gait: Gait, side: Side) -> float:
    """Return the heel-toe line's angle while one foot lies flat: median over its steps.

    The heel and toe points do not lie on the sole; this is the angle that they show when the
    sole is level, so that it can be taken off.
    """
    column = gait.frame_columns[f"heel_toe_angle_{side}_deg"]
    flat = [
        value_at(column, gait.track.time_s, step.contact_s + share * contact_time_s(gait, step))
        for step in gait.steps
        if step.side is side
        for share in FLAT_FOOT_AT
    ]
    known = np.array(flat)[np.isfinite(flat)]
    return float(np.median(known)) if len(known) else NAN


def foot_inclination_at_contact_deg(gait: Gait, step: Step) -> float:
    """Return the sole's angle at initial contact, toe above heel positive."""
    return _at_contact(gait, step, "heel_toe_angle") - gait.flat_foot_deg[step.side]


def shank_angle_at_contact_deg(gait: Gait, step: Step) -> float:
    """Return the shank's angle at initial contact."""
    return _at_contact(gait, step, "shank_angle")


def knee_flexion_at_contact_deg(gait: Gait, step: Step) -> float:
    """Return knee flexion at initial contact."""
    return _at_contact(gait, step, "knee_flexion")


def peak_stance_knee_flexion_deg(gait: Gait, step: Step) -> float:
    """Return the largest knee flexion in the first three quarters of stance.

    Towards toe-off the knee bends again for the swing; that is no cushioning.
    """
    late_s = step.contact_s + 0.75 * (step.toe_off_s - step.contact_s)
    return _peak(gait, step, "knee_flexion", step.contact_s, late_s)


def thigh_angle_at_toe_off_deg(gait: Gait, step: Step) -> float:
    """Return the thigh's angle at toe-off; negative: the thigh points back (extension)."""
    column = gait.frame_columns[f"thigh_angle_{step.side}_deg"]
    return value_at(column, gait.track.time_s, step.toe_off_s)


def peak_swing_thigh_flexion_deg(gait: Gait, step: Step) -> float:
    """Return the largest thigh angle between toe-off and the next contact of that foot."""
    return _peak(gait, step, "thigh_angle", step.toe_off_s, step.next_contact_s)


def _at_contact(gait: Gait, step: Step, quantity: str) -> float:
    column = gait.frame_columns[f"{quantity}_{step.side}_deg"]
    return value_at(column, gait.track.time_s, step.contact_s)


def _peak(gait: Gait, step: Step, quantity: str, start_s: float, stop_s: float) -> float:
    phase = within(gait.track.time_s, start_s, stop_s)
    values = known_part(gait.frame_columns[f"{quantity}_{step.side}_deg"][phase])
    return float(values.max()) if len(values) else NAN
