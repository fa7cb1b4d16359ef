import math
from dataclasses import replace

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.report.gait_cycle import PERCENT, cycle_curves, stride_curves, strides_s
from gaitcam.vocabulary import Side
from tests.summaries import STEP_S, steps_of


def test_only_whole_strides_are_laid_over_each_other() -> None:
    steps = steps_of(n=5)  # right and left in turn, each stride of two steps
    unknown = [replace(step, next_contact_s=math.nan) for step in steps.steps[2:]]
    assert strides_s([*steps.steps[:2], *unknown], Side.RIGHT) == [(0.0, 2 * STEP_S)]
    assert strides_s(unknown, Side.LEFT) == []


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
