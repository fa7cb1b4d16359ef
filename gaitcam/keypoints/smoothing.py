"""Smoothing without lag, on true timestamps."""

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray

FILTER_ORDER = 2  # run forwards and backwards: fourth order, no lag
HIGHEST_SHARE_OF_NYQUIST = 0.8
FRAMES_AT_ONCE = 512  # bounds the memory of a long clip


def low_pass(path: FloatArray, time_s: FloatArray, cutoff_hz: float) -> FloatArray:
    """Return a path (F, D) low-pass filtered forwards and backwards; NaN stays NaN.

    A Butterworth filter whose double pass has its half-amplitude point at ``cutoff_hz``.
    Each run of known frames is filtered by itself.  Unequal intervals are resampled to the
    median rate and back.  Slow clips keep what their frame rate can hold: the cutoff never
    exceeds 0.8 of half the frame rate.
    """
    smooth = path.copy()
    for start, stop in known_runs(path):
        smooth[start:stop] = _filter_run(path[start:stop], time_s[start:stop], cutoff_hz)
    return smooth


def known_runs(path: FloatArray) -> list[tuple[int, int]]:
    """Return (start, stop) of each run of frames in which the path (F, D) is known."""
    known = np.isfinite(path).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _filter_run(path: FloatArray, time_s: FloatArray, cutoff_hz: float) -> FloatArray:
    from scipy.signal import butter, sosfiltfilt

    if len(path) < 4:
        return path
    rate_hz = 1.0 / float(np.median(np.diff(time_s)))
    even_s = np.arange(time_s[0], time_s[-1] + 0.5 / rate_hz, 1.0 / rate_hz)
    is_even = len(even_s) == len(time_s) and np.allclose(even_s, time_s, atol=0.1 / rate_hz)
    columns = range(path.shape[1])
    even = (
        path if is_even else np.stack([np.interp(even_s, time_s, path[:, c]) for c in columns], 1)
    )
    share = min(cutoff_hz / (0.5 * rate_hz), HIGHEST_SHARE_OF_NYQUIST)
    sections = butter(FILTER_ORDER, share, output="sos")
    padding = min(len(even) - 1, max(3, round(0.25 * rate_hz)))
    smooth: FloatArray = sosfiltfilt(sections, even, axis=0, padtype="odd", padlen=padding)
    if is_even:
        return smooth
    return np.stack([np.interp(time_s, even_s, smooth[:, c]) for c in columns], 1)


def local_quadratic(
    paths: FloatArray, time_s: FloatArray, window_s: float, leave_out: bool = False
) -> FloatArray:
    """Return paths (F, K, D) where each frame is a quadratic fitted to the frames around it.

    Uses the known frames within ``window_s`` (at least three on either side where there are),
    nearer ones weighted more; with ``leave_out`` the frame itself does not count.  NaN where
    fewer than four frames are known.
    """
    frames = len(paths)
    interval_s = float(np.median(np.diff(time_s))) if frames > 1 else 1.0
    reach_s = max(window_s, 3.5 * interval_s)
    shifts = np.arange(-round(reach_s / interval_s), round(reach_s / interval_s) + 1)
    if leave_out:
        shifts = shifts[shifts != 0]
    result = np.empty_like(paths)
    for start in range(0, frames, FRAMES_AT_ONCE):
        centre = np.arange(start, min(start + FRAMES_AT_ONCE, frames))
        around = centre[:, None] + shifts
        inside = (around >= 0) & (around < frames)
        around = np.clip(around, 0, frames - 1)
        offset = (time_s[around] - time_s[centre, None]) / reach_s
        weight = np.where(inside, np.clip(1.0 - np.abs(offset) ** 3, 0.0, None) ** 3, 0.0)
        result[centre] = _fit_centres(paths[around], offset, weight)
    return result


def _fit_centres(values: FloatArray, offset: FloatArray, weight: FloatArray) -> FloatArray:
    """Fit weighted quadratics to ``values`` (C, W, K, D) and return them at offset 0 (C, K, D)."""
    known: BoolArray = np.all(np.isfinite(values), axis=3)
    weights = weight[:, :, None] * known
    powers = np.swapaxes(offset[:, :, None] ** np.arange(5), 1, 2)
    # The normal equations hold the sums of the weights with powers of the offset, 0 to 4.
    sums = np.moveaxis(powers @ weights, 1, 0)
    weighted = weights[..., None] * np.where(known[..., None], values, 0.0)
    flat = weighted.reshape(*weighted.shape[:2], -1)
    moments = np.moveaxis((powers[:, :3] @ flat).reshape(len(values), 3, *values.shape[2:]), 1, 0)
    enough = (weights > 0).sum(axis=1) >= 4
    # Cramer's rule for the first of the three unknowns, the value at offset 0.
    minors = (
        sums[2] * sums[4] - sums[3] ** 2,
        sums[2] * sums[3] - sums[1] * sums[4],
        sums[1] * sums[3] - sums[2] ** 2,
    )
    whole = sum(sums[power] * minors[power] for power in range(3))
    above = sum(moments[power] * minors[power][..., None] for power in range(3))
    centres: FloatArray = above / np.where(enough, whole, np.nan)[..., None]
    return centres
