"""Find each forward swing of each leg: the coarse skeleton on which events are placed.

The legs move against each other, so the ankles' distance along travel swings once per stride:
its maxima are left landings, its minima right ones, and they must alternate.
"""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.foot_paths import GRID_HZ, FootPaths
from gaitcam.vocabulary import Side

STRIDE_S = (0.42, 1.25)  # 96 to 285 steps per minute
LEAST_SWING = 0.25  # peak-to-peak distance of the ankles in leg lengths: less is no run
SMOOTHING_STRIDES = 3.0  # the ankles' distance keeps three harmonics of the stride
TURN_REACH_S = 0.12  # a foot turns back this close to the extreme of the ankles' distance


@dataclass(frozen=True, slots=True)
class Swing:
    """The moment when a foot is furthest ahead of the hips, just before it lands."""

    side: Side
    time_s: float


def ankle_distance(paths: FootPaths) -> FloatArray:
    """Return left minus right ankle along travel, about zero mean, shape (N,)."""
    distance = paths.path(Side.LEFT, "ankle")[:, 0] - paths.path(Side.RIGHT, "ankle")[:, 0]
    if not np.isfinite(distance).any():
        return distance
    return np.asarray(distance - np.nanmean(distance), dtype=np.float64)


def estimate_stride_s(paths: FootPaths) -> float:
    """Return the stride time [s] at which the ankles' distance repeats best; NaN if none.

    It must repeat after a whole stride and be reversed after half of one, which tells
    strides from steps and needs little more than one stride of data.
    """
    distance = ankle_distance(paths)
    lags = range(int(STRIDE_S[0] * GRID_HZ), int(STRIDE_S[1] * GRID_HZ) + 1)
    half = np.array([_likeness(distance, lag // 2) for lag in lags])
    whole = np.array([_likeness(distance, lag) for lag in lags])
    score = np.where(np.isnan(whole), 0.0, whole) - half
    if np.isnan(score).all():
        return float("nan")
    return float(lags[int(np.nanargmax(score))] / GRID_HZ)


def _likeness(values: FloatArray, lag: int) -> float:
    """Return the correlation of a signal with itself ``lag`` samples later."""
    if lag >= len(values):
        return float("nan")
    first, later = values[:-lag], values[lag:]
    both = np.isfinite(first) & np.isfinite(later)
    if both.sum() < 0.25 * GRID_HZ:
        return float("nan")
    first, later = first[both], later[both]
    scale = float(np.sqrt(np.sum(first**2) * np.sum(later**2)))
    return float(np.sum(first * later)) / scale if scale > 0 else float("nan")


def find_swings(paths: FootPaths, stride_s: float) -> tuple[Swing, ...]:
    """Return the swings of both legs in order of time, sides alternating in each stretch."""
    distance = ankle_distance(paths)
    known = distance[np.isfinite(distance)]
    if not np.isfinite(stride_s) or not len(known) or np.ptp(known) < LEAST_SWING:
        return ()
    return tuple(s for run in _stretches(distance) for s in _swings_in(paths, run, stride_s))


def _stretches(values: FloatArray) -> list[slice]:
    """Return the stretches without NaN."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.isfinite(values).astype(int), [0]))))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _swings_in(paths: FootPaths, stretch: slice, stride_s: float) -> list[Swing]:
    from scipy.signal import find_peaks

    distance = ankle_distance(paths)[stretch]
    if len(distance) < 0.3 * stride_s * GRID_HZ:
        return []
    smooth = _low_pass(distance, SMOOTHING_STRIDES / stride_s)
    apart = int(0.6 * stride_s * GRID_HZ)
    depth = 0.25 * float(np.ptp(smooth))
    peaks = {
        Side.LEFT: find_peaks(smooth, distance=apart, prominence=depth)[0],
        Side.RIGHT: find_peaks(-smooth, distance=apart, prominence=depth)[0],
    }
    found = sorted((int(i), side) for side, indices in peaks.items() for i in indices)
    start_s = float(paths.time_s[stretch.start])
    alternating = _alternating(found, smooth)
    return [Swing(side, start_s + i / GRID_HZ) for i, side in alternating]


def _alternating(found: list[tuple[int, Side]], height: FloatArray) -> list[tuple[int, Side]]:
    """Of neighbours on the same side keep the higher."""
    kept: list[tuple[int, Side]] = []
    for index, side in found:
        if kept and kept[-1][1] is side:
            if abs(height[index]) > abs(height[kept[-1][0]]):
                kept[-1] = (index, side)
            continue
        kept.append((index, side))
    return kept


def _low_pass(values: FloatArray, cut_off_hz: float) -> FloatArray:
    from scipy.signal import butter, sosfiltfilt

    sections = butter(2, cut_off_hz, fs=GRID_HZ, output="sos")
    pad = min(len(values) - 1, int(0.3 * GRID_HZ))
    return np.asarray(sosfiltfilt(sections, values, padlen=pad), dtype=np.float64)


def refine_turn(
    time_s: FloatArray, ahead: FloatArray, near_s: float, reach_s: float = TURN_REACH_S
) -> float:
    """Return when ``ahead`` is highest within ``reach_s`` of a time, finer than the grid.

    NaN where nothing is known there, or where it is still rising at the end of what is known.
    """
    first, last = np.searchsorted(time_s, (near_s - 2.0 * reach_s, near_s + 2.0 * reach_s))
    is_near = np.abs(time_s[first:last] - near_s) <= reach_s
    near = first + np.flatnonzero(is_near & np.isfinite(ahead[first:last]))
    if len(near) < 3:
        return float("nan")
    top = int(near[np.argmax(ahead[near])])
    if top in (near[0], near[-1]):
        return float("nan")
    before, at, after = ahead[top - 1], ahead[top], ahead[top + 1]
    bend = before - 2.0 * at + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(time_s[top] + shift / GRID_HZ)
