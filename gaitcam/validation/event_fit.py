"""Fit the timing model and predict runners that were left out of the fit."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.gait.detection import follow_legs
from gaitcam.gait.legs import LegStrides
from gaitcam.gait.moments import COURSE_PERCENT
from gaitcam.gait.stride_pattern import StridePattern
from gaitcam.gait.timing_model import USUAL_STRIDE_S, TimingModel, select_measures
from gaitcam.validation.event_cases import EventCase
from gaitcam.vocabulary import EventKind, Side

REACH_S = 0.13  # a true event further than this from where it is expected is another one
EXPECTED_DELAY_S = {EventKind.INITIAL_CONTACT: 0.025, EventKind.TOE_OFF: 0.0}
# A real runner on force plates or in a real clip counts as two rendered ones.
RUNNER_WEIGHT = {"rendered": 1.0, "markers": 2.0, "filmed markers": 2.0, "real": 2.0}

LANDING = (
    "landing.heel_foremost",
    "landing.toe_foremost",
    "landing.knee_straightest",
    "landing.shank_foremost",
    "landing.foot_pitch_highest",
    "landing.ankle_quarter_back",
    "landing.ankle_half_back",
    "landing.toe_quarter_back",
    "landing.knee_half_yielding",
    "landing.knee_yields_fastest",
    "landing.shank_turns_fastest",
    "landing.hips_sink_fastest",
    "landing.toe_drops_fastest",
)
PUSH_OFF = (
    "push_off.toe_hindmost",
    "push_off.heel_hindmost",
    "push_off.knee_hindmost",
    "push_off.knee_straightest",
    "push_off.knee_starts_bending",
    "push_off.thigh_hindmost",
    "push_off.toe_up_2_percent",
    "push_off.toe_up_4_percent",
    "push_off.toe_half_back",
    "push_off.hips_rise_fastest",
    "push_off.other_ankle_foremost",
    "push_off.other_thigh_foremost",
    "push_off.other_knee_foremost",
)
POSTURE = tuple(
    f"{part}.{angle}"
    for part in ("landing", "push_off")
    for angle in ("thigh", "shank", "foot", "knee")
)
LANDING_COURSE, PUSH_OFF_COURSE = (
    tuple(
        f"{part}.{point}_{axis}_at_{percent:+d}_percent"
        for point in ("knee", "ankle", "heel", "toe")
        for axis in "xy"
        for percent in COURSE_PERCENT
    )
    for part in ("landing", "push_off")
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a model reads and how hard it is held back: ``ridge`` in units of runners."""

    names: tuple[str, ...]
    is_stride_scaled: bool
    ridge: float
    leave_out_kinds: tuple[str, ...] = ()


RECIPES = {
    EventKind.INITIAL_CONTACT: Recipe(
        (*LANDING, *LANDING_COURSE), is_stride_scaled=False, ridge=30.0
    ),
    EventKind.TOE_OFF: Recipe(
        (*PUSH_OFF, *PUSH_OFF_COURSE, *LANDING, *POSTURE, "landing.foot_drop", "stance"),
        is_stride_scaled=True,
        ridge=3.0,
        # The real clip's toe-offs were labelled by a rule that may be a frame late.
        leave_out_kinds=("real",),
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One leg of one case: what it measures and how long after its anchor the event comes.

    ``late_s`` (n,) of each event: truth minus the stride's anchor.
    """

    case: EventCase
    side: Side
    kind: EventKind
    measures: dict[str, float]
    stride_s: float
    late_s: FloatArray

    @property
    def delay_s(self) -> float:
        """The leg's median delay from anchor to event."""
        return float(np.median(self.late_s))

    @property
    def is_far(self) -> bool:
        """Whether the leg is the one further from the camera."""
        return self.side is not self.case.track.view.near_side


def collect_examples(cases: Collection[EventCase]) -> list[Example]:
    """Follow the legs of all cases and match their strides with the truth."""
    found = []
    for case in cases:
        for leg in follow_legs(case.track)[0]:
            for kind in EventKind:
                late_s = _match(case, leg, kind)
                if len(late_s):
                    found.append(Example(case, leg.side, kind, leg.measures, leg.stride_s, late_s))
    return found


def pattern_of(leg: LegStrides, kind: EventKind) -> StridePattern:
    """Return the pattern on which a kind of event lies."""
    return leg.landing if kind is EventKind.INITIAL_CONTACT else leg.push_off


def _match(case: EventCase, leg: LegStrides, kind: EventKind) -> FloatArray:
    """Return how much later than the nearest stride's anchor each true event comes [s]."""
    pattern = pattern_of(leg, kind)
    anchors = pattern.anchor_s[pattern.known >= 0.4]
    times = case.truth[kind, leg.side]
    times = times[(times > case.span_s[0]) & (times < case.span_s[1])]
    if not len(anchors) or not len(times):
        return np.empty(0)
    late = times[:, None] - anchors
    expected = EXPECTED_DELAY_S[kind]
    nearest = late[np.arange(len(times)), np.argmin(np.abs(late - expected), axis=1)]
    matched: FloatArray = nearest[np.abs(nearest - expected) <= REACH_S]
    return matched


def fit_model(examples: list[Example], recipe: Recipe) -> TimingModel:
    """Fit a ridge regression in which every runner weighs as much as any other of its kind."""
    rows = [
        select_measures(e.measures, recipe.names, e.stride_s, recipe.is_stride_scaled)
        for e in examples
    ]
    values = np.array(rows)
    centre, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0) + 1e-9
    scores = np.clip(np.nan_to_num((values - centre) / scale), -3.0, 3.0)
    delays = np.array([_scaled(e, recipe) for e in examples])
    weights = _weights(examples)
    middle, delay = weights @ scores / weights.sum(), weights @ delays / weights.sum()
    about, late = scores - middle, delays - delay
    system = about.T @ (weights[:, None] * about) + recipe.ridge * np.eye(scores.shape[1])
    weight: FloatArray = np.linalg.solve(system, about.T @ (weights * late))
    return TimingModel(
        names=recipe.names,
        is_stride_scaled=recipe.is_stride_scaled,
        centre=centre,
        scale=scale,
        weight=weight,
        intercept_s=float(delay - middle @ weight),
        error_s=0.0,
        jitter_s=0.0,
        jitter_frames=0.0,
    )


def _scaled(example: Example, recipe: Recipe) -> float:
    factor = USUAL_STRIDE_S / example.stride_s if recipe.is_stride_scaled else 1.0
    return example.delay_s * factor


def _weights(examples: list[Example]) -> FloatArray:
    runners = [e.case.runner for e in examples]
    count = {runner: runners.count(runner) for runner in set(runners)}
    return np.array([RUNNER_WEIGHT[e.case.kind] / count[e.case.runner] for e in examples])


def predict_left_out(examples: list[Example], recipe: Recipe) -> FloatArray:
    """Predict each example's delay [s] by a model that never saw its runner, shape (n,).

    Marker runs filmed with the pose errors of a rendered clip are left out with that clip.
    """
    predicted = np.full(len(examples), np.nan)
    for runner in sorted({e.case.runner for e in examples}):
        rest = [
            e
            for e in examples
            if runner not in (e.case.runner, e.case.donor) and is_for_fit(e, recipe)
        ]
        model = fit_model(rest, recipe)
        for index, example in enumerate(examples):
            if example.case.runner == runner:
                predicted[index] = model.delay_s(example.measures, example.stride_s)
    return predicted


def is_for_fit(example: Example, recipe: Recipe) -> bool:
    """Tell whether an example's truth is good enough to fit to."""
    return example.case.kind not in recipe.leave_out_kinds


def mask(examples: list[Example], **wanted: object) -> BoolArray:
    """Tell which examples belong to cases with the wanted fields."""
    return np.array(
        [all(getattr(e.case, key) == value for key, value in wanted.items()) for e in examples]
    )
