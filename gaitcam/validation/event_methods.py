"""Rules from the literature and from open tools, each as a function of one stride.

A rule sees one leg's paths about a stride that is already known, so that the table compares
where rules put an event and not how they find strides.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.detection import follow_legs
from gaitcam.gait.foot_paths import GRID_HZ, SIDES, FootPaths
from gaitcam.gait.moments import Leg, see_leg
from gaitcam.gait.stride_pattern import LEG_CHANNELS
from gaitcam.validation.event_cases import EventCase
from gaitcam.validation.event_fit import REACH_S, pattern_of
from gaitcam.vocabulary import EventKind, Side

HEEL_X, ANKLE_Y, HEEL_Y, TOE_X, TOE_Y = 4, 3, 5, 6, 7
HIPS = 8  # row of ``LegPaths.height`` that holds the hips themselves


@dataclass(frozen=True, slots=True, eq=False)
class LegPaths:
    """A leg's paths on the grid: relative to the hips, and its points' height in the picture."""

    time_s: FloatArray
    leg: Leg
    height: FloatArray

    def rate(self, signal: FloatArray) -> FloatArray:
        """Return the time derivative on the grid."""
        change: FloatArray = np.gradient(signal, 1.0 / GRID_HZ)
        return change


Signal = Callable[[LegPaths], FloatArray]


@dataclass(frozen=True, slots=True)
class Rule:
    """An event is where ``signal`` is highest from ``first_s`` to ``last_s`` about the anchor."""

    name: str
    source: str
    kind: EventKind
    signal: Signal
    first_s: float
    last_s: float


IC, TO = EventKind.INITIAL_CONTACT, EventKind.TOE_OFF
RULES: tuple[Rule, ...] = (
    Rule(
        "ankle lowest in the picture",
        "open running tools",
        IC,
        lambda p: -p.height[ANKLE_Y],
        -0.15,
        0.25,
    ),
    Rule(
        "heel furthest ahead of the hips",
        "Zeni 2008",
        IC,
        lambda p: p.leg.place[HEEL_X],
        -0.12,
        0.12,
    ),
    Rule(
        "knee straightest before landing",
        "after Fellin 2010",
        IC,
        lambda p: -p.leg.knee,
        -0.12,
        0.10,
    ),
    Rule(
        "heel's upward acceleration highest",
        "Handsaker 2016",
        IC,
        lambda p: p.rate(p.rate(p.height[HEEL_Y])),
        -0.05,
        0.12,
    ),
    Rule(
        "hips sink fastest",
        "kinetics: force passes body weight",
        IC,
        lambda p: -p.rate(p.height[HIPS]),
        -0.05,
        0.14,
    ),
    Rule(
        "toe furthest behind the hips", "Zeni 2008", TO, lambda p: -p.leg.place[TOE_X], -0.10, 0.20
    ),
    Rule("knee straightest at push-off", "Fellin 2010", TO, lambda p: -p.leg.knee, -0.12, 0.12),
    Rule(
        "toe's upward jerk highest",
        "Handsaker 2016",
        TO,
        lambda p: p.rate(p.rate(p.rate(p.height[TOE_Y]))),
        -0.10,
        0.10,
    ),
    Rule("thigh furthest behind", "hip extension peak", TO, lambda p: -p.leg.thigh, -0.12, 0.14),
)


def see_paths(paths: FootPaths, side: Side) -> LegPaths:
    """Lay out one leg's paths for the rules."""
    place = paths.relative[SIDES.index(side)].transpose(1, 2, 0).reshape(LEG_CHANNELS, -1)
    height = np.vstack([place + paths.hip_height, paths.hip_height])
    return LegPaths(paths.time_s, see_leg(place), height)


def rule_errors_s(case: EventCase, rule: Rule) -> dict[Side, FloatArray]:
    """Return how late a rule is at each true event [s], NaN where it says nothing."""
    legs, paths = follow_legs(case.track)
    return {
        leg.side: _errors(case, rule, paths, leg.side, pattern_of(leg, rule.kind).anchor_s)
        for leg in legs
    }


def _errors(
    case: EventCase, rule: Rule, paths: FootPaths, side: Side, anchor_s: FloatArray
) -> FloatArray:
    seen = see_paths(paths, side)
    signal = rule.signal(seen)
    truth = case.truth[rule.kind, side]
    truth = truth[(truth > case.span_s[0]) & (truth < case.span_s[1])]
    errors = []
    for true_s in truth:
        anchor = anchor_s[np.argmin(np.abs(anchor_s - true_s))]
        if abs(anchor - true_s) <= REACH_S:
            errors.append(_highest(seen.time_s, signal, anchor, rule) - true_s)
    return np.array(errors)


def _highest(time_s: FloatArray, signal: FloatArray, anchor_s: float, rule: Rule) -> float:
    near = (time_s >= anchor_s + rule.first_s) & (time_s <= anchor_s + rule.last_s)
    inside = np.flatnonzero(near & np.isfinite(signal))
    return float(time_s[inside[np.argmax(signal[inside])]]) if len(inside) else float("nan")
