import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from gaitcam.analysis import Analysis
from gaitcam.metrics.catalog import SUMMARY_METRICS
from gaitcam.report.schema import summary_schema
from gaitcam.report.summary_json import SCHEMA_VERSION, summarise, write_summary
from gaitcam.vocabulary import EventKind, Side

SCHEMA_FILE = Path(__file__).parents[3] / "docs" / "summary.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


def test_the_schema_is_valid_and_of_this_version(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_the_summary_fits_its_schema(schema: dict[str, Any], summary: dict[str, Any]) -> None:
    Draft202012Validator(schema).validate(summary)
    assert summary["findings"]
    assert summary["profile_findings"]


def test_the_published_schema_is_that_of_the_code(schema: dict[str, Any]) -> None:
    """After a change of the catalog: ``python -m gaitcam.report.schema``."""
    assert schema == summary_schema()
    assert list(schema["properties"]["metrics"]["properties"]) == [m.key for m in SUMMARY_METRICS]


def test_an_unknown_number_is_null_and_the_file_is_strict_json(
    analysis: Analysis, tmp_path: Path
) -> None:
    path = write_summary(summarise(analysis), tmp_path)

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    stored = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    assert stored["metrics"]["speed_mps"]["value"] is None
    assert stored["metrics"]["speed_mps"]["interval"] == [None, None]


def test_writing_changes_nothing(summary: dict[str, Any], tmp_path: Path) -> None:
    path = write_summary(summary, tmp_path)
    assert json.loads(path.read_text(encoding="utf-8")) == summary


def test_metres_are_null_without_a_height(analysis: Analysis) -> None:
    view = replace(analysis.view, m_per_px=float("nan"))
    keypoints = replace(analysis.keypoints, view=view)
    assert summarise(replace(analysis, keypoints=keypoints))["clip"]["m_per_px"] is None


def test_metrics_are_those_of_the_run(analysis: Analysis, summary: dict[str, Any]) -> None:
    for key, metric in analysis.summary.metrics.items():
        stored = summary["metrics"][key]
        expected = metric.overall.value if metric.overall.is_known else None
        assert stored["value"] == (expected and pytest.approx(expected, rel=1e-5))
        assert (stored["left"] is None) == (metric.left is None)


def test_events_are_all_there(analysis: Analysis, summary: dict[str, Any]) -> None:
    times = analysis.events.times_s(EventKind.TOE_OFF, Side.LEFT)
    stored = [
        event["time_s"]
        for event in summary["events"]
        if event["kind"] == "toe_off" and event["side"] == "left"
    ]
    np.testing.assert_allclose(stored, times, atol=1e-4)


def test_no_folder_of_the_user_is_told(analysis: Analysis) -> None:
    video = replace(analysis.video, path=Path("/home/somebody/private/clip.mp4"))
    text = json.dumps(summarise(replace(analysis, video=video)))
    assert "clip.mp4" in text
    assert "somebody" not in text


def test_late_times_keep_their_tenth_of_a_millisecond(analysis: Analysis) -> None:
    video = replace(analysis.video, duration_s=1234.56789)
    assert summarise(replace(analysis, video=video))["clip"]["duration_s"] == 1234.5679
