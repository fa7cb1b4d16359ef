"""Marker runs filmed as clips: their events survive the whole chain."""

from pathlib import Path

import numpy as np
import pytest

from gaitcam.gait.detection import DetectionSettings, detect_events
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.validation.marker_runs import MarkerRun, read_marker_runs
from gaitcam.validation.pose_like import Filming, film
from gaitcam.vocabulary import EventKind, Side


@pytest.fixture(scope="module")
def run(shared: Path) -> MarkerRun:
    return next(r for r in read_marker_runs(shared / "data" / "markers") if r.subject == "rbds001")


@pytest.mark.parametrize(("rate_hz", "near"), [(30.0, Side.LEFT), (120.0, Side.RIGHT)])
def test_no_contact_of_a_real_runner_is_missed_or_invented(
    run: MarkerRun, rate_hz: float, near: Side
) -> None:
    filming = Filming(rate_hz=rate_hz, start_s=4.0, length_s=5.0, near=near)
    landmarks, truth = film(run, filming, None, np.random.default_rng(1))
    track = clean_keypoints(landmarks, CleaningSettings())
    events = detect_events(track, DetectionSettings())
    for side in Side:
        for kind in EventKind:
            found, true = events.times_s(kind, side), truth[kind, side]
            inner = true[(true > 0.1) & (true < 4.8)]
            shown = found[(found > 0.1) & (found < 4.8)]
            assert all(np.min(np.abs(found - time_s)) < 0.03 for time_s in inner)
            assert all(np.min(np.abs(true - time_s)) < 0.03 for time_s in shown)


def test_slowing_a_run_down_stretches_its_events(run: MarkerRun) -> None:
    plain = Filming(rate_hz=60.0, start_s=4.0, length_s=2.0, near=Side.LEFT)
    slow = Filming(rate_hz=60.0, start_s=4.0, length_s=2.0, near=Side.LEFT, stretch=1.1)
    rng = np.random.default_rng(1)
    (short, events), (long, late) = film(run, plain, None, rng), film(run, slow, None, rng)
    assert len(long) == pytest.approx(1.1 * len(short), abs=1)
    key = EventKind.INITIAL_CONTACT, Side.LEFT
    assert np.allclose(late[key], 1.1 * events[key])
