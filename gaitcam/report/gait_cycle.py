"""Per-frame metrics over the gait cycle: from one initial contact of a foot to its next."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.report.frame_metrics import REPORTED, frame_values
from gaitcam.vocabulary import Side

PERCENT = np.arange(0.0, 101.0, 2.0)
# A curve of one stride has no spread.
FEWEST_STRIDES = 2


def cycle_curves(analysis: Analysis) -> dict[str, Any]:
    """Return the mean and spread of every per-frame metric over the cycle, side by side.

    ``percent`` is the axis; ``toe_off_percent`` says where each foot leaves the ground;
    ``curves[key][side]`` holds ``mean``, ``sd`` (one standard deviation over strides, metric's
    unit) and ``n`` strides.  A metric without sides is cut by either foot's contacts.
    """
    steps, values = analysis.steps, frame_values(analysis)
    strides = {side: strides_s(steps, side) for side in Side}
    time_s = analysis.frame_table.time_s
    return {
        "percent": PERCENT.tolist(),
        "toe_off_percent": {side: _toe_off_percent(steps, side) for side in Side},
        "curves": {
            row.key: {
                side: _band(stride_curves(time_s, values[row.column(side)], strides[side]))
                for side in Side
            }
            for row in REPORTED
        },
    }


def strides_s(steps: Sequence[Step], side: Side) -> list[tuple[float, float]]:
    """Return start and end [s] of one foot's whole strides."""
    return [(step.contact_s, step.next_contact_s) for step in _whole_strides(steps, side)]


def _whole_strides(steps: Sequence[Step], side: Side) -> list[Step]:
    return [step for step in steps if step.side is side and np.isfinite(step.next_contact_s)]


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


def _toe_off_percent(steps: Sequence[Step], side: Side) -> float:
    shares = [
        100.0 * (step.toe_off_s - step.contact_s) / (step.next_contact_s - step.contact_s)
        for step in _whole_strides(steps, side)
        if np.isfinite(step.toe_off_s)
    ]
    return float(np.median(shares)) if shares else float("nan")
