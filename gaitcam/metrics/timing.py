"""Times of a step, and cadence."""

import numpy as np

from gaitcam.gait.cycles import Step
from gaitcam.gait.events import GaitEvents
from gaitcam.metrics.definition import Gait
from gaitcam.vocabulary import EventKind, Side

NAN = float("nan")


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
    """Return steps per minute from the mean time between all contacts."""
    mean_s, _ = step_interval_s(gait.events)
    return 60.0 / mean_s


def step_interval_s(events: GaitEvents) -> tuple[float, float]:
    """Return the mean step time and its standard error [s]; NaN below three contacts.

    The slope of contact time over step number, where left and right may be early or late by
    a constant: with few steps it is steadier than first to last, which rests on two contacts.
    A missed contact shows as a double interval and counts as two steps.
    """
    contacts = events.of(EventKind.INITIAL_CONTACT)
    if len(contacts) < 3:
        return NAN, NAN
    time_s = np.array([contact.time_s for contact in contacts])
    intervals = np.diff(time_s)
    number = np.concatenate([[0], np.cumsum(np.round(intervals / np.median(intervals)))])
    is_left = np.array([contact.side is Side.LEFT for contact in contacts], dtype=np.float64)
    columns = [np.ones_like(number), number]
    if len(contacts) > 3:
        columns.append(is_left)
    basis = np.stack(columns, axis=1)
    coefficients = np.linalg.lstsq(basis, time_s, rcond=None)[0]
    residual = time_s - basis @ coefficients
    degrees = max(len(time_s) - basis.shape[1], 1)
    covariance = np.linalg.inv(basis.T @ basis) * float(residual @ residual) / degrees
    return float(coefficients[1]), float(np.sqrt(covariance[1, 1]))
