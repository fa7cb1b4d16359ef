"""The whole result as one plain dictionary, the same that the page is made of.

The structure is described by docs/summary.schema.json; `SCHEMA_VERSION` changes with it:
the first number when a reader of the old structure would break, the second when it grows.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gaitcam.analysis import Analysis
from gaitcam.check.report import CheckReport
from gaitcam.findings.profile_finding import ProfileFinding
from gaitcam.metrics.catalog import SUMMARY_METRICS
from gaitcam.metrics.tables import Estimate, MetricSummary
from gaitcam.pose.people import People
from gaitcam.report.gait_cycle import cycle_curves

SCHEMA_VERSION = "1.0"
SUMMARY_FILE = "summary.json"
SIGNIFICANT_DIGITS = 6
DECIMALS = 4
# A list of plain numbers over several lines; no text matches, since it holds no line breaks.
NUMBER_LIST = re.compile(r"\[\n(?:\s*(?:-?[\d.e+-]+|null),?\n)+\s*\]")

Json = dict[str, Any]


def write_summary(summary: Json, folder: Path) -> Path:
    """Write ``summary`` as ``summary.json`` into ``folder``."""
    path = folder / SUMMARY_FILE
    text = json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(NUMBER_LIST.sub(_on_one_line, text) + "\n", encoding="utf-8")
    return path


def _on_one_line(found: re.Match[str]) -> str:
    return " ".join(found.group().split())


def summarise(analysis: Analysis, profile_findings: Sequence[ProfileFinding] = ()) -> Json:
    """Return everything that the report says, ready for JSON: a missing number is None."""
    summary = {
        "schema_version": SCHEMA_VERSION,
        "clip": _clip(analysis),
        "foot_strike": analysis.foot_strike,
        "metrics": {key: _metric(m) for key, m in analysis.summary.metrics.items()},
        "events": [asdict(event) for event in analysis.events],
        "steps": _steps(analysis),
        "gait_cycle": cycle_curves(analysis),
        "quality": asdict(analysis.quality),
        "people": _people(analysis.landmarks.people),
        "movement": analysis.movement and asdict(analysis.movement),
        "check": analysis.check and _check(analysis.check),
        "findings": [asdict(finding) for finding in analysis.findings],
        "profile_findings": [asdict(finding) for finding in profile_findings],
        "provenance": asdict(analysis.provenance),
    }
    plain: Json = _plain(summary)
    return plain


def _clip(analysis: Analysis) -> Json:
    video, view, time_s = analysis.video, analysis.view, analysis.landmarks.time_s
    return {
        "file_name": video.file_name,
        "sha256": video.sha256,
        "width_px": video.width,
        "height_px": video.height,
        "codec": video.codec,
        "rotation_deg": video.rotation_deg,
        "frame_count": video.frame_count,
        "frame_rate_hz": video.frame_rate_hz,
        "container_rate_hz": video.container_rate_hz,
        "is_variable_rate": video.is_variable_rate,
        "time_scale": video.time_scale,
        "is_time_scale_assumed": video.is_time_scale_assumed,
        "duration_s": video.duration_s,
        "analysed_frames": len(time_s),
        "analysed_from_s": float(time_s[0]),
        "analysed_to_s": float(time_s[-1]),
        "direction": view.direction,
        "direction_confidence": view.direction_confidence,
        "near_side": view.near_side,
        "near_side_confidence": view.near_side_confidence,
        "surface": view.surface,
        "camera_motion": view.camera,
        "camera_roll_deg": view.roll_deg,
        "camera_pitch_deg": view.pitch_deg,
        "camera_yaw_deg": view.yaw_deg,
        "leg_length_px": view.joint_leg_px,
        "m_per_px": view.m_per_px,
    }


def _metric(metric: MetricSummary) -> Json:
    labels = {definition.key: definition.label for definition in SUMMARY_METRICS}
    return {
        "label": labels[metric.key],
        "unit": metric.unit,
        **_estimate(metric.overall),
        "spread": metric.spread,
        "left": metric.left and _estimate(metric.left),
        "right": metric.right and _estimate(metric.right),
        "difference": metric.difference and _estimate(metric.difference),
    }


def _estimate(estimate: Estimate) -> Json:
    return {
        "value": estimate.value,
        "interval": [estimate.low, estimate.high],
        "n": estimate.n,
    }


def _steps(analysis: Analysis) -> list[Json]:
    columns = {key: values.tolist() for key, values in analysis.step_table.columns.items()}
    return [
        {
            "step": step.index + 1,
            "side": step.side,
            "initial_contact_s": step.contact_s,
            "toe_off_s": step.toe_off_s,
            "confidence": step.confidence,
            "metrics": {key: values[row] for key, values in columns.items()},
        }
        for row, step in enumerate(analysis.steps)
    ]


def _check(check: CheckReport) -> Json:
    return {"verdict": check.verdict, "rows": [asdict(row) for row in check.rows]}


def _people(people: People | None) -> Json | None:
    """Return everybody who was seen, in order of their numbers; None when it was only one."""
    if people is None:
        return None
    seen = [{"number": n, **asdict(person)} for n, person in enumerate(people.seen, 1)]
    return {"followed": people.followed, "seen": seen}


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON has it: no NaN, no infinity, six digits or four decimals."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return _short(value) if math.isfinite(value) else None
    if isinstance(value, bool | int) or value is None:
        return value
    return str(value)


def _short(value: float) -> float:
    """Return ``value`` without digits that say nothing; late times keep their tenth of a ms."""
    if abs(value) >= 10 ** (SIGNIFICANT_DIGITS - DECIMALS):
        return round(value, DECIMALS)
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
