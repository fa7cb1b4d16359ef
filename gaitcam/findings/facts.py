"""The run's numbers as words, and sentences that use them."""

import math
from collections.abc import Iterable, Mapping
from string import Formatter

import numpy as np

from gaitcam.metrics.catalog import CATALOG
from gaitcam.metrics.tables import RunSummary, StepTable
from gaitcam.units import UnitSystem, display_unit

Facts = Mapping[str, str]

LEAST_CADENCE_SPM, MOST_CADENCE_SPM = 170.0, 180.0  # A1
PLUS_FIVE_PERCENT, PLUS_TEN_PERCENT = 1.05, 1.10  # Heiderscheit 2011
ENOUGH_FOR_TENTHS = 10
STICKER_SLIP_M = 0.01
UNITS = {row.key: row.unit for row in CATALOG}
# What the sentences around a number say themselves: "25.5 % of a leg length", "steps a minute".
SAID_IN_THE_SENTENCE = {"leg lengths": "ratio", "steps/min": ""}


def gather_facts(
    summary: RunSummary,
    step_table: StepTable,
    foot_strike: str,
    units: UnitSystem = UnitSystem.METRIC,
) -> dict[str, str]:
    """Return every known number in words, by metric key; what is unknown has no entry.

    ``<key>_left`` and ``<key>_right`` are a side's; ``<key>_range`` says between which values
    about 8 of 10 of the runner's own steps lay.
    """
    facts: dict[str, str] = {}
    for key, metric in summary.metrics.items():
        sides = {f"{key}_left": metric.left, f"{key}_right": metric.right}
        for name, estimate in {key: metric.overall, **sides}.items():
            if estimate is not None and math.isfinite(estimate.value):
                facts[name] = in_words(key, estimate.value, units)
    for key, values in step_table.columns.items():
        known = values[np.isfinite(values)]
        if len(known) >= ENOUGH_FOR_TENTHS:
            low, high = np.percentile(known, [10, 90])
            words = " and ".join(in_words(key, float(end), units) for end in (low, high))
            facts[f"{key}_range"] = f"between {words}"
    if foot_strike in ("rearfoot", "midfoot", "forefoot"):
        names = {"rearfoot": "heel", "midfoot": "middle of the foot", "forefoot": "forefoot"}
        facts["foot_strike"] = names[foot_strike]
    length = display_unit("m", units)
    facts["sticker_slip"] = f"{length.rounded(STICKER_SLIP_M)} {length.label}"
    return {**facts, **_quicker_cadences(summary)}


def _quicker_cadences(summary: RunSummary) -> dict[str, str]:
    """Return what to try first and then, unless article A1 asks for no more steps already."""
    metric = summary.metrics.get("cadence_spm")
    if metric is None or not metric.overall.value < LEAST_CADENCE_SPM:
        return {}
    own = metric.overall.value
    return {
        "cadence_plus_5": f"{own * PLUS_FIVE_PERCENT:.0f}",
        "cadence_goal": f"{min(own * PLUS_TEN_PERCENT, MOST_CADENCE_SPM):.0f}",
    }


def in_words(key: str, value: float, units: UnitSystem = UnitSystem.METRIC) -> str:
    """Return a metric's value for a sentence: ``−13.5°``, ``28.9 cm``, ``33.1 %``.

    It has the digits of the tables: a number that is rounded anew can contradict its range.
    """
    unit = UNITS[key]
    return display_unit(SAID_IN_THE_SENTENCE.get(unit, unit), units).text(value)


def fill(sentences: Iterable[str], facts: Facts) -> str:
    """Return the sentences whose facts are all known, joined."""
    return " ".join(s.format_map(facts) for s in sentences if _is_known(s, facts))


def first_known(sentences: Iterable[str], facts: Facts) -> str:
    """Return the first sentence whose facts are all known, or an empty text."""
    return next((s.format_map(facts) for s in sentences if _is_known(s, facts)), "")


def _is_known(sentence: str, facts: Facts) -> bool:
    names = (name for _, name, _, _ in Formatter().parse(sentence) if name)
    return all(name in facts for name in names)
