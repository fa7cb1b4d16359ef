"""Every rule keeps its promises: sources, known facts, at most three actions, no rash grades."""

import re
from string import Formatter

import pytest

from gaitcam.findings import PAPERS, load_corrections
from gaitcam.findings.assess import MOST_ACTIONS, RULES
from gaitcam.findings.finding import FindingKind
from gaitcam.findings.finding_keys import CLIP_FINDINGS
from gaitcam.findings.landing_rules import AHEAD_BELOW_KNEE, USUAL_CADENCE
from gaitcam.findings.rules import Place, Rule, Verdict
from gaitcam.findings.stance_rules import HEEL_FIRST, HEEL_FIRST_AHEAD
from gaitcam.metrics.catalog import RUN_METRICS, STEP_METRICS

METRIC_KEYS = {row.key for row in (*RUN_METRICS, *STEP_METRICS)}
OTHER_FACTS = {
    "cadence_plus_5",
    "cadence_goal",
    "compared_angles",
    "foot_strike",
    "foot_is_close",
    "uneven_metric",
    "difference",
    "sticker_slip",
}
SUFFIX = re.compile("_(range|left|right)$")
SPECIAL = (AHEAD_BELOW_KNEE, USUAL_CADENCE, HEEL_FIRST, HEEL_FIRST_AHEAD)
VERDICTS = [(rule.key, v) for rule in RULES for v in rule.verdicts.values()]
VERDICTS += [("special", verdict) for verdict in SPECIAL]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_metrics_and_papers_exist(rule: Rule) -> None:
    assert {rule.metric_key, *rule.related} - {""} <= METRIC_KEYS
    assert set(rule.papers) <= set(PAPERS)
    assert rule.key in CLIP_FINDINGS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_papers_named_in_sentences_are_listed(rule: Rule) -> None:
    texts = [*rule.evidence, rule.band.source if rule.band else ""]
    texts += [s for v in rule.verdicts.values() for s in v.explanation]
    texts += [action.text for v in rule.verdicts.values() for action in v.actions]
    named = {p.paper_id for p in PAPERS.values() if any(p.short in text for text in texts)}
    assert named <= set(rule.papers)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_only_a_rule_with_a_sourced_range_judges(rule: Rule) -> None:
    kinds = {verdict.kind for verdict in rule.verdicts.values()}
    if rule.band is None:
        assert set(rule.verdicts) == {Place.NO_RANGE}
        assert kinds == {FindingKind.INFORMATION}
    else:
        assert rule.band.source
        assert Place.INSIDE in rule.verdicts


def test_pelvic_tilt_is_never_graded() -> None:
    pelvis = next(rule for rule in RULES if rule.key == "pelvic_tilt")
    assert pelvis.band is None
    assert pelvis.is_estimate


@pytest.mark.parametrize(("key", "verdict"), VERDICTS, ids=[f"{k}-{v.kind}" for k, v in VERDICTS])
def test_a_verdict_points_to_entries_and_uses_known_facts(key: str, verdict: Verdict) -> None:
    entries = load_corrections()
    assert set(verdict.why) <= set(entries)
    assert {action.correction_id for action in verdict.actions} <= set(entries)
    assert len(verdict.actions) <= MOST_ACTIONS
    sentences = [*verdict.titles, *verdict.explanation, *(a.text for a in verdict.actions)]
    facts = {name for s in sentences for _, name, _, _ in Formatter().parse(s) if name}
    assert {SUFFIX.sub("", fact) for fact in facts} <= METRIC_KEYS | OTHER_FACTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_change_gives_something_to_do_and_says_why(rule: Rule) -> None:
    for verdict in rule.verdicts.values():
        if verdict.kind is FindingKind.CHANGE:
            assert verdict.actions
            assert verdict.why


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_entries_used_by_a_rule_say_that_they_serve_it(rule: Rule) -> None:
    entries = load_corrections()
    used = {i for v in rule.verdicts.values() for i in v.why}
    used |= {a.correction_id for v in rule.verdicts.values() for a in v.actions}
    assert {i for i in used if rule.key not in entries[i].serves} == set()
