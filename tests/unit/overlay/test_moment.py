"""What is shown at one moment."""

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.overlay.moment import cadence_around, tell
from gaitcam.units import UnitSystem
from gaitcam.vocabulary import Side


def test_a_frame_that_was_not_analysed_has_neither_pose_nor_numbers(analysis: Analysis) -> None:
    moment = tell(analysis).at(frame_index=9999, time_s=170.0)
    assert moment.body is None
    assert moment.landing is None
    assert not moment.values


def test_the_latest_landing_is_shown_with_its_age(analysis: Analysis) -> None:
    story = tell(analysis)
    second = analysis.steps[1]
    moment = story.at(frame_index=round(second.contact_s * 60) + 6, time_s=0.0)
    assert moment.landing is not None
    assert moment.landing.step is second
    assert moment.landing_age_s == pytest.approx(0.1)


def test_before_the_first_contact_there_is_no_landing(analysis: Analysis) -> None:
    assert tell(analysis).at(0, 0.0).landing is None


def test_values_are_those_of_the_tables(analysis: Analysis) -> None:
    moment = tell(analysis).at(42, 0.7)
    assert moment.values["trunk_lean_deg"] == analysis.frame_table.columns["trunk_lean_deg"][42]
    assert moment.body is not None
    assert (moment.body.at("knee", Side.LEFT) == analysis.keypoints.image_px[42, 25]).all()


def test_overstride_is_in_cm_with_a_scale_and_in_percent_of_the_leg_without(
    analysis: Analysis,
) -> None:
    landing = tell(analysis).landings[2]
    in_m = analysis.step_table.columns["overstride_m"][2]
    assert landing.overstride == f"{100 * in_m:.0f} cm"
    without = {"overstride_leg_ratio": np.array([0.2, 0.31])}
    unscaled = type(landing)(landing.step, landing.body, without, 1)
    assert unscaled.overstride == "31 % of leg"


def test_overstride_is_in_inches_where_they_are_asked_for(analysis: Analysis) -> None:
    landing = tell(analysis, UnitSystem.IMPERIAL).landings[2]
    in_m = analysis.step_table.columns["overstride_m"][2]
    assert landing.overstride == f"{in_m / 0.0254:.1f} in"


def test_running_cadence_follows_the_contacts_nearby() -> None:
    slow, fast = np.arange(0.0, 20.0, 0.4), np.arange(20.0, 40.0, 0.3)
    contacts_s = [*slow.tolist(), *fast.tolist()]
    assert cadence_around(contacts_s, 10.0) == pytest.approx(150.0)
    assert cadence_around(contacts_s, 30.0) == pytest.approx(200.0)


def test_two_contacts_are_too_few_for_a_cadence() -> None:
    assert np.isnan(cadence_around([1.0, 1.4], 1.2))
