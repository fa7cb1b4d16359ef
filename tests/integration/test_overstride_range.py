"""The range for overstriding is what it says: real runners with markers and force plates."""

from pathlib import Path

import numpy as np
import pytest

from gaitcam.findings.landing_rules import OVERSTRIDE
from gaitcam.validation.marker_runs import LEG_POINTS, MarkerRun, read_marker_runs
from gaitcam.vocabulary import EventKind, Side

# Easy to moderate speed: 3.5 m/s, 3 m/s and 2 m/s.
TRIALS = ("rbds001_run35", "hamner_subject01_run300", "hamner_subject04_run200")
HIP, ANKLE = LEG_POINTS.index("hip"), LEG_POINTS.index("ankle")


def test_three_runners_land_where_the_range_says(shared: Path) -> None:
    runs = {run.name: run for run in read_marker_runs(shared / "data" / "markers")}
    ratios = [_overstride_leg_ratio(runs[name]) for name in TRIALS]
    assert min(ratios) == pytest.approx(0.16, abs=0.005)
    assert max(ratios) == pytest.approx(0.23, abs=0.005)
    assert OVERSTRIDE.band is not None
    assert OVERSTRIDE.band.high == pytest.approx(max(ratios) + 0.02, abs=0.005)
    assert "16 to 23 %" in OVERSTRIDE.band.source


def _overstride_leg_ratio(run: MarkerRun) -> float:
    ahead = [
        _x(run, side, ANKLE, time_s) - np.mean([_x(run, leg, HIP, time_s) for leg in (0, 1)])
        for side, name in enumerate(Side)
        for time_s in run.events[EventKind.INITIAL_CONTACT, name]
    ]
    return float(np.mean(ahead)) / run.leg_length_m


def _x(run: MarkerRun, side: int, point: int, time_s: float) -> float:
    return float(np.interp(time_s, run.time_s, run.leg_m[side, :, point, 0]))
