"""Each row of the check changes its judgement with the one measure that it is about."""

import math
from dataclasses import replace
from typing import Any

import pytest

from gaitcam.check.judging import judge_clip
from gaitcam.check.measuring import ClipMeasures, measure_clip
from gaitcam.check.report import CheckReport, Judgement, as_plain
from gaitcam.gait.activity import Activity, recognise_movement
from gaitcam.pose.people import People, SeenPerson
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.cuts import LeftOut, WhyLeftOut
from gaitcam.video.info import CameraLevel
from gaitcam.video.pictures import Pictures
from gaitcam.vocabulary import CameraMotion
from tests.running import landmarks_from, running_points

SECONDS = 6.0


@pytest.fixture(scope="module")
def good() -> ClipMeasures:
    """A clip that leaves nothing to be wished for."""
    points = running_points(seconds=SECONDS)
    frames = len(points)
    landmarks = replace(
        landmarks_from(points),
        pictures=Pictures(0.4, 0.5, 0.2, 1.0),
        level=CameraLevel(0.5, 1.0, 4.0),
        camera=CameraPath(points[:, 0] * 0.0, points[:, 0, 0] * 0.0, 1.0),
    )
    assert len(landmarks) == frames
    return measure_clip(landmarks, recognise_movement(landmarks))


def row(report: CheckReport, key: str) -> Judgement:
    return next(row.judgement for row in report.rows if row.key == key)


def test_a_good_clip_passes_throughout_and_needs_no_advice(good: ClipMeasures) -> None:
    report = judge_clip(good)
    assert {row.judgement for row in report.rows} == {Judgement.PASS}
    assert not any(row.advice for row in report.rows)
    assert report.is_usable
    assert good.expected_steps == pytest.approx(SECONDS * 168 / 60, abs=1.5)
    assert good.runner_px == pytest.approx(400, rel=0.1)


@pytest.mark.parametrize(
    ("key", "change", "judgement"),
    [
        ("runner_size", {"runner_px": 120.0}, Judgement.WEAK),
        ("runner_size", {"runner_px": 40.0}, Judgement.FAIL),
        ("feet_in_view", {"feet_fraction": 0.1}, Judgement.FAIL),
        ("sharpness", {"pictures": Pictures(0.7, 0.5, 0.2, 1.0)}, Judgement.WEAK),
        ("light", {"pictures": Pictures(0.4, 0.02, 0.01, 1.0)}, Judgement.FAIL),
        ("light", {"pictures": Pictures(0.4, 0.5, 0.05, 1.0)}, Judgement.WEAK),
        ("people", {"pictures": Pictures(0.4, 0.5, 0.2, 3.0)}, Judgement.WEAK),
        ("sharpness", {"pictures": Pictures()}, Judgement.UNKNOWN),
        ("camera_level", {"level": CameraLevel(-6.0, 0.0, 4.0)}, Judgement.WEAK),
        ("camera_motion", {"camera": CameraMotion.SHAKING}, Judgement.WEAK),
        ("camera_motion", {"camera": CameraMotion.UNKNOWN}, Judgement.UNKNOWN),
        ("one_piece", {"left_out": (LeftOut(0, 2, WhyLeftOut.OTHER_SCENE),)}, Judgement.WEAK),
        ("one_piece", {"left_out": (LeftOut(0, 2, WhyLeftOut.NOBODY),)}, Judgement.PASS),
        ("steps", {"expected_steps": 6.0}, Judgement.WEAK),
        ("steps", {"expected_steps": math.nan}, Judgement.UNKNOWN),
    ],
)
def test_one_fault_changes_its_own_row_and_is_explained(
    good: ClipMeasures, key: str, change: dict[str, Any], judgement: Judgement
) -> None:
    report = judge_clip(replace(good, **change))
    assert row(report, key) is judgement
    faults = [each for each in report.rows if each.judgement in (Judgement.WEAK, Judgement.FAIL)]
    assert {each.key for each in faults} <= {key}
    assert all(each.advice and each.why for each in faults)
    assert report.is_usable is (judgement is not Judgement.FAIL)


def test_slow_frames_are_weak(good: ClipMeasures) -> None:
    report = judge_clip(replace(good, video=replace(good.video, frame_rate_hz=30.0)))
    assert row(report, "frame_rate") is Judgement.WEAK


def test_an_assumed_speed_is_told(good: ClipMeasures) -> None:
    video = replace(good.video, time_scale=0.25, is_time_scale_assumed=True)
    report = judge_clip(replace(good, video=video))
    assert row(report, "speed") is Judgement.WEAK
    assert "--capture-fps" in next(r.why for r in report.rows if r.key == "speed")


@pytest.mark.parametrize("activity", [Activity.WALKING, Activity.CYCLING, Activity.STANDING])
def test_what_is_no_run_fails_with_its_reason(good: ClipMeasures, activity: Activity) -> None:
    report = judge_clip(replace(good, movement=replace(good.movement, activity=activity)))
    assert row(report, "movement") is Judgement.FAIL
    assert not report.is_usable
    assert "movement" in report.verdict


@pytest.mark.parametrize(("angle", "judgement"), [(30.0, Judgement.WEAK), (80.0, Judgement.FAIL)])
def test_the_view_is_judged_by_its_angle(
    good: ClipMeasures, angle: float, judgement: Judgement
) -> None:
    report = judge_clip(replace(good, movement=replace(good.movement, view_angle_deg=angle)))
    assert row(report, "view_angle") is judgement
    assert row(report, "movement") is Judgement.PASS


def test_the_plain_form_holds_everything(good: ClipMeasures) -> None:
    plain = as_plain(judge_clip(good))
    assert plain["is_usable"] is True
    assert len(plain["rows"]) == len(judge_clip(good).rows)  # type: ignore[arg-type]


def test_who_of_several_people_is_followed_is_told(good: ClipMeasures) -> None:
    seen = (SeenPerson(0, 0.0, (0.0, 0.0, 90.0, 400.0)), SeenPerson(0, 0.0, (600, 0, 700, 400)))
    two = replace(good, pictures=Pictures(0.4, 0.5, 0.2, 2.0), people=People(seen, 2))
    (people,) = (row for row in judge_clip(two).rows if row.key == "people")
    assert people.found.startswith("2: number 2, ")
    assert "--person" in people.advice
