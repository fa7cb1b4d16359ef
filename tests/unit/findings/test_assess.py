"""A runner's numbers become the right findings, and no number is judged beyond its error."""

import math
import re
from dataclasses import replace

import pytest

from gaitcam.findings import assess, top_actions
from gaitcam.findings.finding import Finding, FindingKind
from gaitcam.metrics.tables import Estimate, MetricSummary, RunSummary
from gaitcam.vocabulary import Side
from tests.summaries import CONTACT_S, STEP_S, estimate, steps_of, summary_of

OVERSTRIDER = {
    "overstride_leg_ratio": (0.34, 0.02),
    "overstride_m": (0.29, 0.02),
    "shank_angle_at_ic_deg": (13.0, 4.0),
    "cadence_spm": (158.0, 0.4),
}


def finding_of(key: str, findings: tuple[Finding, ...]) -> Finding:
    return next(finding for finding in findings if finding.key == key)


def assessed(
    key: str,
    values: dict[str, tuple[float, float]] | None = None,
    foot_strike: str = "unclear",
    n: int = 20,
) -> Finding:
    return finding_of(key, assess(summary_of(values, n=n), steps_of(n=n), foot_strike))


def test_a_plain_runner_has_nothing_to_change() -> None:
    findings = assess(summary_of(), steps_of())
    kinds = {finding.kind for finding in findings}
    assert kinds == {FindingKind.GOOD, FindingKind.INFORMATION}
    assert top_actions(findings) == ()


def test_overstriding_is_said_in_centimetres_and_comes_first() -> None:
    first = assess(summary_of(OVERSTRIDER), steps_of())[0]
    assert first.key == "overstride"
    assert first.kind is FindingKind.CHANGE
    assert first.title == "Your foot lands far ahead of your hips: 29.0 cm"
    assert "13.0°" in first.explanation
    assert first.sure == "high"
    assert "(A1, A2, A3, A5)" in first.why_for_the_back


def test_without_a_height_the_distance_is_told_in_leg_lengths() -> None:
    summary = summary_of(OVERSTRIDER, without=("overstride_m", "vertical_oscillation_m"))
    finding = finding_of("overstride", assess(summary, steps_of()))
    assert finding.title == "Your foot lands far ahead of your hips: 34.0 % of your leg"
    assert "{" not in finding.explanation


def test_a_foot_below_the_knee_is_no_overstride_however_far() -> None:
    finding = assessed("overstride", {**OVERSTRIDER, "shank_angle_at_ic_deg": (3.0, 3.0)})
    assert finding.kind is FindingKind.INFORMATION
    assert finding.advice == ()


@pytest.mark.parametrize(
    ("key", "metric", "value", "half", "kind"),
    [
        ("overstride", "overstride_leg_ratio", 0.26, 0.02, FindingKind.UNCERTAIN),
        ("cadence", "cadence_spm", 169.0, 1.5, FindingKind.UNCERTAIN),
        ("cadence", "cadence_spm", 150.0, 1.0, FindingKind.CHANGE),
        ("cadence", "cadence_spm", 185.0, 1.0, FindingKind.INFORMATION),
        ("cadence", "cadence_spm", 175.0, 1.0, FindingKind.GOOD),
        ("cadence", "cadence_spm", 179.8, 1.0, FindingKind.GOOD),
        ("trunk_lean", "trunk_lean_deg", 16.0, 2.0, FindingKind.UNCERTAIN),
        ("trunk_lean", "trunk_lean_deg", 19.0, 2.0, FindingKind.CHANGE),
        ("trunk_lean", "trunk_lean_deg", -1.0, 2.0, FindingKind.UNCERTAIN),
        ("trunk_lean", "trunk_lean_deg", -4.0, 2.0, FindingKind.CHANGE),
        ("trunk_lean", "trunk_lean_deg", 13.5, 2.0, FindingKind.GOOD),
        ("trunk_lean", "trunk_lean_deg", 14.5, 2.0, FindingKind.UNCERTAIN),
        ("knee_flexion", "peak_knee_flexion_stance_deg", 46.0, 12.0, FindingKind.GOOD),
        ("knee_flexion", "peak_knee_flexion_stance_deg", 38.0, 12.0, FindingKind.UNCERTAIN),
        ("knee_flexion", "peak_knee_flexion_stance_deg", 54.0, 12.0, FindingKind.GOOD),
        ("knee_flexion", "peak_knee_flexion_stance_deg", 30.0, 3.0, FindingKind.CHANGE),
        ("knee_flexion", "peak_knee_flexion_stance_deg", 62.0, 3.0, FindingKind.INFORMATION),
        ("pelvic_tilt", "pelvic_tilt_estimate_deg", 45.0, 1.0, FindingKind.INFORMATION),
    ],
)
def test_a_value_is_judged_only_beyond_its_interval(
    key: str, metric: str, value: float, half: float, kind: FindingKind
) -> None:
    values = {"shank_angle_at_ic_deg": (9.0, 3.0), metric: (value, half)}
    finding = assessed(key, values)
    assert finding.kind is kind
    if kind is FindingKind.UNCERTAIN:
        assert "measurement error" in finding.explanation
        assert finding.advice == ()
        assert finding.sure == "low"


def test_leaning_back_and_forward_are_told_apart() -> None:
    assert "back" in assessed("trunk_lean", {"trunk_lean_deg": (-6.0, 1.0)}).title
    assert "forward" in assessed("trunk_lean", {"trunk_lean_deg": (20.0, 1.0)}).title


def test_a_usual_cadence_below_170_is_no_fault_while_the_foot_lands_close() -> None:
    finding = assessed("cadence", {"cadence_spm": (164.0, 0.5)})
    assert finding.kind is FindingKind.INFORMATION
    assert "needs no change" not in finding.title
    assert "your steps need no change" in finding.explanation


def test_the_same_cadence_is_a_change_for_one_who_overstrides() -> None:
    finding = assessed("cadence", {**OVERSTRIDER, "cadence_spm": (164.0, 0.5)})
    assert finding.kind is FindingKind.CHANGE
    assert "5 to 10 % more than one's own (Heiderscheit 2011)" in finding.explanation
    assert "try 172 steps" in finding.advice[0].text


def test_where_the_landing_is_uncertain_nothing_rests_on_it() -> None:
    values = {**OVERSTRIDER, "overstride_leg_ratio": (0.26, 0.03), "cadence_spm": (160.0, 0.5)}
    findings = assess(summary_of(values), steps_of(), "rearfoot")
    for key in ("cadence", "foot_strike"):
        assert "does not land far ahead" not in finding_of(key, findings).explanation


def test_the_heel_is_remarked_on_only_with_the_foot_ahead() -> None:
    ahead = assessed("foot_strike", OVERSTRIDER, "rearfoot")
    close = assessed("foot_strike", {}, "rearfoot")
    assert ahead.title == "You land on the heel, with the foot ahead of you"
    assert close.title == "You land on the heel"
    assert {ahead.kind, close.kind} == {FindingKind.INFORMATION}
    assert ahead.advice
    assert not close.advice


def test_few_steps_inside_the_range_but_uncertain_are_not_called_good() -> None:
    finding = assessed("trunk_lean", {"trunk_lean_deg": (8.0, 20.0)}, n=3)
    assert finding.kind is FindingKind.UNCERTAIN
    assert "too few steps" in finding.title


def test_left_and_right_are_compared_by_the_angle_that_stands_out() -> None:
    differences = {"knee_flexion_at_ic_deg": (-9.0, 2.0), "thigh_angle_at_to_deg": (5.0, 4.0)}
    findings = assess(summary_of(differences=differences), steps_of())
    finding = finding_of("symmetry", findings)
    assert finding.kind is FindingKind.CHANGE
    assert finding.metric_key == "knee_flexion_at_ic_deg"
    assert finding.value == -9.0
    assert finding.title == "Left and right differ: knee bend at contact"
    assert "knee bend at contact, 9.0° more on the right." in finding.explanation


def test_the_angle_that_stands_out_is_told_with_the_side_and_what_was_compared() -> None:
    differences = {"knee_flexion_at_ic_deg": (-8.7, 11.0), "shank_angle_at_ic_deg": (3.9, 6.0)}
    summary = summary_of(differences=differences, without=("thigh_angle_at_to_deg",))
    finding = finding_of("symmetry", assess(summary, steps_of()))
    assert finding.kind is FindingKind.UNCERTAIN
    assert finding.explanation.startswith(
        "Compared: shin at contact, knee bend at contact, knee bend under load. What stands out "
        "most, with its error in mind: knee bend at contact, 8.7° more on the right."
    )


def test_a_difference_that_rounds_to_nothing_is_told_as_under_a_tenth_of_a_degree() -> None:
    assert "under 0.1° " in assessed("symmetry").explanation


def test_differences_too_unsure_to_tell_are_not_called_alike() -> None:
    finding = finding_of(
        "symmetry",
        assess(summary_of(differences={"knee_flexion_at_ic_deg": (1.8, 11.2)}), steps_of()),
    )
    assert finding.kind is FindingKind.UNCERTAIN
    assert finding.metric_key == "knee_flexion_at_ic_deg"
    assert "alike" not in finding.title


def one_sided(left: float, right: float, apart: float) -> RunSummary:
    """Return the plain runner's summary with one foot further ahead than the other."""
    mean, half = 0.5 * (left + right), 0.03
    values = {"shank_angle_at_ic_deg": (12.0, 3.0), "cadence_spm": (164.0, 0.5)}
    metrics = dict(summary_of(values).metrics)
    metrics["shank_angle_at_ic_deg"] = replace(
        metrics["shank_angle_at_ic_deg"], left=estimate(11.0, 3.0, 10)
    )
    metrics["overstride_leg_ratio"] = MetricSummary(
        "overstride_leg_ratio",
        "leg lengths",
        estimate(mean, half),
        0.01,
        estimate(left, half, 10),
        estimate(right, half, 10),
        estimate(left - right, apart, 10),
    )
    return RunSummary(metrics)


def test_one_foot_far_ahead_is_not_lost_in_the_mean() -> None:
    findings = assess(one_sided(0.30, 0.21, 0.04), steps_of())
    finding = finding_of("overstride", findings)
    assert finding.kind is FindingKind.CHANGE
    assert finding.side is Side.LEFT
    assert finding.title.startswith("Your left foot lands far ahead of your hips")
    assert (finding.value, finding.n) == (0.30, 10)
    assert "other side" in finding.advice[0].text
    cadence = finding_of("cadence", findings)
    assert cadence.kind is FindingKind.INFORMATION
    assert "need no change" not in cadence.explanation
    assert "left shin is at 11.0°" in finding.explanation


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [(0.27, 0.21, 0.04), (0.30, 0.21, 0.10), (0.22, 0.14, 0.04), (0.36, 0.29, 0.04)],
)
def test_a_foot_is_judged_alone_only_if_it_differs_and_is_outside_and_both_are_not(
    left: float, right: float, apart: float
) -> None:
    finding = finding_of("overstride", assess(one_sided(left, right, apart), steps_of()))
    assert finding.side is None


def test_a_difference_that_is_no_angle_is_told_without_a_judgement() -> None:
    finding = finding_of("symmetry", assess(one_sided(0.22, 0.14, 0.04), steps_of()))
    assert finding.kind is FindingKind.INFORMATION
    assert finding.metric_key == "overstride_leg_ratio"
    assert finding.reference is None
    assert finding.title.startswith("Left and right differ: the left foot lands")
    assert "further ahead of the hips" in finding.explanation


def test_top_actions_are_three_different_ones_quicker_steps_first() -> None:
    values = {**OVERSTRIDER, "trunk_lean_deg": (20.0, 1.0)}
    actions = top_actions(assess(summary_of(values), steps_of()))
    assert [action.correction_id for action in actions] == [
        "form-shorter-quicker-steps",
        "form-upright",
        "form-foot-under-hips",
    ]
    assert "166" in actions[0].text
    assert "174" in actions[0].text


@pytest.mark.parametrize("cadence", [170.0, 174.0, 184.0])
def test_one_who_steps_as_quickly_as_a1_asks_gets_no_number_to_step_at(cadence: float) -> None:
    values = {**OVERSTRIDER, "cadence_spm": (cadence, 0.5)}
    advice = assessed("overstride", values).advice[0]
    assert advice.correction_id == "form-shorter-quicker-steps"
    assert not re.search(r"\d", advice.text)


@pytest.mark.parametrize("cadence", [150.0, 164.0, 169.9])
def test_no_one_is_told_to_step_quicker_than_a1_asks(cadence: float) -> None:
    values = {**OVERSTRIDER, "cadence_spm": (cadence, 0.05)}
    for finding in assess(summary_of(values), steps_of(), "rearfoot"):
        told = [int(number) for a in finding.advice for number in re.findall(r"\b1\d\d\b", a.text)]
        assert max(told, default=0) <= 180


@pytest.mark.parametrize(
    ("cadence", "title"),
    [
        (150.0, "Your cadence is below article A1's range: 150.0 steps a minute"),
        (168.6, "Your cadence is 168.6 steps a minute, below article A1's 170"),
        (175.0, "Your cadence is in article A1's range: 175.0 steps a minute"),
    ],
)
def test_the_range_of_cadences_is_the_one_articles_that_gives_it(
    cadence: float, title: str
) -> None:
    assert assessed("cadence", {"cadence_spm": (cadence, 0.5)}).title == title


def test_moments_are_contacts_of_the_longest_reaches_without_strays() -> None:
    reaches = [0.30, 0.31, 0.32, 0.33, 0.34, 0.35, 0.36, 0.37, 0.38, 0.95]
    steps = steps_of({"overstride_leg_ratio": reaches}, n=10)
    finding = finding_of("overstride", assess(summary_of(OVERSTRIDER, n=10), steps))
    assert finding.moments_s == pytest.approx([8 * STEP_S, 7 * STEP_S, 6 * STEP_S])


def test_lean_is_shown_in_mid_stance() -> None:
    steps = steps_of({"trunk_lean_deg": [20.0, 19.0, 18.0]}, n=3)
    findings = assess(summary_of({"trunk_lean_deg": (19.0, 1.0)}), steps)
    assert finding_of("trunk_lean", findings).moments_s[0] == pytest.approx(CONTACT_S / 2)


def test_a_metric_that_is_missing_or_unknown_yields_no_finding() -> None:
    unknown = Estimate(math.nan, math.nan, math.nan, 0)
    metrics = dict(summary_of(without=("arm_swing_deg", "shank_angle_at_ic_deg")).metrics)
    metrics["trunk_lean_deg"] = MetricSummary("trunk_lean_deg", "deg", unknown, math.nan)
    keys = {finding.key for finding in assess(RunSummary(metrics), steps_of())}
    assert "trunk_lean" not in keys
    assert "arm_swing" not in keys
    assert "overstride" in keys


def test_nothing_measured_yields_no_findings() -> None:
    assert assess(RunSummary({}), steps_of(n=0)) == ()


def test_no_text_is_left_with_a_gap_or_diagnoses() -> None:
    findings = assess(summary_of(OVERSTRIDER), steps_of(), "rearfoot")
    for finding in findings:
        text = " ".join([finding.title, finding.explanation, finding.evidence])
        assert finding.title
        assert "{" not in text
        assert "nan" not in text
        assert "you have a" not in text.lower()
        assert all(action.text for action in finding.advice)


def test_a_measured_pelvis_is_told_as_measured_and_never_judged() -> None:
    finding = assessed("pelvic_tilt", {"pelvic_tilt_measured_deg": (5.0, 2.0)})
    assert finding.kind is FindingKind.INFORMATION
    assert finding.title == "Pelvic tilt, measured: 5.0° forward"
    assert "estimate" not in finding.explanation
