"""The chapters of docs/VALIDATION.md, each a function from comparisons to Markdown."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from gaitcam.keypoints.joint_centres import SHOULDER_AHEAD
from gaitcam.keypoints.scale import HEIGHT_OVER_CHAIN, LEG_OVER_SEGMENTS
from gaitcam.metrics.catalog import SUMMARY_METRICS
from gaitcam.validation.agreement import Agreement, measure_agreement
from gaitcam.validation.calibration import SUMMARISED, Calibration, calibrate
from gaitcam.validation.clip_truth import ClipTruth
from gaitcam.validation.compare import BOTH, DIFFERENCE, FAR, NEAR, Comparison, MetricError
from gaitcam.validation.left_out import leg_refits, refit_scale, shoulder_refits
from gaitcam.validation.markdown import PRINTED, number, share, table
from gaitcam.validation.targets import NAMES, event_agreement, judge
from gaitcam.validation.true_events import at_true_events
from gaitcam.vocabulary import EventKind

LABEL = {row.key: row.label for row in SUMMARY_METRICS}
Comparisons = Sequence[Comparison]
LEAST_FOR_LIMITS = 3
NAN = float("nan")


class Group(NamedTuple):
    """Clips, or legs of clips, that belong together in a column."""

    name: str
    holds: Callable[[ClipTruth], bool]
    leg: str | None = None


GROUPS = (
    Group("near leg", lambda _: True, NEAR),
    Group("far leg", lambda _: True, FAR),
    Group("30 frames/s", lambda clip: clip.rate_hz < 45),
    Group("60", lambda clip: 45 <= clip.rate_hz < 90),
    Group("120", lambda clip: clip.rate_hz >= 90),
    Group("faces right", lambda clip: clip.direction == "right"),
    Group("left", lambda clip: clip.direction == "left"),
    Group("treadmill", lambda clip: clip.scene == "treadmill"),
    Group("runs past", lambda clip: clip.scene == "passby"),
)


def clips_table(comparisons: Comparisons) -> str:
    """List the clips."""
    rows = [
        [
            c.clip.name,
            c.clip.scene if c.clip.is_rendered else f"{c.clip.scene}, real",
            f"{c.clip.rate_hz:.0f}",
            c.clip.direction,
            "–" if c.clip.height_m is None else f"{c.clip.height_m:.2f}",
            number(c.clip.metrics["cadence_spm"].overall, 1),
            str(len(c.analysis.steps)),
            c.analysis.quality.level,
        ]
        for c in comparisons
    ]
    head = ["clip", "scene", "frames/s", "faces", "height m", "steps/min", "steps found"]
    return table([*head, "quality, as judged by the program"], rows)


def targets_table(shipped: Comparisons, left_out: Comparisons | None) -> str:
    """Set what was aimed at beside what was measured, as shipped and with runners left out."""
    outcomes = judge(shipped)
    others = [outcome for _, outcome in judge(left_out)] if left_out else [None] * len(outcomes)
    words = {True: "yes", False: "**no**", None: "–"}
    rows = []
    for (target, outcome), other in zip(outcomes, others, strict=True):
        row = [target.quantity, target.target, outcome.measured, words[outcome.is_met]]
        if left_out and other:
            row += [other.measured, words[other.is_met]]
        rows.append(row)
    head = ["quantity", "target", "as shipped", "met"]
    return table(head + (["runner left out", "met"] if left_out else []), rows)


def metrics_table(comparisons: Comparisons) -> str:
    """Give the agreement of every metric over all clips and legs."""
    rows = []
    for key in SUMMARISED:
        errors = errors_of(comparisons, key)
        if not errors:
            continue
        unit, factor, decimals = PRINTED[SUMMARISED[key].unit]
        rows.append([f"{LABEL[key]} [{unit}]", *_agreement_cells(agree(errors, factor), decimals)])
    return table(["metric", *AGREEMENT_HEAD], rows)


AGREEMENT_HEAD = ("bias", "mean abs. error", "RMSE", "95 % limits", "n", "worst", "clip")


def _agreement_cells(found: Agreement, decimals: int) -> list[str]:
    limits = "–"
    if found.n >= LEAST_FOR_LIMITS:
        limits = f"{number(found.low, decimals, True)} to {number(found.high, decimals, True)}"
    return [
        number(found.bias, decimals, True),
        number(found.mean_absolute, decimals),
        number(found.rmse, decimals),
        limits,
        str(found.n),
        number(found.worst, decimals, True),
        found.worst_clip,
    ]


def errors_of(comparisons: Comparisons, key: str, leg: str | None = None) -> list[MetricError]:
    """Return one metric's errors: of one leg, or of each leg where it has legs, else overall."""
    errors = [e for c in comparisons for e in c.metrics if e.key == key]
    if leg:
        return [e for e in errors if e.leg == leg]
    return [e for e in errors if e.leg in (NEAR, FAR)] or [e for e in errors if e.leg == BOTH]


def agree(errors: Iterable[MetricError], factor: float) -> Agreement:
    """Return the agreement of a metric's errors, times ``factor``."""
    return measure_agreement((e.clip.name, factor * e.error) for e in errors)


def groups_table(comparisons: Comparisons) -> str:
    """Give bias and RMSE of every metric by leg, frame rate, direction and scene."""
    rows = []
    for key in SUMMARISED:
        if not errors_of(comparisons, key):
            continue
        unit, factor, decimals = PRINTED[SUMMARISED[key].unit]
        cells = [_group_cell(comparisons, key, group, factor, decimals) for group in GROUPS]
        rows.append([f"{LABEL[key]} [{unit}]", *cells])
    return table(["bias / RMSE (n)", *(group.name for group in GROUPS)], rows)


def _group_cell(
    comparisons: Comparisons, key: str, group: Group, factor: float, decimals: int
) -> str:
    errors = errors_of(comparisons, key, group.leg)
    found = agree([e for e in errors if group.holds(e.clip)], factor)
    return bias_rmse(found, decimals)


def bias_rmse(found: Agreement, decimals: int) -> str:
    """Give bias, RMSE and number in one cell."""
    if not found.n:
        return "–"
    bias, rmse = number(found.bias, decimals, True), number(found.rmse, decimals)
    return f"{bias} / {rmse} ({found.n})"


def events_table(comparisons: Comparisons) -> str:
    """Give the timing of events [ms] by frame rate and leg, over all clips."""
    rows = []
    for kind in EventKind:
        for leg in (NEAR, FAR):
            for rate in sorted({round(c.clip.rate_hz) for c in comparisons}):
                found = event_agreement(comparisons, kind, leg, (rate,))
                if found.n:
                    name = f"{NAMES[kind]}, {leg} leg, {rate} frames/s"
                    rows.append([name, *_agreement_cells(found, 1)])
    return table(["event [ms]", *AGREEMENT_HEAD], rows)


def event_clips_table(comparisons: Comparisons) -> str:
    """Give each clip's timing [ms], and what was missed and invented."""
    rows = []
    for c in comparisons:
        cells = [
            bias_rmse(event_agreement([c], kind, leg), 1)
            for kind in EventKind
            for leg in (NEAR, FAR)
        ]
        true, missed, invented = (
            sum(getattr(x, name) for x in c.counts) for name in ("true", "missed", "invented")
        )
        rows.append([c.clip.name, *cells, str(true), str(missed), str(invented)])
    names = [f"{NAMES[kind]}, {leg}" for kind in EventKind for leg in (NEAR, FAR)]
    return table(["bias / RMSE (n) [ms]", *names, "true", "missed", "invented"], rows)


def clip_errors_table(comparisons: Comparisons, keys: Sequence[str]) -> str:
    """Give each clip's errors: near / far leg where a metric has legs."""
    head = [f"{LABEL[key]} [{PRINTED[SUMMARISED[key].unit][0]}]" for key in keys]
    rows = [[c.clip.name, *(_clip_cell(c, key) for key in keys)] for c in comparisons]
    return table(["estimate minus truth", *head], rows)


def _clip_cell(comparison: Comparison, key: str) -> str:
    _, factor, decimals = PRINTED[SUMMARISED[key].unit]
    errors = [e for e in comparison.metrics if e.key == key]
    legs = [next((e for e in errors if e.leg == leg), None) for leg in (NEAR, FAR)]
    if any(legs):
        values = [e.error * factor if e else np.nan for e in legs]
        return " / ".join(number(value, decimals, True) for value in values)
    overall = [e.error * factor for e in errors if e.leg == BOTH]
    return number(overall[0], decimals, True) if overall else "–"


def intervals_table(shipped: Comparisons, left_out: Comparisons) -> str:
    """Tell how often intervals hold the truth, as shipped and for runners left out."""
    found, apart = _calibrations(shipped), _calibrations(left_out)
    rows = []
    for key, both in found[BOTH].items():
        unit, factor, decimals = PRINTED[SUMMARISED[key].unit]
        legs = [found[leg][key] for leg in (NEAR, FAR) if key in found[leg]] or [both]
        others = [apart[leg][key] for leg in (NEAR, FAR) if key in apart[leg]] or [apart[BOTH][key]]
        half_width = float(np.mean([leg.half_width for leg in legs]))
        rows.append(
            [
                f"{LABEL[key]} [{unit}]",
                number(factor * both.shipped, decimals + 1),
                number(factor * apart[BOTH][key].measured, decimals + 1),
                _share_held(legs, "held"),
                _share_held(others, "held_left_out"),
                number(factor * half_width, decimals),
                number(factor * both.half_width, decimals) if len(legs) > 1 else "–",
            ]
        )
    every = [c for part in found.values() for c in part.values()]
    every_other = [c for part in apart.values() for c in part.values()]
    held, held_apart = _share_held(every, "held"), _share_held(every_other, "held_left_out")
    rows.append(["**All: each leg, and both together**", "", "", held, held_apart, "", ""])
    head = ["metric", "error in the catalog", "measured here", "held, as shipped"]
    head += ["held, runner left out", "half-width, mean", "half-width, both legs"]
    return table(head, rows)


def _calibrations(comparisons: Comparisons) -> dict[str, dict[str, Calibration]]:
    legs = (BOTH, NEAR, FAR)
    return {leg: {c.key: c for c in calibrate(comparisons, leg)} for leg in legs}


def _share_held(parts: Sequence[Calibration], name: str) -> str:
    return share(sum(getattr(c, name) for c in parts), sum(c.intervals for c in parts))


def sources_table(comparisons: Comparisons, keys: Sequence[str]) -> str:
    """Give bias and RMSE of each leg at the events found, and at the true ones."""
    apart = at_true_events(comparisons)
    rows = []
    for key in keys:
        unit, factor, decimals = PRINTED[SUMMARISED[key].unit]
        legs = (NEAR, FAR) if errors_of(comparisons, key, NEAR) else (BOTH,)
        for leg in legs:
            cells = [
                bias_rmse(agree(errors_of(of, key, leg), factor), decimals)
                for of in (comparisons, apart)
            ]
            name = LABEL[key] if leg == BOTH else f"{LABEL[key]}, {leg} leg"
            rows.append([f"{name} [{unit}]", *cells])
    return table(["bias / RMSE (n)", "at the events found", "at the true events"], rows)


def symmetry_table(comparisons: Comparisons) -> str:
    """Give left minus right on runners built symmetric: true difference, error, interval."""
    symmetric = [c for c in comparisons if c.clip.is_symmetric]
    rows = []
    for key in SUMMARISED:
        errors = errors_of(symmetric, key, DIFFERENCE)
        if not errors:
            continue
        unit, factor, decimals = PRINTED[SUMMARISED[key].unit]
        inside = sum(e.estimate.low <= 0.0 <= e.estimate.high for e in errors)
        worst = max(errors, key=lambda e: abs(e.estimate.value))
        rows.append(
            [
                f"{LABEL[key]} [{unit}]",
                share(inside, len(errors)),
                number(factor * float(np.mean([abs(e.estimate.value) for e in errors])), decimals),
                number(factor * float(np.mean([e.half_width for e in errors])), decimals),
                number(factor * worst.estimate.value, decimals, True),
                worst.clip.name,
            ]
        )
    head = ["left minus right", "0 inside the interval", "mean difference", "mean half-width"]
    return table([*head, "largest", "clip"], rows)


def constants_table(comparisons: Comparisons) -> str:
    """Give the fitted constants, and what they would be without each runner."""
    clips = [c.clip for c in comparisons]
    ratios = [HEIGHT_OVER_CHAIN / refit_scale(comparisons, clip) for clip in clips]
    legs = [LEG_OVER_SEGMENTS * factor for factor in leg_refits(comparisons).values()]
    ahead = [SHOULDER_AHEAD + shift for shift in shoulder_refits(comparisons).values()]
    rows = [
        [
            "standing height over the chain ankle-knee-hip-shoulder",
            *_range(HEIGHT_OVER_CHAIN, ratios),
        ],
        [
            "leg between joint centres over the model's hip-knee-ankle",
            *_range(LEG_OVER_SEGMENTS, legs),
        ],
        ["shoulder point ahead of the joint [leg lengths]", *_range(SHOULDER_AHEAD, ahead)],
    ]
    return table(["constant", "as shipped", "least, a runner left out", "most"], rows)


def _range(shipped: float, refits: Sequence[float]) -> list[str]:
    return [
        number(value, 4) for value in (shipped, min(refits, default=NAN), max(refits, default=NAN))
    ]
