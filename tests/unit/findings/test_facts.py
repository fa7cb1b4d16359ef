"""Numbers become words that a runner reads, and a sentence without its fact is left out."""

import pytest

from gaitcam.findings.facts import fill, first_known, gather_facts, in_words
from gaitcam.metrics.catalog import SUMMARY_METRICS
from gaitcam.units import UnitSystem, display_unit
from tests.summaries import steps_of, summary_of


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("trunk_lean_deg", 13.54, "13.5°"),
        ("trunk_lean_deg", -0.03, "0.0°"),
        ("thigh_angle_at_to_deg", -17.7, "−17.7°"),
        ("overstride_m", 0.2896, "29.0 cm"),
        ("overstride_leg_ratio", 0.2546, "25.5 %"),
        ("contact_time_s", 0.258, "258 ms"),
        ("cadence_spm", 157.96, "158.0"),
    ],
)
def test_values_in_words(key: str, value: float, words: str) -> None:
    assert in_words(key, value) == words


def test_lengths_are_told_in_one_system_only() -> None:
    assert in_words("overstride_m", 0.2896, UnitSystem.IMPERIAL) == "11.4 in"
    assert in_words("trunk_lean_deg", 13.54, UnitSystem.IMPERIAL) == "13.5°"
    facts = gather_facts(summary_of(), steps_of(), "unclear", UnitSystem.IMPERIAL)
    assert facts["vertical_oscillation_m"] == "3.3 in"
    assert facts["sticker_slip"] == "0.4 in"
    assert not any(" cm" in words for words in facts.values())


@pytest.mark.parametrize("units", list(UnitSystem))
def test_a_sentence_has_the_digits_of_the_tables(units: UnitSystem) -> None:
    for row in SUMMARY_METRICS:
        told = in_words(row.key, 0.2553, units).split()[0].rstrip("°")
        assert told == display_unit(row.unit, units).number(0.2553)


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
    assert facts["thigh_angle_at_to_deg_range"] == "between −19.0° and −11.0°"
    assert facts["foot_strike"] == "heel"


def test_of_few_steps_it_is_not_said_where_8_of_10_lay() -> None:
    steps = steps_of({"trunk_lean_deg": [5.0] * 9}, n=9)
    assert "trunk_lean_deg_range" not in gather_facts(summary_of(), steps, "unclear")
