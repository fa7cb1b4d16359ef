import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaitcam.report.charts import (
    MOST_TICKS,
    band_path,
    line_path,
    nice_axis,
    range_picture,
    stretches,
    time_axis,
)

UNIT = nice_axis(0.0, 1.0)


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_an_axis_holds_its_values_and_few_round_ticks(low: float, span: float) -> None:
    axis = nice_axis(low, low + span)
    assert axis.low < low < low + span < axis.high
    assert len(axis.ticks) <= MOST_TICKS + 1
    assert all(-1e-6 <= tick.percent <= 100 + 1e-6 for tick in axis.ticks)


def test_an_axis_of_nothing_is_still_an_axis() -> None:
    assert nice_axis(float("nan"), float("nan")).high > 0.0


def test_time_ticks_are_where_their_seconds_are() -> None:
    axis = time_axis(0.5, 8.5)
    for tick in axis.ticks:
        assert axis.percent(float(tick.text.removesuffix(" s"))) == pytest.approx(tick.percent)


def test_a_gap_breaks_the_line() -> None:
    path = line_path(np.arange(5.0), np.array([0, 1, np.nan, 1, 0.0]), time_axis(0, 4), UNIT)
    assert path.count("M") == 2
    assert "nan" not in path


def test_up_in_value_is_up_on_the_page() -> None:
    path = line_path(np.array([0.0, 1.0]), np.array([0.0, 1.0]), time_axis(0, 1), UNIT)
    heights = [float(point.split()[1]) for point in path[1:].split("L")]
    assert heights[0] > heights[1]


def test_a_band_has_one_closed_piece_for_each_stretch() -> None:
    low = np.array([0, 0, np.nan, 0, 0.0])
    path = band_path(np.arange(5.0), low, low + 1.0, time_axis(0, 4), UNIT)
    assert path.count("M") == path.count("Z") == 2


def test_stretches_are_the_runs_of_true() -> None:
    known = np.array([True, True, False, True])
    assert stretches(known) == [slice(0, 2), slice(3, 4)]


def test_the_range_picture_shows_value_interval_and_band_in_order() -> None:
    picture = range_picture(12.0, (10.0, 14.0), (0.0, 15.0), ("0", "15"))
    assert 0 < picture.band_low < picture.low < picture.value < picture.high < picture.band_high
    assert [edge.text for edge in picture.edges] == ["0", "15"]


def test_an_open_band_runs_to_the_end_of_the_scale() -> None:
    picture = range_picture(12.0, (10.0, 14.0), (None, 5.0), ("", "5"))
    assert picture.band_low == 0.0
    assert picture.is_open_low
    assert not picture.is_open_high
    assert picture.band_high < picture.low
