"""Moments of a stride that can be read off its common curve, near contact and near toe-off.

Each is a rule that by itself has been proposed, or could be, for finding the event: the foot
furthest ahead, the knee straightest, the hips sinking fastest.  No single one keeps the same
distance from the event in all runners, so `timing_model` weighs them together.  All are times
[s] on the pattern's own clock (0 at its anchor), NaN where the curve does not show them;
postures are in degrees.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.gait.foot_paths import GRID_HZ
from gaitcam.gait.stride_pattern import HIP_HEIGHT, LAG_S, LEG_CHANNELS

KNEE, ANKLE, HEEL, TOE = 0, 2, 4, 6  # x channels; the y channel follows each
COURSE_PERCENT = (-14, -7, 0, 7, 14)  # of the stride
NAN = float("nan")
Window = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg's curve: ``place`` (8, lags), and its segments' angles (lags,) [deg].

    Thigh and shank from the vertical, forward positive; foot above the horizontal; knee flexion.
    """

    place: FloatArray
    thigh: FloatArray
    shank: FloatArray
    foot: FloatArray
    knee: FloatArray


def see_leg(place: FloatArray) -> Leg:
    """Measure the segments' angles on a leg's curve (8, lags) relative to the hips."""
    knee, ankle = place[KNEE : KNEE + 2], place[ANKLE : ANKLE + 2]
    heel, toe = place[HEEL : HEEL + 2], place[TOE : TOE + 2]
    thigh = np.degrees(np.arctan2(knee[0], -knee[1]))
    shank = np.degrees(np.arctan2(ankle[0] - knee[0], knee[1] - ankle[1]))
    foot = np.degrees(np.arctan2(toe[1] - heel[1], toe[0] - heel[0]))
    return Leg(place, thigh, shank, foot, thigh - shank)


def landing_moments(shape: FloatArray) -> dict[str, float]:
    """Return the moments about contact; the anchor is the ankle furthest ahead."""
    leg, hip = see_leg(shape[:LEG_CHANNELS]), shape[HIP_HEIGHT]
    ankle_speed, toe_speed = _rate(leg.place[ANKLE]), _rate(leg.place[TOE])
    ankle_back = _lowest(ankle_speed, (0.0, 0.15))
    toe_back = _lowest(toe_speed, (0.0, 0.15))
    knee_rate = _rate(leg.knee)
    yielding = _lowest(-knee_rate, (-0.02, 0.15))
    return {
        "ankle_foremost": highest_at(leg.place[ANKLE], (-0.1, 0.1)),
        "heel_foremost": highest_at(leg.place[HEEL], (-0.1, 0.1)),
        "toe_foremost": highest_at(leg.place[TOE], (-0.1, 0.12)),
        "knee_straightest": highest_at(-leg.knee, (-0.1, 0.08)),
        "shank_foremost": highest_at(leg.shank, (-0.1, 0.1)),
        "foot_pitch_highest": highest_at(leg.foot, (-0.1, 0.1)),
        "ankle_quarter_back": falls_at(ankle_speed, 0.25 * ankle_back, (-0.05, 0.15)),
        "ankle_half_back": falls_at(ankle_speed, 0.5 * ankle_back, (-0.05, 0.15)),
        "toe_quarter_back": falls_at(toe_speed, 0.25 * toe_back, (-0.05, 0.15)),
        "knee_half_yielding": falls_at(-knee_rate, 0.5 * yielding, (-0.08, 0.1)),
        "knee_yields_fastest": highest_at(knee_rate, (-0.02, 0.15)),
        "shank_turns_fastest": highest_at(-_rate(leg.shank), (-0.02, 0.16)),
        "hips_sink_fastest": highest_at(-_rate(hip), (-0.05, 0.14)),
        "toe_drops_fastest": highest_at(-_rate(leg.place[TOE + 1] + hip), (-0.05, 0.12)),
    }


def push_off_moments(shape: FloatArray) -> dict[str, float]:
    """Return the moments about toe-off; the anchor is 70 ms before the ankle is hindmost."""
    leg, hip = see_leg(shape[:LEG_CHANNELS]), shape[HIP_HEIGHT]
    other = see_leg(shape[LEG_CHANNELS:HIP_HEIGHT])
    knee_rate, toe_speed = _rate(leg.knee), _rate(leg.place[TOE])
    toe_height = leg.place[TOE + 1] + hip
    ground = _lowest(toe_height, (-0.2, 0.0))
    in_stance = _middle(toe_speed, (-0.2, -0.08))
    bending = -_lowest(-knee_rate, (-0.24, 0.24))
    return {
        "ankle_hindmost": highest_at(-leg.place[ANKLE], (-0.1, 0.2)),
        "toe_hindmost": highest_at(-leg.place[TOE], (-0.1, 0.2)),
        "heel_hindmost": highest_at(-leg.place[HEEL], (-0.1, 0.2)),
        "knee_hindmost": highest_at(-leg.place[KNEE], (-0.12, 0.12)),
        "knee_straightest": highest_at(-leg.knee, (-0.12, 0.1)),
        "knee_starts_bending": rises_at(knee_rate, 0.3 * bending, (-0.1, 0.12)),
        "thigh_hindmost": highest_at(-leg.thigh, (-0.12, 0.12)),
        "toe_up_2_percent": rises_at(toe_height, ground + 0.02, (-0.08, 0.14)),
        "toe_up_4_percent": rises_at(toe_height, ground + 0.04, (-0.08, 0.14)),
        "toe_half_back": rises_at(toe_speed, 0.5 * in_stance, (-0.1, 0.13)),
        "hips_rise_fastest": highest_at(_rate(hip), (-0.15, 0.05)),
        "other_ankle_foremost": highest_at(other.place[ANKLE], (-0.1, 0.24)),
        "other_thigh_foremost": highest_at(other.thigh, (-0.15, 0.2)),
        "other_knee_foremost": highest_at(other.place[KNEE], (-0.15, 0.2)),
    }


def landing_posture(shape: FloatArray) -> dict[str, float]:
    """Return the leg's angles 20 ms after the landing anchor, and the foot's later drop."""
    leg = see_leg(shape[:LEG_CHANNELS])
    angles = {name: _at(getattr(leg, name), 0.02) for name in ("thigh", "shank", "foot", "knee")}
    angles["foot_drop"] = angles["foot"] - _at(leg.foot, 0.11)
    return angles


def course(shape: FloatArray, stride_s: float) -> dict[str, float]:
    """Return where the leg's points are about the anchor, each about its own mean.

    In leg lengths, 7 percent of a stride apart: no extreme that noise could hide, so steadier
    than the moments.
    """
    lags_s = 0.01 * stride_s * np.array(COURSE_PERCENT)
    place = np.stack([np.interp(lags_s, LAG_S, row) for row in shape[:LEG_CHANNELS]])
    place -= place.mean(axis=1, keepdims=True)
    names = [f"{point}_{axis}" for point in ("knee", "ankle", "heel", "toe") for axis in "xy"]
    return {
        f"{name}_at_{percent:+d}_percent": float(value)
        for name, row in zip(names, place, strict=True)
        for percent, value in zip(COURSE_PERCENT, row, strict=True)
    }


def push_off_posture(shape: FloatArray) -> dict[str, float]:
    """Return the leg's angles at the push-off anchor."""
    leg = see_leg(shape[:LEG_CHANNELS])
    return {name: _at(getattr(leg, name), 0.0) for name in ("thigh", "shank", "foot", "knee")}


def highest_at(signal: FloatArray, window: Window) -> float:
    """Return when a signal is highest inside a window, NaN if that is at the window's end."""
    inside = _inside(window)
    values = signal[inside]
    if not np.isfinite(values).any():
        return NAN
    top = int(inside[np.nanargmax(values)])
    if top in (inside[0], inside[-1]):
        return NAN
    before, at, after = signal[top - 1], signal[top], signal[top + 1]
    bend = before - 2.0 * at + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(LAG_S[top] + shift / GRID_HZ)


def rises_at(signal: FloatArray, level: float, window: Window) -> float:
    """Return when a signal first rises through a level inside a window, else NaN."""
    inside = _inside(window)
    above = signal[inside] - level
    first = np.flatnonzero((above[:-1] < 0) & (above[1:] >= 0))
    if not len(first):
        return NAN
    start = int(first[0])
    share = above[start] / (above[start] - above[start + 1])
    return float(LAG_S[inside[start]] + share / GRID_HZ)


def falls_at(signal: FloatArray, level: float, window: Window) -> float:
    """Return when a signal first falls through a level inside a window, else NaN."""
    return rises_at(-signal, -level, window)


def _inside(window: Window) -> NDArray[np.intp]:
    first_s, last_s = window[0] - 1e-9, window[1] + 1e-9
    return np.flatnonzero((first_s <= LAG_S) & (last_s >= LAG_S))


def _over(measure: Callable[[FloatArray], float], signal: FloatArray, window: Window) -> float:
    values = signal[_inside(window)]
    values = values[np.isfinite(values)]
    return float(measure(values)) if len(values) else NAN


def _lowest(signal: FloatArray, window: Window) -> float:
    return _over(np.min, signal, window)


def _middle(signal: FloatArray, window: Window) -> float:
    return _over(np.median, signal, window)


def _at(signal: FloatArray, lag_s: float) -> float:
    return float(np.interp(lag_s, LAG_S, signal))


def _rate(signal: FloatArray) -> FloatArray:
    rate: FloatArray = np.gradient(signal, 1.0 / GRID_HZ)
    return rate
