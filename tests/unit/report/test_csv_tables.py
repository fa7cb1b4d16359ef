import csv
from pathlib import Path

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.metrics.catalog import FRAME_METRICS, STEP_METRICS
from gaitcam.report.csv_tables import (
    QUALITY_MEANINGS,
    contact_state,
    inert,
    quality_word,
    write_tables,
)
from gaitcam.report.frame_metrics import columns_of
from gaitcam.vocabulary import EventKind, Quality, Side

UNITS = ("_s", "_deg", "_m", "_px", "_ratio", "_spm", "_mps")
WITHOUT_UNIT = {
    "frame", "step", "side", "confidence", "initial_contact_frame", "contact_left",
    "contact_right", "quality_trunk", "quality_left_leg", "quality_right_leg",
}  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables(analysis: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(analysis, folder)
    return folder


def test_one_row_a_frame_with_every_frame_metric(tables: Path, analysis: Analysis) -> None:
    rows = read(tables / "frames.csv")
    assert len(rows) == len(analysis.frame_table.time_s)
    names = {name for row in FRAME_METRICS for name in columns_of(row).values()}
    assert names <= set(rows[0])


def test_frame_values_are_those_of_the_analysis(tables: Path, analysis: Analysis) -> None:
    written = [float(row["trunk_lean_deg"]) for row in read(tables / "frames.csv")]
    measured = analysis.frame_table.columns["trunk_lean_deg"]
    np.testing.assert_allclose(written, measured, atol=0.5e-3)


def test_one_row_a_step_with_every_step_metric(tables: Path, analysis: Analysis) -> None:
    rows = read(tables / "steps.csv")
    assert [row["side"] for row in rows] == [str(step.side) for step in analysis.steps]
    assert {row.key for row in STEP_METRICS} <= set(rows[0])


def test_a_value_that_is_not_known_is_an_empty_cell(tables: Path, analysis: Analysis) -> None:
    known = np.isfinite(analysis.step_table.columns["speed_mps"])
    cells = [row["speed_mps"] for row in read(tables / "steps.csv")]
    assert not known.any()  # on a treadmill the picture does not show the speed
    assert set(cells) == {""}


def test_every_column_has_an_entry_in_the_dictionary(tables: Path) -> None:
    entries = {(row["file"], row["column"]): row for row in read(tables / "columns.csv")}
    for name in ("frames.csv", "steps.csv"):
        for column in read(tables / name)[0]:
            assert entries[name, column]["meaning"]
    assert len(entries) == sum(len(read(tables / n)[0]) for n in ("frames.csv", "steps.csv"))


def test_all_tables_are_plain_ascii_without_a_byte_order_mark(tables: Path) -> None:
    for name in ("frames.csv", "steps.csv", "columns.csv"):
        assert (tables / name).read_bytes().isascii(), name


def test_header_names_end_in_their_unit(tables: Path) -> None:
    for name in ("frames.csv", "steps.csv"):
        for column in read(tables / name)[0]:
            assert column.endswith(UNITS) or column in WITHOUT_UNIT, column


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@x", "\tx", "\r=1"])
def test_text_cannot_start_a_formula(text: str) -> None:
    assert inert(text) == "'" + text


def test_plain_text_stays_as_it_is() -> None:
    assert inert("filled+occluded") == "filled+occluded"


def test_quality_words_name_every_flag() -> None:
    assert quality_word(0) == "measured"
    assert quality_word(int(Quality.FILLED | Quality.SWAPPED)) == "filled+swapped"


def test_every_quality_word_is_explained(tables: Path) -> None:
    assert set(QUALITY_MEANINGS) == {Quality.MEASURED, *Quality}
    rows = [row for row in read(tables / "columns.csv") if row["column"].startswith("quality_")]
    assert rows
    for row in rows:
        assert all(f"{quality_word(flag)}: " in row["meaning"] for flag in QUALITY_MEANINGS)


def test_positions_say_that_they_are_no_places_in_the_picture(tables: Path) -> None:
    rows = [row for row in read(tables / "columns.csv") if row["column"].endswith("_px")]
    assert rows
    assert all("Not a place in the picture" in row["meaning"] for row in rows)


def event(kind: EventKind, time_s: float) -> GaitEvent:
    return GaitEvent(kind, Side.LEFT, time_s, 0.005, 1.0)


def test_contact_is_known_between_events_only() -> None:
    events = GaitEvents(
        (event(EventKind.INITIAL_CONTACT, 1.0), event(EventKind.TOE_OFF, 2.0),
         event(EventKind.INITIAL_CONTACT, 3.0))
    )  # fmt: skip
    state = contact_state(np.array([0.5, 1.5, 2.5, 3.5]), events, Side.LEFT)
    np.testing.assert_array_equal(state, [np.nan, 1.0, 0.0, np.nan])


def test_contact_is_not_known_where_an_event_was_missed() -> None:
    events = GaitEvents(
        (event(EventKind.INITIAL_CONTACT, 1.0), event(EventKind.INITIAL_CONTACT, 3.0))
    )
    assert np.isnan(contact_state(np.array([2.0]), events, Side.LEFT)).all()
