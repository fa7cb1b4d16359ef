"""Cells are written as text in bulk; each must look as if it were written alone."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaitcam.report import cells
from gaitcam.report.cells import Cells, Numbers, Words, number_text, write_lines


def texts(values: list[float], decimals: int) -> list[str]:
    rows = number_text(np.array(values, dtype=np.float64), decimals)
    return [row[row > 0].tobytes().decode("ascii") for row in rows]


@given(st.lists(st.floats(-9e7, 9e7), min_size=1), st.integers(1, 5))
def test_a_number_is_written_rounded_and_without_needless_zeros(
    values: list[float], decimals: int
) -> None:
    written = texts(values, decimals)
    assert [float(text) for text in written] == np.round(values, decimals).tolist()
    for text in written:
        part = text.split(".")[1]
        assert part == (part.rstrip("0") or "0")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12.5, 3, "12.5"),
        (-0.004, 2, "-0.0"),
        (0.00001, 5, "0.00001"),
        (1234567.25, 2, "1234567.25"),
        (36000.0, 0, "36000"),
        (100.0, 1, "100.0"),
        (np.nan, 2, ""),
    ],
)
def test_what_numbers_look_like(value: float, decimals: int, text: str) -> None:
    assert texts([value], decimals) == [text]


def test_a_table_is_the_same_however_many_rows_are_written_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns: list[Cells] = [
        Numbers(np.array([0.0, 1.0, np.nan])),
        Words(("measured", "filled"), np.array([0, 1, 0])),
    ]
    for rows in (2, 3):
        monkeypatch.setattr(cells, "ROWS_AT_ONCE", rows)
        file = io.BytesIO()
        write_lines(file, ["frame", "quality"], columns)
        assert file.getvalue() == b"frame,quality\n0,measured\n1,filled\n,measured\n"
