"""Matching of events, agreement and its numbers in print."""

import numpy as np
import pytest

from gaitcam.validation.agreement import measure_agreement
from gaitcam.validation.compare import match
from gaitcam.validation.markdown import number, share, table


def test_events_match_one_to_one_and_not_beyond_the_limit() -> None:
    true_s, found_s = np.array([1.0, 2.0, 3.0]), np.array([1.05, 1.1, 2.6, 3.01])
    assert match(true_s, found_s, 0.2) == [(0, 0), (2, 3)]


def test_nothing_matches_nothing() -> None:
    assert match(np.array([]), np.array([1.0]), 0.2) == []


def test_agreement_of_known_errors() -> None:
    found = measure_agreement([("a", 1.0), ("b", -3.0), ("c", 2.0), ("d", float("nan"))])
    assert (found.n, found.worst, found.worst_clip) == (3, -3.0, "b")
    assert found.bias == pytest.approx(0.0)
    assert found.mean_absolute == pytest.approx(2.0)
    assert found.rmse == pytest.approx(np.sqrt(14 / 3))
    assert found.high == pytest.approx(1.96 * np.sqrt(7.0))


def test_no_errors_have_no_agreement() -> None:
    assert measure_agreement([]).n == 0
    assert np.isnan(measure_agreement([]).bias)


def test_numbers_in_print() -> None:
    assert number(-0.04, 1, signed=True) == "0.0"
    assert number(1.26, 1, signed=True) == "+1.3"
    assert number(float("nan"), 1) == "–"
    assert share(1, 4) == "1 of 4 (25 %)"
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"
