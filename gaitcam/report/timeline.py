"""The charts over the clip's time and over the gait cycle, and the contacts between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.metrics.definition import MetricDefinition
from gaitcam.report.charts import (
    Axis,
    Chart,
    Line,
    Mark,
    band_path,
    line_path,
    nice_axis,
    time_axis,
)
from gaitcam.report.frame_metrics import FOOT_HEIGHT, REPORTED, columns_of, frame_values
from gaitcam.report.gait_cycle import PERCENT
from gaitcam.units import DisplayUnit
from gaitcam.vocabulary import Side

Json = dict[str, Any]

# A long clip keeps at most so many moments in the page: ten minutes stay under 8 MB.
MOST_MOMENTS = 6000

PELVIS, MEASURED_PELVIS = "pelvic_tilt_estimate_deg", "pelvic_tilt_measured_deg"
TIME_CHARTS = (
    "trunk_lean_deg",
    "knee_flexion_deg",
    "thigh_angle_deg",
    FOOT_HEIGHT.key,
    PELVIS,
)
CYCLE_CHARTS = (*TIME_CHARTS[:4], "shank_angle_deg", PELVIS)

NOTES: dict[str, str] = {
    "trunk_lean_deg": "Up is leaning forward.",
    "knee_flexion_deg": "Up is bent; 0° is a straight leg.",
    "thigh_angle_deg": "Up is the knee ahead of the hip; below 0° it is behind.",
    "foot_height_leg_ratio": "The lower of heel and toe above the ground.",
    "shank_angle_deg": "Up is the ankle ahead of the knee; 0° is an upright shin.",
    MEASURED_PELVIS: "From the markers on the pelvis. Up is tipped forward.",
    PELVIS: "An estimate, not a measurement: the truth may lie anywhere in "
    "the shaded band. Up is tipped forward.",
}
SHOWN_FACTOR = {"deg": 1.0, "leg lengths": 100.0}
SHOWN_UNIT = {"deg": "°", "leg lengths": "%"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One foot on the ground, in percent of the clip: a bar of the contact strip."""

    side: str
    role: str
    start: float
    width: float
    start_s: float
    text: str


def role_of(side: Side | None, near_side: Side) -> str:
    """Return the colour's name: near, far, or middle for what has no side."""
    if side is None:
        return "middle"
    return "near" if side is near_side else "far"


def side_label(side: Side, near_side: Side) -> str:
    """Return ``Left (near)``."""
    return f"{side.capitalize()} ({'near' if side is near_side else 'far'})"


def shown_moments(analysis: Analysis) -> slice:
    """Return which frames the page keeps: all, or every n-th of a long clip."""
    return slice(None, None, max(1, int(np.ceil(len(analysis.keypoints) / MOST_MOMENTS))))


def with_measured_pelvis(keys: tuple[str, ...], analysis: Analysis) -> tuple[str, ...]:
    """Return chart keys with the estimate of the pelvis replaced where it was measured."""
    has_markers = bool(np.isfinite(analysis.frame_table.columns[MEASURED_PELVIS]).any())
    return tuple(MEASURED_PELVIS if k == PELVIS and has_markers else k for k in keys)


def frame_series(analysis: Analysis) -> dict[str, FloatArray]:
    """Return what the time charts draw, by column name, each of shape (F,), in shown units."""
    columns = frame_values(analysis)
    rows = [_definition(key) for key in with_measured_pelvis(TIME_CHARTS, analysis)]
    return {
        name: SHOWN_FACTOR[row.unit] * columns[name]
        for row in rows
        for name in columns_of(row).values()
    }


def time_charts(analysis: Analysis, summary: Json) -> tuple[Chart, ...]:
    """Return the charts over time, one below the other on a common axis."""
    moments = shown_moments(analysis)
    time_s = analysis.frame_table.time_s[moments]
    x = time_axis(float(time_s[0]), float(time_s[-1]))
    series = {name: values[moments] for name, values in frame_series(analysis).items()}
    rows = (_definition(key) for key in with_measured_pelvis(TIME_CHARTS, analysis))
    return tuple(
        _time_chart(row, time_s, series, x, analysis, estimate_half_width(summary, row))
        for row in rows
    )


def contact_bars(analysis: Analysis) -> tuple[Bar, ...]:
    """Return a bar for each step whose contact and toe-off are known."""
    time_s, near = analysis.frame_table.time_s, analysis.view.near_side
    axis = time_axis(float(time_s[0]), float(time_s[-1]))
    return tuple(
        Bar(
            side=str(step.side),
            role=role_of(step.side, near),
            start=axis.percent(step.contact_s),
            width=axis.percent(step.toe_off_s) - axis.percent(step.contact_s),
            start_s=step.contact_s,
            text=f"{step.side.capitalize()} foot touches the ground at {step.contact_s:.2f} s",
        )
        for step in analysis.steps
        if step.toe_off_s == step.toe_off_s
    )


def cycle_charts(analysis: Analysis, summary: Json) -> tuple[Chart, ...]:
    """Return the charts over the gait cycle: left and right, mean and spread over strides."""
    rows = (_definition(key) for key in with_measured_pelvis(CYCLE_CHARTS, analysis))
    charts = (_cycle_chart(row, summary, analysis.view.near_side) for row in rows)
    return tuple(chart for chart in charts if chart.lines)


def _definition(key: str) -> MetricDefinition:
    return next(row for row in REPORTED if row.key == key)


def estimate_half_width(summary: Json, row: MetricDefinition) -> float:
    """Return half the interval of an estimate that is drawn with a band, else 0."""
    if row.key != PELVIS:
        return 0.0
    low, high = summary["metrics"][row.key]["interval"]
    return 0.0 if low is None else 0.5 * (high - low)


def _time_chart(
    row: MetricDefinition,
    time_s: FloatArray,
    series: dict[str, FloatArray],
    x: Axis,
    analysis: Analysis,
    half_width: float,
) -> Chart:
    near, columns = analysis.view.near_side, columns_of(row)
    values = np.concatenate([series[name] for name in columns.values()])
    y = _axis_of(values, half_width)
    lines = tuple(
        Line(
            label=side_label(side, near) if side else row.label,
            role=role_of(side, near),
            series=name,
            path=line_path(time_s, series[name], x, y),
            band=_time_band(time_s, series[name], half_width, x, y),
        )
        for side, name in _near_last(columns, near)
    )
    return Chart(
        key=row.key,
        title=row.label,
        unit=SHOWN_UNIT[row.unit],
        note=NOTES[row.key],
        lines=lines,
        x=x,
        y=y,
        summary=f"{row.label} over the clip, from {_words(values, row)}.",
        zero_percent=y.percent(0.0) if y.low < 0.0 < y.high else None,
    )


def _time_band(time_s: FloatArray, values: FloatArray, half: float, x: Axis, y: Axis) -> str:
    return band_path(time_s, values - half, values + half, x, y) if half else ""


def _near_last(columns: dict[Side | None, str], near: Side) -> list[tuple[Side | None, str]]:
    """Draw the near side last, on top."""
    return sorted(columns.items(), key=lambda item: item[0] is near)


def _axis_of(values: FloatArray, half_width: float = 0.0) -> Axis:
    if not np.isfinite(values).any():
        return nice_axis(np.nan, np.nan)
    return nice_axis(float(np.nanmin(values)) - half_width, float(np.nanmax(values)) + half_width)


def _words(values: FloatArray, row: MetricDefinition) -> str:
    if not np.isfinite(values).any():
        return "no known values"
    unit = DisplayUnit(SHOWN_UNIT[row.unit], 1.0, 1, is_tight=True)
    return f"{unit.number(np.nanmin(values))} to {unit.text(np.nanmax(values))}"


def _cycle_chart(row: MetricDefinition, summary: Json, near: Side) -> Chart:
    curves = summary["gait_cycle"]["curves"].get(row.key, {})
    known = {Side(side): c for side, c in curves.items() if c["mean"] is not None}
    factor = SHOWN_FACTOR[row.unit]
    means = {side: factor * np.array(c["mean"]) for side, c in known.items()}
    half = estimate_half_width(summary, row)
    bands = {side: half or factor * np.array(c["sd"]) for side, c in known.items()}
    edges = [m + sign * bands[side] for side, m in means.items() for sign in (-1.0, 1.0)]
    x, y = Axis(0.0, 100.0, ()), _axis_of(np.concatenate(edges) if edges else np.array([np.nan]))
    lines = tuple(
        Line(
            label=side_label(side, near),
            role=role_of(side, near),
            series=row.column(side),
            path=line_path(PERCENT, means[side], x, y),
            band=band_path(PERCENT, means[side] - bands[side], means[side] + bands[side], x, y),
        )
        for side in sorted(known, key=lambda side: side is near)
    )
    return Chart(
        key=row.key,
        title=row.label,
        unit=SHOWN_UNIT[row.unit],
        note=NOTES[row.key],
        lines=lines,
        x=x,
        y=y,
        summary=_cycle_words(row, known),
        marks=_toe_off_marks(summary, near),
        zero_percent=y.percent(0.0) if y.low < 0.0 < y.high else None,
    )


def _cycle_words(row: MetricDefinition, known: dict[Side, Json]) -> str:
    parts = [
        f"{side} {_words(SHOWN_FACTOR[row.unit] * np.array(c['mean']), row)} ({c['n']} strides)"
        for side, c in known.items()
    ]
    return f"{row.label} over the gait cycle, mean: {'; '.join(parts)}."


def _toe_off_marks(summary: Json, near: Side) -> tuple[Mark, ...]:
    places = summary["gait_cycle"]["toe_off_percent"]
    return tuple(
        Mark(float(places[side]), role_of(side, near), f"{side.capitalize()} toe-off")
        for side in Side
        if places[side] is not None
    )
