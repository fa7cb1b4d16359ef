"""Stills of initial contacts."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.findings import assess
from gaitcam.overlay.moment import Moment, tell
from gaitcam.overlay.sprites import Sprite, pill
from gaitcam.overlay.stills import (
    STILL_HEIGHT_PX,
    STILL_WIDTH_PX,
    draw_still,
    make_stills,
    typical_steps,
)
from gaitcam.overlay.style import FAR, NEAR
from gaitcam.units import UnitSystem, display_unit
from gaitcam.vocabulary import Side
from tests.running import HEIGHT, WIDTH
from tests.unit.overlay.drawing import VIEW, is_colour


def landing_moment(analysis: Analysis, step: int) -> Moment:
    """The moment of the frame nearest to a step's initial contact."""
    story = tell(analysis)
    row = story.landing_rows[step]
    landmarks = analysis.landmarks
    return story.at(int(landmarks.frame_index[row]), float(landmarks.time_s[row]))


def test_each_side_has_its_stills_in_order_of_time(with_clip: Analysis) -> None:
    stills = make_stills(with_clip, typical_steps(with_clip, 1)).contacts
    assert {still.step.side for still in stills} == set(Side)
    assert [s.time_s for s in stills] == sorted(s.time_s for s in stills)
    assert {s.image.shape for s in stills} == {(STILL_HEIGHT_PX, STILL_WIDTH_PX, 3)}


def test_a_still_shows_the_frame_nearest_to_its_contact(with_clip: Analysis) -> None:
    for still in make_stills(with_clip, [0, 2]).contacts:
        assert still.time_s == pytest.approx(still.step.contact_s, abs=0.5 / 60 + 1e-3)
        assert still.frame_index == round(still.time_s * 60)


def test_a_still_tells_which_foot_lands(with_clip: Analysis) -> None:
    (still,) = make_stills(with_clip, [1]).contacts
    assert still.is_near is (still.step.side is VIEW.near_side)


def test_a_finding_has_the_picture_of_the_moment_that_shows_it(with_clip: Analysis) -> None:
    findings = assess(with_clip.summary, with_clip.step_table)
    stills = make_stills(with_clip, [], findings).moments
    first = {finding.key: finding.moments_s[0] for finding in findings if finding.moments_s}
    assert {still.finding_key for still in stills} == set(first)
    for still in stills:
        assert still.time_s == pytest.approx(first[still.finding_key], abs=0.5 / 60 + 1e-3)
        assert still.image.shape == (STILL_HEIGHT_PX, STILL_WIDTH_PX, 3)


@pytest.mark.parametrize("units", list(UnitSystem))
def test_numbers_in_stills_have_the_digits_of_the_tables(
    with_clip: Analysis, units: UnitSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def heard(words: str, *rest: Any) -> Sprite:
        told.append(words)
        return pill(words, *rest)

    monkeypatch.setattr("gaitcam.overlay.landing.pill", heard)
    monkeypatch.setattr("gaitcam.overlay.angles.pill", heard)
    columns = {**with_clip.step_table.columns, "overstride_m": np.full(len(with_clip.steps), 0.254)}
    table = replace(with_clip.step_table, columns=columns)
    make_stills(replace(with_clip, step_table=table), [2], (), units)
    assert display_unit("m", units).text(0.254) in told
    assert any(re.fullmatch(r"−?\d+\.\d° lean", words) for words in told)


def test_typical_landings_lie_nearest_to_the_median(analysis: Analysis) -> None:
    wild = analysis.step_table.columns["overstride_leg_ratio"].copy()
    wild[2] = 2.0  # a right step
    wild[3] = np.nan  # a left step
    table = replace(analysis.step_table, columns={"overstride_leg_ratio": wild})
    chosen = typical_steps(replace(analysis, step_table=table), per_side=2)
    assert len(chosen) == 4
    assert not {2, 3} & set(chosen)


def test_nothing_wanted_reads_nothing(analysis: Analysis) -> None:
    assert make_stills(analysis, []).contacts == ()  # its clip does not exist


@pytest.mark.parametrize("shift", [(-560.0, 0.0), (560.0, 0.0), (0.0, -300.0)])
def test_a_runner_at_the_edge_is_cut_out_inside_the_picture(
    analysis: Analysis, shift: tuple[float, float]
) -> None:
    moment = landing_moment(analysis, 2)
    assert moment.body is not None
    body = replace(moment.body, points=moment.body.points + np.array(shift))
    image = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    still = draw_still(image, replace(moment, body=body, landing=None), VIEW)
    assert still.shape == (STILL_HEIGHT_PX, STILL_WIDTH_PX, 3)
    assert is_colour(still, NEAR).any()
    assert (image == 90).all()


def test_a_far_landing_is_marked_in_the_far_colour(analysis: Analysis) -> None:
    moment = landing_moment(analysis, 3)
    assert moment.landing is not None
    image = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    with_bar = draw_still(image, moment, VIEW)
    without = draw_still(image, replace(moment, landing=None), VIEW)
    assert is_colour(with_bar, FAR).sum() > is_colour(without, FAR).sum()
