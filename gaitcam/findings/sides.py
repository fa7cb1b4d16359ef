"""Left and right: a foot that alone lands far ahead, and differences between the legs."""

from dataclasses import replace

from gaitcam.findings.facts import Facts, in_words
from gaitcam.findings.judging import furthest_out, is_outside
from gaitcam.findings.landing_rules import OVERSTRIDE, VERTICAL_SHIN_DEG
from gaitcam.findings.rules import Place, Rule
from gaitcam.findings.symmetry_rule import (
    OTHER_DIFFERENCES,
    SYMMETRY,
    SYMMETRY_BAND,
    SYMMETRY_METRICS,
    UNEVEN_OTHERWISE,
)
from gaitcam.metrics.tables import Estimate, RunSummary
from gaitcam.vocabulary import Side

LEAST_SAID_DEG = 0.05  # smaller differences round to nothing


def far_foot(summary: RunSummary) -> Side | None:
    """Return the foot that is clearly outside the range, and clearly further than the other.

    None where both together are, or where its shin is about vertical.
    """
    difference = difference_of(OVERSTRIDE.metric_key, summary)
    if difference is None or not _is_clear(difference):
        return None
    foot = Side.LEFT if difference.value > 0 else Side.RIGHT
    reach = summary.metrics[OVERSTRIDE.metric_key]
    alone = reach.of(foot)
    if alone is None or is_outside(reach.overall, OVERSTRIDE.band):
        return None
    if not is_outside(alone, OVERSTRIDE.band) or has_vertical_shin(summary, foot):
        return None
    return foot


def has_vertical_shin(summary: RunSummary, side: Side | None) -> bool:
    """Tell whether the shin of a side, or of both together, is about vertical at contact."""
    shin = summary.metrics.get("shank_angle_at_ic_deg")
    estimate = None if shin is None else shin.of(side)
    return estimate is not None and estimate.value <= VERTICAL_SHIN_DEG


def far_foot_facts(foot: Side | None, facts: Facts) -> dict[str, str]:
    """Return what ``facts`` tell of the foot that alone lands far ahead, if one does."""
    if foot is None:
        return {}
    told = {
        "far_foot_m": f"overstride_m_{foot}",
        "far_foot_leg_ratio": f"overstride_leg_ratio_{foot}",
        "far_foot_shin_deg": f"shank_angle_at_ic_deg_{foot}",
        "far_foot_knee_deg": f"knee_flexion_at_ic_deg_{foot}",
    }
    return {"far_foot": str(foot)} | {
        name: facts[key] for name, key in told.items() if key in facts
    }


def fit_sides(summary: RunSummary) -> Rule:
    """Return the rule for the angle that differs most, or for what else differs clearly."""
    key = _most_uneven(summary)
    angle, others = difference_of(key, summary), _other_differences(summary)
    if not others or (angle is not None and is_outside(angle, SYMMETRY_BAND)):
        return replace(SYMMETRY, metric_key=key)
    unranged = replace(SYMMETRY, metric_key=next(iter(others)), band=None)
    return unranged.with_verdict(Place.NO_RANGE, UNEVEN_OTHERWISE)


def difference_facts(summary: RunSummary) -> dict[str, str]:
    """Return which angles of left and right were compared, and the one that stands out."""
    differences = _differences(summary)
    others = [_told(key, each) for key, each in _other_differences(summary).items()]
    told = {"other_difference": others[0], "other_differences": "; ".join(others)} if others else {}
    if not differences:
        return told
    key = _most_uneven(summary)
    value = differences[key].value
    name, more = SYMMETRY_METRICS[key]
    size = (
        in_words(key, abs(value)) if abs(value) >= LEAST_SAID_DEG else f"under {in_words(key, 0.1)}"
    )
    return told | {
        "compared_angles": ", ".join(SYMMETRY_METRICS[compared][0] for compared in differences),
        "uneven_metric": name,
        "difference": f"{size} {more} on the {Side.LEFT if value > 0 else Side.RIGHT}",
    }


def difference_of(key: str, summary: RunSummary) -> Estimate | None:
    """Return left minus right of a metric, if it is known."""
    metric = summary.metrics.get(key)
    if metric is None or metric.difference is None or not metric.difference.is_known:
        return None
    return metric.difference


def _most_uneven(summary: RunSummary) -> str:
    """Return the angle whose left-right difference stands out most; empty if none is known."""
    differences = _differences(summary)
    if not differences:
        return ""
    return list(differences)[furthest_out(list(differences.values()), SYMMETRY_BAND)]


def _differences(summary: RunSummary) -> dict[str, Estimate]:
    """Return the known left-right differences of the angles that are compared."""
    found = {key: difference_of(key, summary) for key in SYMMETRY_METRICS}
    return {key: difference for key, difference in found.items() if difference is not None}


def _other_differences(summary: RunSummary) -> dict[str, Estimate]:
    """Return the differences beside those of angles that are more than their error."""
    found = {key: difference_of(key, summary) for key in OTHER_DIFFERENCES}
    return {key: each for key, each in found.items() if each is not None and _is_clear(each)}


def _is_clear(difference: Estimate) -> bool:
    """Tell whether a difference is more than its error."""
    return difference.low > 0.0 or difference.high < 0.0


def _told(key: str, difference: Estimate) -> str:
    side = Side.LEFT if difference.value > 0 else Side.RIGHT
    return OTHER_DIFFERENCES[key].format(side=side, size=in_words(key, abs(difference.value)))
