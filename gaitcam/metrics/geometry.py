"""Angles and distances between points of the sagittal plane (x anterior, y up)."""

from math import prod

import numpy as np

from gaitcam.arrays import FloatArray


def from_vertical_deg(lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return how far the line from ``lower`` to ``upper`` (F, 2) leans forward of vertical."""
    across, up = (upper - lower).T
    angle: FloatArray = np.degrees(np.arctan2(across, up))
    return angle


def from_horizontal_deg(back: FloatArray, front: FloatArray) -> FloatArray:
    """Return how far the line from ``back`` to ``front`` (F, 2) rises above horizontal."""
    across, up = (front - back).T
    angle: FloatArray = np.degrees(np.arctan2(up, across))
    return angle


def bend_deg(first: FloatArray, joint: FloatArray, last: FloatArray) -> FloatArray:
    """Return the bend at ``joint`` (F, 2): 0 when the three points lie on one line, up to 180."""
    incoming, outgoing = joint - first, last - joint
    cross = incoming[:, 0] * outgoing[:, 1] - incoming[:, 1] * outgoing[:, 0]
    dot = np.sum(incoming * outgoing, axis=1)
    angle: FloatArray = np.degrees(np.abs(np.arctan2(cross, dot)))
    return angle


def value_at(column: FloatArray, time_s: FloatArray, moment_s: float) -> float:
    """Return a column (F,) at a moment between frames; NaN where it is not known around it.

    The cubic through the two frames on either side, or the line through one each where the
    outer ones are missing: an angle at contact changes too fast for the nearest frame.
    """
    after = int(np.searchsorted(time_s, moment_s))
    if not np.isfinite(moment_s) or after in (0, len(time_s)):
        return float("nan")
    for reach in (2, 1):
        first, last = after - reach, after + reach
        if first < 0 or last > len(time_s):
            continue
        values, times = column[first:last], time_s[first:last]
        if np.isfinite(values).all():
            return _polynomial_through(times, values, moment_s)
    return float("nan")


def _polynomial_through(times: FloatArray, values: FloatArray, moment_s: float) -> float:
    """Evaluate Lagrange's polynomial through a few points."""
    total, knots = 0.0, times.tolist()  # so few that plain numbers are quicker than arrays
    for own_s, value in zip(knots, values.tolist(), strict=True):
        total += value * prod((moment_s - s) / (own_s - s) for s in knots if s != own_s)
    return float(total)


def within(time_s: FloatArray, start_s: float, stop_s: float) -> slice:
    """Return the frames from ``start_s`` up to and including ``stop_s``; empty when unknown."""
    if not (np.isfinite(start_s) and np.isfinite(stop_s)):
        return slice(0, 0)
    first = int(np.searchsorted(time_s, start_s, side="left"))
    last = int(np.searchsorted(time_s, stop_s, side="right"))
    return slice(first, last)


LEAST_KNOWN = 0.8  # share of frames that must be known for a mean or an extreme over a phase


def known_part(values: FloatArray) -> FloatArray:
    """Return the known values of a phase, or none at all when too many are missing."""
    known = values[np.isfinite(values)]
    return known if len(values) and len(known) >= LEAST_KNOWN * len(values) else known[:0]
