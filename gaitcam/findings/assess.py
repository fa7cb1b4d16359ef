"""From the run's numbers to findings: what they mean and what the articles advise.

`assess` reads each rule against the summary; nothing here measures anything.
"""

from dataclasses import replace
from itertools import chain, zip_longest

from gaitcam.findings.corrections import load_corrections
from gaitcam.findings.facts import Facts, fill, first_known, gather_facts
from gaitcam.findings.finding import Advice, Finding, FindingKind
from gaitcam.findings.finding_keys import CLIP_FINDINGS
from gaitcam.findings.judging import (
    is_too_close,
    is_too_thin,
    is_within_error,
    moments_of_both_sides,
    moments_that_show,
    nearer_edge,
    place_of,
    sureness,
)
from gaitcam.findings.landing_rules import (
    AHEAD_BELOW_KNEE,
    CADENCE,
    LANDING_RULES,
    ONE_FOOT_AHEAD,
    ONE_FOOT_MEASURED,
    OVERSTRIDE,
    SLOWEST_USUAL_CADENCE_SPM,
    USUAL_CADENCE,
)
from gaitcam.findings.posture_rules import MEASURED_PELVIS, PELVIS, POSTURE_RULES
from gaitcam.findings.rules import Action, Place, Rule, Verdict
from gaitcam.findings.sides import (
    difference_facts,
    difference_of,
    far_foot,
    far_foot_facts,
    fit_sides,
    has_vertical_shin,
)
from gaitcam.findings.stance_rules import (
    FOOT_STRIKE,
    HEEL_FIRST,
    HEEL_FIRST_AHEAD,
    STANCE_RULES,
)
from gaitcam.findings.symmetry_rule import SYMMETRY
from gaitcam.metrics.tables import Estimate, RunSummary, StepTable
from gaitcam.units import UnitSystem

MOST_ACTIONS = 3
WITHIN_ERROR = (
    "That is outside the range, but by less than the measurement error, so it is no finding."
)
TOO_FEW_STEPS = (
    "That is inside the range, but on so few steps that it might as well not be; film seven "
    "steps or more."
)
TOO_CLOSE = (
    "That is inside the range, but so near to its edge that, with the measurement error, it might "
    "as well not be."
)
NO_LINK = "The articles do not link this to the back."
KIND_ORDER = tuple(FindingKind)

RULES: tuple[Rule, ...] = (*LANDING_RULES, *STANCE_RULES, *POSTURE_RULES, SYMMETRY)


def assess(
    summary: RunSummary,
    step_table: StepTable,
    foot_strike: str = "unclear",
    units: UnitSystem = UnitSystem.METRIC,
) -> tuple[Finding, ...]:
    """Return the findings of one run: what to change first, then what is good or only known.

    A metric that the clip does not give yields no finding.  ``foot_strike`` is ``rearfoot``,
    ``midfoot``, ``forefoot`` or ``unclear``.  ``units`` are those of lengths in sentences.
    """
    facts = gather_facts(summary, step_table, foot_strike, units)
    overstride = _fit_landing(summary)
    facts |= difference_facts(summary) | far_foot_facts(overstride.side, facts)
    landing = _landing(overstride, summary)
    if landing is FindingKind.GOOD:
        facts["foot_is_close"] = "Your foot does not land far ahead of you"
    findings = []
    lands_ahead = landing is FindingKind.CHANGE
    for rule in RULES:
        is_first = rule is OVERSTRIDE  # the others depend on it
        fitted = overstride if is_first else _fit(rule, summary, foot_strike, lands_ahead)
        estimate = _estimate(fitted, summary)
        if estimate is not None and estimate.is_known:
            unit = summary.metrics[fitted.metric_key].unit
            findings.append(_finding(fitted, estimate, unit, step_table, facts))
    return tuple(sorted(findings, key=lambda finding: KIND_ORDER.index(finding.kind)))


def top_actions(findings: tuple[Finding, ...]) -> tuple[Advice, ...]:
    """Return the three things to do first: the first of each change, then the second, ...

    One correction often serves several findings; it is named once.
    """
    changes = [f.advice for f in findings if f.kind is FindingKind.CHANGE]
    by_rank = chain.from_iterable(zip_longest(*changes))
    unique = {advice.correction_id: advice for advice in reversed([a for a in by_rank if a])}
    return tuple(reversed(unique.values()))[:MOST_ACTIONS]


def _fit(rule: Rule, summary: RunSummary, foot_strike: str, lands_ahead: bool) -> Rule:
    """Return the rule in the light of the other findings."""
    if rule is CADENCE and not lands_ahead and _is_usual_cadence(summary):
        return rule.with_verdict(Place.BELOW, USUAL_CADENCE)
    if rule is FOOT_STRIKE and foot_strike == "rearfoot":
        return rule.with_verdict(Place.NO_RANGE, HEEL_FIRST_AHEAD if lands_ahead else HEEL_FIRST)
    if rule is PELVIS and _is_known(summary, MEASURED_PELVIS.metric_key):
        return MEASURED_PELVIS
    if rule is SYMMETRY:
        return fit_sides(summary)
    return rule


def _fit_landing(summary: RunSummary) -> Rule:
    """Return the rule on overstriding for both feet, or for the one that alone lands far ahead."""
    foot = far_foot(summary)
    if foot is not None:
        rule = OVERSTRIDE.with_verdict(Place.ABOVE, ONE_FOOT_AHEAD)
        return replace(rule, side=foot, measured=ONE_FOOT_MEASURED)
    if has_vertical_shin(summary, None):
        return OVERSTRIDE.with_verdict(Place.ABOVE, AHEAD_BELOW_KNEE)
    return OVERSTRIDE


def _is_known(summary: RunSummary, key: str) -> bool:
    return key in summary.metrics and summary.metrics[key].overall.is_known


def _is_usual_cadence(summary: RunSummary) -> bool:
    estimate = _estimate(CADENCE, summary)
    return estimate is not None and estimate.value >= SLOWEST_USUAL_CADENCE_SPM


def _landing(rule: Rule, summary: RunSummary) -> FindingKind | None:
    """Return the kind of the finding on overstriding, which others depend on; None for one foot."""
    estimate = _estimate(rule, summary)
    if estimate is None or not estimate.is_known or rule.side is not None:
        return None
    return _verdict(rule, estimate, place_of(estimate.value, rule.band)).kind


def _estimate(rule: Rule, summary: RunSummary) -> Estimate | None:
    if rule.key == SYMMETRY.key:
        return difference_of(rule.metric_key, summary)
    metric = summary.metrics.get(rule.metric_key)
    return None if metric is None else metric.of(rule.side)


def _finding(
    rule: Rule, estimate: Estimate, unit: str, step_table: StepTable, facts: Facts
) -> Finding:
    place = place_of(estimate.value, rule.band)
    verdict = _verdict(rule, estimate, place)
    moments_s = moments_that_show(rule.metric_key, place, step_table, rule.side)
    if rule.key == SYMMETRY.key:
        moments_s = moments_of_both_sides(rule.metric_key, step_table)
    return Finding(
        key=rule.key,
        kind=verdict.kind,
        title=first_known(verdict.titles, facts),
        metric_key=rule.metric_key,
        value=estimate.value,
        interval=(estimate.low, estimate.high),
        n=estimate.n,
        unit=unit,
        reference=rule.band,
        sure=sureness(
            estimate, rule.band, rule.is_estimate or verdict.kind is FindingKind.UNCERTAIN
        ),
        explanation=fill((*rule.measured, *verdict.explanation), facts),
        why_for_the_back=_why(verdict.why),
        evidence=fill(rule.evidence, facts),
        advice=tuple(_advice(action, facts) for action in verdict.actions[:MOST_ACTIONS]),
        moments_s=moments_s,
        why_ids=verdict.why,
        paper_ids=rule.papers,
        related_metrics=rule.related,
        side=rule.side,
    )


def _verdict(rule: Rule, estimate: Estimate, place: Place) -> Verdict:
    """Return what the rule says; where the interval does not allow it, that and no more."""
    label = CLIP_FINDINGS[rule.key]
    if is_within_error(estimate, rule.band):
        return _undecided(rule, f"{label}: within measurement error of the range", WITHIN_ERROR)
    if is_too_thin(estimate, rule.band):
        return _undecided(rule, f"{label}: too few steps to say", TOO_FEW_STEPS)
    if _may_ask_for_change(rule, estimate):
        return _undecided(rule, f"{label}: too close to the edge of the range to say", TOO_CLOSE)
    return rule.verdicts[place]


def _may_ask_for_change(rule: Rule, estimate: Estimate) -> bool:
    """Tell whether a value is too near to an edge beyond which a change would be asked for."""
    band = rule.band
    if band is None or not is_too_close(estimate, band):
        return False
    return rule.verdicts[nearer_edge(estimate, band)].kind is FindingKind.CHANGE


def _undecided(rule: Rule, title: str, reason: str) -> Verdict:
    return Verdict(FindingKind.UNCERTAIN, (title,), (reason,), rule.verdicts[Place.INSIDE].why)


def _why(correction_ids: tuple[str, ...]) -> str:
    """Return what the articles say of it, each statement with the articles that make it."""
    corrections = load_corrections()
    statements = []
    for correction_id in correction_ids:
        entry = corrections[correction_id]
        articles = sorted({source.article_id for source in entry.sources})
        statements.append(f"{entry.text} ({', '.join(articles)})")
    return " ".join(statements) or NO_LINK


def _advice(action: Action, facts: Facts) -> Advice:
    entry = load_corrections()[action.correction_id]
    source = entry.sources[0]
    return Advice(
        correction_id=entry.correction_id,
        text=first_known((action.text, entry.text) if action.text else (entry.text,), facts),
        article_id=source.article_id,
        article_title=source.article_title,
        section=source.section,
    )
