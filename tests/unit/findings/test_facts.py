"""Numbers become words that a runner reads, and a sentence without its fact is left out."""

import pytest

from gaitcam.findings.facts import fill, first_known, gather_facts, in_words
from tests.summaries import steps_of, summary_of


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("trunk_lean_deg", 12.6, "13°"),
        ("trunk_lean_deg", -0.3, "0°"),
        ("thigh_angle_at_to_deg", -17.7, "−18°"),
        ("overstride_m", 0.29, "29 cm (11 in)"),
        ("overstride_leg_ratio", 0.336, "34 %"),
        ("contact_time_s", 0.258, "0.26 s"),
        ("cadence_spm", 157.96, "158"),
    ],
)
def test_values_in_words(key: str, value: float, words: str) -> None:
    assert in_words(key, value) == words


def test_a_sentence_without_its_fact_is_left_out() -> None:
    assert fill(["One {a}.", "Two {b}.", "Three."], {"a": "1"}) == "One 1. Three."
    assert first_known(["{b}", "{a}", "c"], {"a": "1"}) == "1"
    assert first_known(["{b}"], {}) == ""


@pytest.mark.parametrize(
    ("cadence", "first", "goal"), [(160.0, "168", "176"), (169.0, "177", "180")]
)
def test_quicker_cadences_are_five_and_ten_percent_more_up_to_the_articles_180(
    cadence: float, first: str, goal: str
) -> None:
    facts = gather_facts(summary_of({"cadence_spm": (cadence, 1.0)}), steps_of(), "unclear")
    assert (facts["cadence_plus_5"], facts["cadence_goal"]) == (first, goal)
    assert "foot_strike" not in facts


def test_the_range_of_ones_own_steps_leaves_out_what_was_not_measured() -> None:
    steps = steps_of({"thigh_angle_at_to_deg": [*range(-20, -9), float("nan")]}, n=12)
    facts = gather_facts(summary_of(), steps, "rearfoot")
    assert facts["thigh_angle_at_to_deg_range"] == "between −19° and −11°"
    assert facts["foot_strike"] == "heel"


def test_of_few_steps_it_is_not_said_where_8_of_10_lay() -> None:
    steps = steps_of({"trunk_lean_deg": [5.0] * 9}, n=9)
    assert "trunk_lean_deg_range" not in gather_facts(summary_of(), steps, "unclear")
