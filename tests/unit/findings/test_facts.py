"""Numbers become words that a runner reads, and a sentence without its fact is left out."""

import pytest

from gaitcam.findings.facts import fill, first_known, gather_facts, in_words
from tests.summaries import steps_of, summary_of


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("trunk_lean_deg", 12.6, "13°"),
        ("trunk_lean_deg", -0.3, "0°"),
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


def test_quicker_cadences_are_five_and_ten_percent_of_ones_own() -> None:
    facts = gather_facts(summary_of({"cadence_spm": (160.0, 1.0)}), steps_of(), "unclear")
    assert (facts["cadence_plus_5"], facts["cadence_plus_10"]) == ("168", "176")
    assert "foot_strike" not in facts


def test_the_range_of_ones_own_steps_leaves_out_what_was_not_measured() -> None:
    steps = steps_of({"trunk_lean_deg": [5.0, 7.0, float("nan"), 9.0]}, n=4)
    facts = gather_facts(summary_of(), steps, "rearfoot")
    assert facts["trunk_lean_deg_range"] == "from 5° to 9°"
    assert facts["foot_strike"] == "heel"
