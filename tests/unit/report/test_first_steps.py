"""What to do first follows from findings that are plain to see."""

from dataclasses import replace

from gaitcam.analysis import Analysis
from gaitcam.findings.assess import MOST_ACTIONS
from gaitcam.findings.finding import Advice, Finding, FindingKind
from gaitcam.report.first_steps import first_steps


def change(analysis: Analysis, key: str, sure: str, *advice: str) -> Finding:
    return replace(
        analysis.findings[0],
        key=key,
        kind=FindingKind.CHANGE,
        sure=sure,
        advice=tuple(Advice(name, f"Do {name}.", "A1", "", "") for name in advice),
    )


def told(*findings: Finding) -> list[tuple[str, str, bool]]:
    steps = first_steps(findings)
    return [(step.advice.correction_id, step.finding.key, step.is_sure) for step in steps]


def test_what_is_little_sure_comes_after_what_is_surer(analysis: Analysis) -> None:
    unsure = change(analysis, "symmetry", "low", "a", "b", "c")
    sure = change(analysis, "cadence", "medium", "d", "b")
    assert told(unsure, sure) == [
        ("d", "cadence", True),
        ("b", "cadence", True),
        ("a", "symmetry", False),
    ]


def test_what_is_little_sure_stands_alone_where_nothing_is_surer(analysis: Analysis) -> None:
    unsure = change(analysis, "symmetry", "low", "a", "b", "c", "d")
    good = replace(change(analysis, "cadence", "high", "e"), kind=FindingKind.GOOD)
    steps = told(unsure, good)
    assert steps == [(name, "symmetry", False) for name in "abc"]
    assert len(steps) == MOST_ACTIONS
