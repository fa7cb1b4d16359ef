import re
from typing import Any

import pytest

from gaitcam.analysis import Analysis
from gaitcam.report import timeline
from gaitcam.report.timeline import contact_bars, cycle_charts, shown_moments, time_charts


def test_the_charts_show_lean_knee_thigh_foot_and_pelvis(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    titles = {chart.title for chart in time_charts(analysis, summary)}
    assert titles >= {"Trunk lean", "Knee flexion", "Thigh angle", "Foot height"}
    assert "Pelvic tilt (estimate)" in titles


def test_a_charts_words_have_the_digits_of_the_tables(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    for chart in (*time_charts(analysis, summary), *cycle_charts(analysis, summary)):
        numbers = re.findall(r"−?\d+(?:\.\d+)?(?= to |°|%)", chart.summary)
        assert numbers
        assert all(re.fullmatch(r"−?\d+\.\d", number) for number in numbers)


def test_both_legs_are_drawn_and_told_apart(analysis: Analysis, summary: dict[str, Any]) -> None:
    knee = next(c for c in time_charts(analysis, summary) if c.key == "knee_flexion_deg")
    assert [(line.role, line.label) for line in knee.lines] == [
        ("far", "Left (far)"),
        ("near", "Right (near)"),
    ]
    assert all(line.path for line in knee.lines)


def test_only_the_estimate_has_a_band_over_time(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    banded = {c.key for c in time_charts(analysis, summary) for line in c.lines if line.band}
    assert banded == {"pelvic_tilt_estimate_deg"}


def test_contacts_are_bars_where_the_foot_is_down(analysis: Analysis) -> None:
    bars = contact_bars(analysis)
    known = [s for s in analysis.steps if s.toe_off_s == s.toe_off_s]
    assert len(bars) == len(known)
    last_s = float(analysis.frame_table.time_s[-1])
    assert bars[0].start == pytest.approx(100.0 * known[0].contact_s / last_s)
    assert all(bar.width > 0 for bar in bars)


def test_the_cycle_has_both_sides_and_their_toe_off(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    charts = cycle_charts(analysis, summary)
    assert all(len(chart.lines) == 2 and len(chart.marks) == 2 for chart in charts)
    assert all(line.band for chart in charts for line in chart.lines)


def test_a_long_clip_keeps_a_bounded_number_of_moments(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "MOST_MOMENTS", 100)
    assert len(analysis.frame_table.time_s[shown_moments(analysis)]) <= 100
