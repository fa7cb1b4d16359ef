"""The profile file says what is wrong with it, and answers meet the articles' rules."""

from pathlib import Path

import pytest

from gaitcam.errors import SettingsError
from gaitcam.findings import load_corrections
from gaitcam.findings.finding_keys import PROFILE_FINDINGS
from gaitcam.findings.profile import (
    QUESTIONS,
    Profile,
    ProfileFinding,
    ProfileKind,
    check_profile,
    make_profile,
    parse_answer,
    parse_profile,
    profile_as_toml,
    read_profile,
)
from gaitcam.findings.questions import QUESTION_OF, AnswerKind
from gaitcam.findings.yes_no_checks import YES_NO_RULES

FULL = """
distance_unit = "mi"
weekly_distances = [10, 11, 12.1]
is_restarting = true
rest_days_per_week = 2
does_cross_train = true
shoe_distance = 120
surfaces = ["asphalt", "trail"]
warm_up_minutes = 8
stretches_after_runs = true
stretch_days_per_week = 7
strength_sessions_per_week = 2
strength_covers_core = true
sitting_hours_per_day = 8
sleeps_well = true
drinks_enough = true
can_plank_60_s = true
feels_glutes_in_bridge = true
hip_is_tight_in_lunge = false
has_pain = false
"""


def found(key: str, **answers: object) -> ProfileFinding:
    findings = check_profile(make_profile(answers))
    return next(finding for finding in findings if finding.key == key)


def test_every_question_has_its_field_in_the_same_order() -> None:
    assert [question.key for question in QUESTIONS] == list(Profile.__dataclass_fields__)


def test_a_runner_who_does_all_as_advised_gets_no_change() -> None:
    findings = check_profile(parse_profile(FULL))
    assert {finding.kind for finding in findings} == {ProfileKind.GOOD, ProfileKind.INFORMATION}
    assert [f.key for f in findings if f.kind is ProfileKind.INFORMATION] == ["sitting"]
    assert len(findings) == 18


def test_no_answers_yield_no_findings() -> None:
    assert check_profile(Profile()) == ()


def test_the_file_written_reads_back_the_same() -> None:
    profile = parse_profile(FULL)
    assert parse_profile(profile_as_toml(profile)) == profile
    assert parse_profile(profile_as_toml(Profile())) == Profile()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shoe_distanse = 3", "no question 'shoe_distanse'. Did you mean 'shoe_distance'?"),
        ("colour = 3", "no question 'colour'."),
        (
            "shoe_distance = -3",
            'shoe_distance: "How far have your shoes run?" needs a number from 0 to 10000, not -3.',
        ),
        ("shoe_distance = nan", "needs a number from 0 to 10000"),
        ("shoe_distance = true", "needs a number from 0 to 10000"),
        (
            'weekly_distances = [3, "x"]',
            "needs a list of numbers from 0 to 500, such as [30, 35, 50]",
        ),
        ('surfaces = ["sand"]', 'needs a list of some of "concrete", "asphalt"'),
        ("surfaces = []", 'needs a list of some of "concrete", "asphalt"'),
        ("has_pain = 1", "needs true or false, not 1."),
        ('is_restarting = "maybe"', 'needs true or false, not "maybe".'),
        ("sitting_hours_per_day = 30", "needs a number from 0 to 24, not 30."),
        ("rest_days_per_week = 9", "needs a number from 0 to 7, not 9."),
        ("stretch_days_per_week = 8", "needs a number from 0 to 7, not 8."),
        ("strength_sessions_per_week = 500", "needs a number from 0 to 14, not 500."),
        ("weekly_distances = [20, 5000]", "needs a list of numbers from 0 to 500"),
        ('pain_place = "top"', 'needs one of "middle", "one_side", "both_sides"'),
        ("has_pain = ", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "me.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_profile(path)
    assert said in str(error.value)
    assert "me.toml" in str(error.value)


def test_a_missing_file_and_one_that_is_no_text_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_profile(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not a text file"):
        read_profile(tmp_path / "bytes.toml")


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("has_pain", "Yes", True),
        ("has_pain", "n", False),
        ("shoe_distance", " 420.5 ", 420.5),
        ("weekly_distances", "20, 22,24", (20.0, 22.0, 24.0)),
        ("weekly_distances", "30 35 50", (30.0, 35.0, 50.0)),
        ("weekly_distances", "30; 35;50", (30.0, 35.0, 50.0)),
        ("weekly_distances", "30,5 35,2", (30.5, 35.2)),
        ("weekly_distances", "30.5, 35.2", (30.5, 35.2)),
        ("weekly_distances", "28,30, 32 35", (28.0, 30.0, 32.0, 35.0)),
        ("weekly_distances", "20, 22 24,26", (20.0, 22.0, 24.0, 26.0)),
        ("weekly_distances", "30,35 40,45", (30.0, 35.0, 40.0, 45.0)),
        ("shoe_distance", "1,200", 1200.0),
        ("rest_days_per_week", "1,5", 1.5),
        ("sitting_hours_per_day", "8 hours", 8.0),
        ("pain_hours_after_run", "2h", 2.0),
        ("distance_unit", "Miles", "mi"),
        ("surfaces", "Grass, trail", ("grass", "trail")),
        ("surfaces", "grass trail and track", ("grass", "trail", "track")),
        ("pain_times", "right after; next day", ("right_after", "next_day")),
        ("pain_times", "right_after", ("right_after",)),
        ("pain_place", "one side", "one_side"),
        ("pain_place", "middle", "middle"),
        ("pain_place", "", None),
    ],
)
def test_typed_answers_are_understood(key: str, typed: str, meant: object) -> None:
    assert parse_answer(QUESTION_OF[key], typed) == meant


@pytest.mark.parametrize(
    ("key", "typed", "needs"),
    [
        ("is_restarting", "maybe", "yes or no"),
        ("shoe_distance", "far", "a number from 0 to 10000"),
        ("pain_hours_after_run", "2 days", "a number from 0 to 8760"),
        ("sitting_hours_per_day", "30", "a number from 0 to 24"),
        ("weekly_distances", "20 far", "numbers from 0 to 500, such as 30 35 50"),
        ("weekly_distances", ",", "numbers from 0 to 500, such as 30 35 50"),
        ("surfaces", "moon", "one or more of concrete, asphalt"),
        ("pain_place", "1", "one of middle, one side, both sides"),
    ],
)
def test_a_typed_answer_that_fits_nothing_says_what_is_expected_of_which_question(
    key: str, typed: str, needs: str
) -> None:
    with pytest.raises(SettingsError) as error:
        parse_answer(QUESTION_OF[key], typed)
    message = str(error.value)
    assert message.startswith(f'"{QUESTION_OF[key].text}" needs {needs}')
    assert message.endswith(f'not "{typed}".')
    assert key not in message


def test_every_number_has_a_largest_one_that_can_be() -> None:
    for question in QUESTIONS:
        if question.kind in (AnswerKind.NUMBER, AnswerKind.NUMBERS):
            assert question.most < float("inf"), question.key


@pytest.mark.parametrize(
    ("key", "answers", "kind"),
    [
        ("weekly_increase", {"weekly_distances": [20, 22]}, ProfileKind.GOOD),
        ("weekly_increase", {"weekly_distances": [20, 22.1]}, ProfileKind.CHANGE),
        ("weekly_increase", {"weekly_distances": [20, 30, 28]}, ProfileKind.CHANGE),
        ("weekly_increase", {"weekly_distances": [30, 20]}, ProfileKind.GOOD),
        ("shoes", {"shoe_distance": 480}, ProfileKind.GOOD),
        ("shoes", {"shoe_distance": 490}, ProfileKind.CHANGE),
        ("shoes", {"shoe_distance": 290, "distance_unit": "mi"}, ProfileKind.GOOD),
        ("shoes", {"shoe_distance": 510, "distance_unit": "mi"}, ProfileKind.CHANGE),
        ("restart_distance", {"is_restarting": True, "weekly_distances": [16]}, ProfileKind.GOOD),
        ("restart_distance", {"is_restarting": True, "weekly_distances": [17]}, ProfileKind.CHANGE),
        (
            "restart_distance",
            {"is_restarting": True, "weekly_distances": [10, 11], "distance_unit": "mi"},
            ProfileKind.GOOD,
        ),
        (
            "restart_distance",
            {"is_restarting": True, "weekly_distances": [10, 12], "distance_unit": "mi"},
            ProfileKind.CHANGE,
        ),
        ("strength", {"strength_sessions_per_week": 1}, ProfileKind.CHANGE),
        ("strength", {"strength_sessions_per_week": 2}, ProfileKind.GOOD),
        ("warm_up", {"warm_up_minutes": 4}, ProfileKind.CHANGE),
        ("warm_up", {"warm_up_minutes": 5}, ProfileKind.GOOD),
        ("surfaces", {"surfaces": ["concrete", "asphalt"]}, ProfileKind.CHANGE),
        ("surfaces", {"surfaces": ["concrete", "grass"]}, ProfileKind.GOOD),
        ("rest", {"rest_days_per_week": 0}, ProfileKind.CHANGE),
        ("sitting", {"sitting_hours_per_day": 12}, ProfileKind.INFORMATION),
        ("pain_urgent", {"has_pain": True, "pain_spreads": True}, ProfileKind.RED_FLAG),
        ("pain_urgent", {"has_pain": True, "pain_hours_after_run": 25}, ProfileKind.RED_FLAG),
        ("pain_urgent", {"has_pain": True, "pain_days": 15}, ProfileKind.RED_FLAG),
        ("pain_pattern", {"has_pain": True, "pain_days": 14}, ProfileKind.CHANGE),
        ("pain_pattern", {"has_pain": True, "pain_hours_after_run": 24}, ProfileKind.CHANGE),
        ("condition", {"has_back_condition": True}, ProfileKind.RED_FLAG),
    ],
)
def test_each_rule_holds_at_its_limit(
    key: str, answers: dict[str, object], kind: ProfileKind
) -> None:
    assert found(key, **answers).kind is kind


@pytest.mark.parametrize("weeks", [[10, 12, 20], [5, 5.4, 9], [5, 9]])
def test_nobody_is_praised_for_a_gentle_start_beside_a_large_step(weeks: list[float]) -> None:
    answers = {"is_restarting": True, "weekly_distances": weeks, "distance_unit": "mi"}
    findings = {f.key: f for f in check_profile(make_profile(answers))}
    assert findings["weekly_increase"].kind is ProfileKind.CHANGE
    if "restart_distance" in findings:
        assert findings["restart_distance"].kind is ProfileKind.CHANGE


@pytest.mark.parametrize("rule", YES_NO_RULES, ids=lambda rule: rule.field)
def test_a_plain_yes_or_no_is_good_one_way_and_a_change_the_other(rule: object) -> None:
    field, good = rule.field, rule.good  # type: ignore[attr-defined]
    kinds = [check_profile(make_profile({field: answer}))[0].kind for answer in (good, not good)]
    assert kinds == [ProfileKind.GOOD, ProfileKind.CHANGE]


@pytest.mark.parametrize("rule", YES_NO_RULES, ids=lambda rule: rule.field)
def test_a_yes_or_no_is_told_with_its_question(rule: object) -> None:
    field = rule.field  # type: ignore[attr-defined]
    finding = check_profile(make_profile({field: False}))[0]
    assert finding.answer == f"{QUESTION_OF[field].text} No."


def test_a_jump_in_distance_says_what_ten_percent_would_have_been() -> None:
    finding = found("weekly_increase", weekly_distances=[20, 22, 30], distance_unit="mi")
    assert finding.title == "Your weekly distance grew by 36 %"
    assert finding.answer == (
        "Your largest step was from 22 to 30 mi a week; 10 % more would have been 24.2."
    )


def test_signs_of_danger_come_first_and_are_all_named() -> None:
    answers = {"has_pain": True, "pain_is_sharp": True, "has_numbness": True, "surfaces": ["trail"]}
    first, *others = check_profile(make_profile(answers))
    assert [flag.flag_id for flag in first.flags] == ["sharp", "numbness"]
    assert "pain_pattern" not in {finding.key for finding in others}
    assert first.rule_id == "professional-medical-advice"
    assert first.answer == (
        "Is the pain sharp or shooting? Yes. Do you feel numbness or tingling? Yes."
    )


def test_a_sign_of_danger_quotes_the_answer_not_the_advice() -> None:
    hours = found("pain_urgent", has_pain=True, pain_hours_after_run=30.0)
    assert hours.answer == "How long does the pain last after a run? 30 hours."
    condition = found("condition", has_back_condition=True)
    assert condition.answer.startswith("Do you have a known back condition")
    assert condition.answer.endswith("? Yes.")


def test_every_finding_cites_its_rule() -> None:
    bad = make_profile(
        {
            "weekly_distances": [20, 30],
            "is_restarting": True,
            "shoe_distance": 900,
            "surfaces": ["concrete"],
            "warm_up_minutes": 0,
            "strength_sessions_per_week": 0,
            "stretch_days_per_week": 0,
            "rest_days_per_week": 0,
            "sitting_hours_per_day": 9,
            "has_pain": True,
            **{rule.field: not rule.good for rule in YES_NO_RULES},
        }
    )
    findings = check_profile(bad)
    assert len(findings) == 18
    for finding in findings:
        assert finding.key in PROFILE_FINDINGS
        assert finding.sources
        assert finding.rule == load_corrections()[finding.rule_id].text
        assert finding.rule_id not in {advice.correction_id for advice in finding.advice}
