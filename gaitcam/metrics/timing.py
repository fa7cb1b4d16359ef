"""Times of a step, and cadence."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.keypoints.rhythm import refine_stride_time_s
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Gait
from gaitcam.vocabulary import EventKind, Quality, Side

NAN = float("nan")
LEAST_CONFIDENCE = 0.05
LEG = ("knee", "ankle", "heel", "foot_index")
FEW_CONTACTS = 14
# Of a contact about the mean lateness of its clip's, where a runner passes by: from the error of
# the beat over six variants of the pose.
USUAL_CONTACT_ERROR_S = 0.003
# Measured on rendered clips that last one and a half seconds; it falls with duration ** 1.5.
RHYTHM_ERROR_SPM, RHYTHM_ERROR_AT_S = 0.45, 1.5
LARGEST_DISAGREEMENT = 0.03  # beyond this the movement is no steady run


def contact_time_s(gait: Gait, step: Step) -> float:  # noqa: ARG001 - the catalog's signature
    """Return the time from initial contact to toe-off."""
    return step.toe_off_s - step.contact_s


def flight_time_s(gait: Gait, step: Step) -> float:  # noqa: ARG001
    """Return the time from toe-off to the other foot's contact; negative: both feet down."""
    return step.other_contact_s - step.toe_off_s


def step_time_s(gait: Gait, step: Step) -> float:  # noqa: ARG001
    """Return the time from initial contact to the other foot's."""
    return step.other_contact_s - step.contact_s


def stride_time_s(gait: Gait, step: Step) -> float:  # noqa: ARG001
    """Return the time from initial contact to the same foot's next."""
    return step.next_contact_s - step.contact_s


def duty_factor_ratio(gait: Gait, step: Step) -> float:
    """Return contact time over stride time."""
    return contact_time_s(gait, step) / stride_time_s(gait, step)


def cadence_spm(gait: Gait) -> float:
    """Return steps per minute from the mean time between all contacts.

    With few contacts, one of them that is off by a frame moves the result by a step or two, so
    the legs' own rhythm, to which every frame contributes, is joined in; each counts by the
    inverse square of its error.
    """
    beat = measure_rhythm(gait.events)
    cadence = 60.0 / beat.step_s
    contacts = len(gait.events.of(EventKind.INITIAL_CONTACT))
    if not 3 <= contacts <= FEW_CONTACTS:
        return cadence
    swing = _legs_cadence_spm(gait.track, 2.0 * beat.step_s)
    if not abs(swing - cadence) < LARGEST_DISAGREEMENT * cadence:
        return cadence
    contact_error = cadence * USUAL_CONTACT_ERROR_S * beat.leverage / beat.step_s
    duration_s = float(gait.track.time_s[-1] - gait.track.time_s[0])
    swing_error = RHYTHM_ERROR_SPM * (RHYTHM_ERROR_AT_S / duration_s) ** 1.5
    weights = np.array([contact_error, swing_error]) ** -2.0
    return float(weights @ [cadence, swing] / weights.sum())


def _legs_cadence_spm(track: KeypointTrack, stride_s: float) -> float:
    """Return the cadence whose harmonics fit left-minus-right of the legs best."""
    difference = np.concatenate(
        [track.point(name, Side.LEFT) - track.point(name, Side.RIGHT) for name in LEG], axis=1
    )
    signals = difference / track.view.leg_length_px
    # While he enters or leaves the picture, the model sees a part of him and guesses the rest.
    partly = (track.quality & np.uint8(Quality.OUT_OF_VIEW)).any(axis=1)
    signals[partly] = np.nan
    return 120.0 / refine_stride_time_s(signals, track.time_s, stride_s)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The even beat behind the contacts.

    ``step_s`` mean step time; ``scatter_s`` of a sure contact about the beat, with its
    ``degrees`` of freedom; ``leverage`` times that scatter is the error of ``step_s``.
    """

    step_s: float
    scatter_s: float
    degrees: int
    leverage: float


def measure_rhythm(events: GaitEvents) -> Rhythm:
    """Return the beat of all contacts; NaN below three.

    The slope of contact time over step number, where left and right may be early or late by
    a constant: with few steps it is steadier than first to last, which rests on two contacts.
    A missed contact shows as a double interval and counts as two steps.  A contact counts by
    its confidence squared: the first and last of a clip are often half out of the picture.
    """
    contacts = events.of(EventKind.INITIAL_CONTACT)
    if len(contacts) < 3:
        return Rhythm(NAN, NAN, 0, NAN)
    time_s = np.array([contact.time_s for contact in contacts])
    sureness = np.array([max(contact.confidence, LEAST_CONFIDENCE) for contact in contacts])
    basis = _beat_and_side(contacts, time_s) * sureness[:, None]
    coefficients = np.linalg.lstsq(basis, time_s * sureness, rcond=None)[0]
    residual = time_s * sureness - basis @ coefficients
    degrees = len(time_s) - basis.shape[1]
    return Rhythm(
        step_s=float(coefficients[1]),
        scatter_s=float(np.sqrt(residual @ residual / degrees)),
        degrees=degrees,
        leverage=float(np.sqrt(np.linalg.inv(basis.T @ basis)[1, 1])),
    )


def _beat_and_side(contacts: tuple[GaitEvent, ...], time_s: FloatArray) -> FloatArray:
    """Return columns (N, 2 or 3): constant, step number, and left foot where enough is known."""
    intervals = np.diff(time_s)
    number = np.concatenate([[0], np.cumsum(np.round(intervals / np.median(intervals)))])
    columns = [np.ones_like(number), number]
    is_left = np.array([contact.side is Side.LEFT for contact in contacts], dtype=float)
    if len(contacts) > 3 and 0 < is_left.sum() < len(contacts):
        columns.append(is_left)
    return np.stack(columns, axis=1)
