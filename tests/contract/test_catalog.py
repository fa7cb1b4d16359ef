"""What every row of the catalog must keep, so that tables, report and documents can rely on it."""

import pytest

from gaitcam.metrics.catalog import CATALOG, FRAME_METRICS, STEP_METRICS, SUMMARY_METRICS
from gaitcam.metrics.definition import UNIT_SUFFIXES, Level, MetricDefinition
from gaitcam.metrics.document import PATH, catalog_as_markdown
from gaitcam.vocabulary import Side

UNIT_OF_SUFFIX = {
    "_deg": "deg",
    "_s": "s",
    "_m": "m",
    "_mps": "m/s",
    "_spm": "steps/min",
    "_leg_ratio": "leg lengths",
    "_ratio": "ratio",
}
PROMISED = {
    "cadence_spm",
    "overstride_m",
    "overstride_leg_ratio",
    "trunk_lean_deg",
    "pelvic_tilt_estimate_deg",
    "contact_time_s",
    "flight_time_s",
    "duty_factor_ratio",
    "vertical_oscillation_m",
    "foot_inclination_at_ic_deg",
    "shank_angle_at_ic_deg",
    "knee_flexion_at_ic_deg",
}


def test_the_promised_metrics_are_there() -> None:
    assert {row.key for row in SUMMARY_METRICS} >= PROMISED


@pytest.mark.parametrize("row", CATALOG, ids=lambda row: f"{row.level}-{row.key}")
def test_a_key_ends_in_its_unit_and_says_what_it_means(row: MetricDefinition) -> None:
    suffix = next(suffix for suffix in UNIT_SUFFIXES if row.key.endswith(suffix))
    assert row.unit == UNIT_OF_SUFFIX[suffix]
    assert row.label
    assert row.definition.endswith(".")
    assert row.positive
    assert (row.compute.__doc__ or "").startswith("Return ")


def test_keys_and_columns_are_unique() -> None:
    for rows in (SUMMARY_METRICS, FRAME_METRICS):
        keys = [row.key for row in rows]
        assert len(keys) == len(set(keys))
    columns = [
        row.column(side)
        for row in FRAME_METRICS
        for side in (Side if row.level is Level.FRAME_PER_SIDE else (None,))
    ]
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize("row", STEP_METRICS, ids=lambda row: row.key)
def test_every_step_metric_admits_an_error(row: MetricDefinition) -> None:
    assert row.method_error > 0


def test_an_estimate_of_tilt_is_never_surer_than_eight_degrees() -> None:
    row = next(row for row in STEP_METRICS if row.key == "pelvic_tilt_estimate_deg")
    assert 1.96 * row.method_error >= 8.0


def test_the_document_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == catalog_as_markdown(), (
        "run: python -m gaitcam.metrics.document"
    )
