import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.report.gait_cycle import PERCENT, cycle_curves, stride_curves, strides_s
from gaitcam.vocabulary import EventKind, Side


def contacts(*times_s: float) -> GaitEvents:
    return GaitEvents(
        tuple(GaitEvent(EventKind.INITIAL_CONTACT, Side.LEFT, t, 0.005, 1.0) for t in times_s)
    )


def test_a_stride_that_hides_a_missed_contact_is_left_out() -> None:
    events = contacts(0.0, 0.7, 1.4, 2.8, 3.5)
    assert strides_s(events, Side.LEFT) == [(0.0, 0.7), (0.7, 1.4), (2.8, 3.5)]


def test_one_contact_makes_no_stride() -> None:
    assert strides_s(contacts(1.0), Side.LEFT) == []


def test_strides_of_any_length_are_laid_over_each_other() -> None:
    time_s = np.linspace(0.0, 3.0, 3001)
    phase = np.where(time_s < 1.0, time_s, (time_s - 1.0) / 2.0)
    curves = stride_curves(time_s, np.sin(2 * np.pi * phase), [(0.0, 1.0), (1.0, 3.0)])
    expected = np.sin(2 * np.pi * PERCENT / 100.0)
    np.testing.assert_allclose(curves, [expected, expected], atol=0.01)


def test_a_gap_stays_a_gap() -> None:
    values = np.arange(101.0)
    values[50] = np.nan
    curve = stride_curves(np.linspace(0.0, 1.0, 101), values, [(0.0, 1.0)])[0]
    assert np.isnan(curve[25])
    assert np.isfinite(curve[[0, 10, 40]]).all()


def test_mean_curve_of_a_steady_runner(analysis: Analysis) -> None:
    cycle = cycle_curves(analysis)
    lean = cycle["curves"]["trunk_lean_deg"]["left"]
    assert lean["n"] >= 4
    assert np.mean(lean["mean"]) == pytest.approx(7.0, abs=1.0)  # as the runner was made
    assert 10.0 < cycle["toe_off_percent"]["left"] < 70.0
