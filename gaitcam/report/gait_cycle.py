"""Per-frame metrics over the gait cycle: from one initial contact of a foot to its next."""

from itertools import pairwise
from typing import Any

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.gait.events import GaitEvents
from gaitcam.report.frame_metrics import REPORTED, frame_values
from gaitcam.vocabulary import EventKind, Side

PERCENT = np.arange(0.0, 101.0, 2.0)
# A stride much longer than the usual one hides a missed contact.
LONGEST_STRIDE_RATIO = 1.4
# A curve of one stride has no spread.
FEWEST_STRIDES = 2


def cycle_curves(analysis: Analysis) -> dict[str, Any]:
    """Return the mean and spread of every per-frame metric over the cycle, side by side.

    ``percent`` is the axis; ``toe_off_percent`` says where each foot leaves the ground;
    ``curves[key][side]`` holds ``mean``, ``sd`` (one standard deviation over strides, metric's
    unit) and ``n`` strides.  A metric without sides is cut by either foot's contacts.
    """
    events, values = analysis.events, frame_values(analysis)
    strides = {side: strides_s(events, side) for side in Side}
    time_s = analysis.frame_table.time_s
    return {
        "percent": PERCENT.tolist(),
        "toe_off_percent": {side: _toe_off_percent(events, side) for side in Side},
        "curves": {
            row.key: {
                side: _band(stride_curves(time_s, values[row.column(side)], strides[side]))
                for side in Side
            }
            for row in REPORTED
        },
    }


def strides_s(events: GaitEvents, side: Side) -> list[tuple[float, float]]:
    """Return start and end [s] of one foot's strides, without those that hide a missed contact."""
    contacts = events.times_s(EventKind.INITIAL_CONTACT, side)
    if len(contacts) < 2:
        return []
    longest = LONGEST_STRIDE_RATIO * float(np.median(np.diff(contacts)))
    return [(a, b) for a, b in pairwise(contacts.tolist()) if b - a <= longest]


def stride_curves(
    time_s: FloatArray, values: FloatArray, strides: list[tuple[float, float]]
) -> FloatArray:
    """Return one row a stride of ``values`` at `PERCENT`, shape (n, 51); gaps stay NaN."""
    start_s, end_s = np.array(strides, dtype=np.float64).reshape(-1, 2, 1).swapaxes(0, 1)
    return _sampled(time_s, values, start_s + PERCENT / 100.0 * (end_s - start_s))


def _sampled(time_s: FloatArray, values: FloatArray, moments: FloatArray) -> FloatArray:
    """Interpolate linearly between frames; NaN on either side gives NaN, as does the outside."""
    return np.interp(moments, time_s, values, left=np.nan, right=np.nan)


def _band(curves: FloatArray) -> dict[str, Any]:
    complete = curves[np.isfinite(curves).all(axis=1)]
    if len(complete) < FEWEST_STRIDES:
        return {"mean": None, "sd": None, "n": len(complete)}
    mean, sd = complete.mean(axis=0), complete.std(axis=0, ddof=1)
    return {"mean": mean.tolist(), "sd": sd.tolist(), "n": len(complete)}


def _toe_off_percent(events: GaitEvents, side: Side) -> float:
    toe_offs = events.times_s(EventKind.TOE_OFF, side)
    shares = [
        100.0 * (float(inside[0]) - a) / (b - a)
        for a, b in strides_s(events, side)
        if len(inside := toe_offs[(toe_offs > a) & (toe_offs < b)])
    ]
    return float(np.median(shares)) if shares else float("nan")
