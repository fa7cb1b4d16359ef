"""Which frames are shown, and slow motion around contacts."""

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.errors import SettingsError
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.overlay.timing import (
    Pace,
    SlowMotion,
    merged_stretches,
    slow_down_contacts,
    video_clock,
)

SETTINGS = OverlaySettings(slowmo_contacts=True)


@pytest.mark.parametrize(("rate_hz", "share"), [(30, 1), (60, 1), (90, 1), (120, 1), (240, 2)])
def test_no_more_pictures_are_made_than_a_screen_shows(rate_hz: int, share: int) -> None:
    pace = Pace()
    # Phones' clocks tick in whole milliseconds at worst.
    taken = [frame for frame in range(rate_hz) if pace.takes(round(frame / rate_hz, 3))]
    assert taken == list(range(0, rate_hz, share))


@pytest.mark.parametrize("rate_hz", [125, 144, 150, 200, 300, 480, 1000])
def test_rates_that_do_not_divide_stay_near_the_most_a_screen_shows(rate_hz: int) -> None:
    pace = Pace()
    pictures = sum(pace.takes(frame / rate_hz) for frame in range(2 * rate_hz))
    assert 2 * 95 < pictures <= 2 * 120 + 1


def test_time_between_contacts_runs_as_in_the_source() -> None:
    clock = SlowMotion(np.array([[1.0, 1.2]]), 4.0, np.array([1.1]), 0.5)
    assert clock(0.8) - clock(0.3) == pytest.approx(0.5)
    assert clock(2.0) - clock(1.5) == pytest.approx(0.5)


def test_near_a_contact_it_runs_slower_by_the_factor() -> None:
    clock = SlowMotion(np.array([[1.0, 1.2]]), 4.0, np.array([9.0]), 0.5)
    assert clock(1.15) - clock(1.05) == pytest.approx(0.4)


def test_the_frame_of_the_contact_rests(analysis: Analysis) -> None:
    clock = slow_down_contacts(analysis, SETTINGS)
    frames_s = analysis.landmarks.shown_s
    shown_s = np.array([clock(float(time_s)) for time_s in frames_s])
    longest = np.argsort(np.diff(shown_s))[-len(analysis.steps) :]
    contacts = [int(np.argmin(np.abs(frames_s - step.contact_s))) for step in analysis.steps]
    assert sorted(longest.tolist()) == contacts


def test_times_still_ascend(analysis: Analysis) -> None:
    clock = slow_down_contacts(analysis, SETTINGS)
    shown_s = [clock(float(time_s)) for time_s in analysis.landmarks.shown_s]
    assert (np.diff(shown_s) > 0).all()


def test_overlapping_stretches_slow_down_once() -> None:
    stretches = merged_stretches(np.array([1.0, 1.1, 3.0]), 0.1)
    assert stretches == pytest.approx(np.array([[0.9, 1.2], [2.9, 3.1]]))


def test_a_contact_at_the_very_start_does_not_shift_the_first_frame() -> None:
    clock = SlowMotion(merged_stretches(np.array([0.02]), 0.08), 4.0, np.array([0.03]), 0.5)
    assert clock(0.0) == 0.0


def test_without_slow_motion_the_video_has_the_sources_clock(analysis: Analysis) -> None:
    assert video_clock(analysis, OverlaySettings()) is None
    assert video_clock(analysis, SETTINGS) is not None


@pytest.mark.parametrize(
    "wrong", [{"slowmo_factor": 0.5}, {"slowmo_rest_s": -1.0}, {"hold_s": -0.1}]
)
def test_impossible_settings_are_refused_with_the_name(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        OverlaySettings(**wrong)  # type: ignore[arg-type]
