"""The periodic model of running: what left-minus-right does over a stride."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray

SHORTEST_STRIDE_S, LONGEST_STRIDE_S = 0.40, 1.30
STRIDE_CANDIDATES = 120
# Left-minus-right changes its sign every half stride, so odd harmonics carry it; the even
# ones hold what differs between the sides.
SEARCH_HARMONICS = (1, 3)
MODEL_HARMONICS = (1, 2, 3, 4, 5)
REWEIGHTINGS = 6
SMALL_MISFIT = 0.03  # leg lengths
BLOCK_S = 5.0  # a runner's rhythm drifts: longer clips are fitted in blocks of this length


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """A periodic model of D signals: ``values`` (F, D) and how much of them it explains (0-1)."""

    values: FloatArray
    explained: float


def fit_rhythm(signals: FloatArray, time_s: FloatArray) -> Rhythm:
    """Fit harmonics of the stride to signals (F, D) that may hold wild values and NaN.

    Robust (iteratively reweighted) least squares, block by block.
    """
    values = np.full_like(signals, np.nan)
    blocks = max(1, round((time_s[-1] - time_s[0]) / BLOCK_S))
    for block in np.array_split(np.arange(len(time_s)), blocks):
        known = block[np.isfinite(signals[block]).all(axis=1)]
        if len(known) < 4 * len(MODEL_HARMONICS):
            continue
        stride_s = estimate_stride_time_s(signals[known], time_s[known])
        values[block] = _fit_harmonics(signals[known], time_s[known], time_s[block], stride_s)
    return Rhythm(values, _explained(signals, values))


def _explained(signals: FloatArray, values: FloatArray) -> float:
    """Return 1 minus residual over size, both as medians over frames, so strays do not count."""
    size = np.linalg.norm(signals - np.nanmedian(signals, axis=0), axis=1)
    residual = np.minimum(
        np.linalg.norm(signals - values, axis=1), np.linalg.norm(signals + values, axis=1)
    )
    known = np.isfinite(residual)
    if not known.any():
        return 0.0
    return float(1.0 - np.median(residual[known]) / max(np.median(size[known]), 1e-9))


def estimate_stride_time_s(signals: FloatArray, time_s: FloatArray) -> float:
    """Return the stride time [s] whose odd harmonics fit left-minus-right signals (F, D) best."""
    candidates = np.geomspace(SHORTEST_STRIDE_S, LONGEST_STRIDE_S, STRIDE_CANDIDATES)
    limit = 2.0 * np.median(np.abs(signals), axis=0)
    clipped = np.clip(signals, -limit, limit)
    directions = np.linalg.qr(_harmonics(time_s, candidates[:, None], SEARCH_HARMONICS))[0]
    fitted = directions @ (np.swapaxes(directions, 1, 2) @ clipped)
    misfit = np.abs(clipped - fitted).sum(axis=(1, 2))
    return float(candidates[int(np.argmin(misfit))])


def refine_stride_time_s(signals: FloatArray, time_s: FloatArray, stride_s: float) -> float:
    """Return the stride time [s] near ``stride_s`` whose harmonics fit signals (F, D) best.

    The signals are in leg lengths; what misses by more than a few percent of one counts less.
    NaN where too little is known.
    """
    from scipy.optimize import minimize_scalar

    known = np.isfinite(signals).all(axis=1)
    if known.sum() < 4 * len(MODEL_HARMONICS):
        return float("nan")
    values, times = signals[known], time_s[known]

    def misfit(candidate_s: float) -> float:
        basis = _harmonics(times, candidate_s, MODEL_HARMONICS)
        residual = values - basis @ np.linalg.lstsq(basis, values, rcond=None)[0]
        return float(np.sum(np.sqrt(1.0 + (residual / SMALL_MISFIT) ** 2)))

    bounds = (0.94 * stride_s, 1.06 * stride_s)
    return float(minimize_scalar(misfit, bounds=bounds, method="bounded").x)


def _harmonics(
    time_s: FloatArray, stride_s: float | FloatArray, orders: tuple[int, ...]
) -> FloatArray:
    """Return the columns 1, cos, sin of each order, shape (F, 1 + 2 * orders).

    Of several stride times (n, 1) a set each, shape (n, F, 1 + 2 * orders).
    """
    phase = 2.0 * np.pi * time_s / stride_s
    columns = [np.ones_like(phase)]
    for order in orders:
        columns += [np.cos(order * phase), np.sin(order * phase)]
    return np.stack(columns, axis=-1)


def _fit_harmonics(
    signals: FloatArray, known_s: FloatArray, wanted_s: FloatArray, stride_s: float
) -> FloatArray:
    """Fit to the known frames with wild ones weighted down; return the model at ``wanted_s``."""
    basis = _harmonics(known_s, stride_s, MODEL_HARMONICS)
    weight = np.ones(len(signals))
    for _ in range(REWEIGHTINGS):
        coefficients = np.linalg.lstsq(
            basis * weight[:, None], signals * weight[:, None], rcond=None
        )[0]
        distance = np.linalg.norm(signals - basis @ coefficients, axis=1)
        scale = max(float(np.median(distance)), 1e-9)
        weight = 1.0 / (1.0 + (distance / (2.0 * scale)) ** 2)
    model: FloatArray = _harmonics(wanted_s, stride_s, MODEL_HARMONICS) @ coefficients
    return model
