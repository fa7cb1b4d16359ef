"""Each doubt about a clip is said, and weakens what is said of it."""

from dataclasses import replace

import pytest

from gaitcam.check.judging import judge_clip
from gaitcam.check.measuring import measure_clip
from gaitcam.check.report import CheckReport, explained_by
from gaitcam.errors import GaitError
from gaitcam.gait.activity import Movement, recognise_movement
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.quality import QualityReport, assess_quality, may_be_judged
from gaitcam.video.cuts import LeftOut, WhyLeftOut
from gaitcam.video.info import CameraLevel
from gaitcam.video.pictures import Pictures
from gaitcam.vocabulary import KEYPOINT_INDEX
from tests.running import landmarks_from, regular_events, running_points

GOOD = Pictures(0.4, 0.5, 0.2, 1.0)
LEVEL = CameraLevel(0.0, 0.0, 5.0)


@pytest.fixture(scope="module")
def landmarks() -> LandmarkTrack:
    return replace(landmarks_from(running_points(seconds=7.0)), pictures=GOOD, level=LEVEL)


@pytest.fixture(scope="module")
def track(landmarks: LandmarkTrack) -> KeypointTrack:
    return clean_keypoints(landmarks, CleaningSettings())


def check_of(landmarks: LandmarkTrack, movement: Movement) -> CheckReport:
    return judge_clip(measure_clip(landmarks, movement))


def quality_of(
    track: KeypointTrack, cadence_spm: float = 168.0, **changes: object
) -> QualityReport:
    landmarks = replace(track.landmarks, **changes)  # type: ignore[arg-type]
    movement = recognise_movement(landmarks)
    events = regular_events(7.0, cadence_spm)
    seen = replace(track, landmarks=landmarks)
    return assess_quality(seen, events, movement, check_of(landmarks, movement))


def test_a_good_clip_leaves_no_doubt(track: KeypointTrack) -> None:
    report = quality_of(track)
    assert (report.level, report.notes) == ("good", ())


def test_a_tilt_that_cannot_be_told_is_a_doubt(track: KeypointTrack) -> None:
    report = quality_of(replace(track, view=replace(track.view, roll_deg=float("nan"))))
    assert ["whether the phone was tilted" in note for note in report.notes] == [True]


def test_legs_taken_for_one_are_a_doubt(track: KeypointTrack) -> None:
    merged = track.landmarks.image_px.copy()
    for name in ("knee", "ankle", "heel", "foot_index"):
        right, left = KEYPOINT_INDEX[f"right_{name}"], KEYPOINT_INDEX[f"left_{name}"]
        merged[20::20, right] = merged[20::20, left] + 3.0
    report = quality_of(track, image_px=merged)
    assert ["both legs were taken for one" in note for note in report.notes] == [True]
    assert "5 % of the frames" in report.notes[0]


def test_a_clip_of_few_steps_is_never_good(track: KeypointTrack) -> None:
    report = assess_quality(track, regular_events(2.0, 168.0))
    assert report.level == "fair"
    assert len(report.notes) == 1


def test_what_was_left_out_is_said_and_is_no_doubt(track: KeypointTrack) -> None:
    parts = (LeftOut(0.0, 2.0, WhyLeftOut.NOBODY), LeftOut(9.0, 12.0, WhyLeftOut.OTHER_SCENE))
    report = quality_of(track, left_out=parts)
    assert report.level == "good"
    assert report.left_out == parts
    assert "0.0 to 2.0 s (nobody is seen), 9.0 to 12.0 s" in report.notes[0]
    assert "--start" in report.notes[0]


def test_frames_lost_to_damage_and_repeated_ones_are_counted(track: KeypointTrack) -> None:
    video = replace(track.landmarks.video, repeated_frames=1)
    report = quality_of(track, lost_frames=7, video=video)
    assert (report.lost_frames, report.repeated_frames) == (7, 1)
    assert report.notes[0].startswith("7 frames were left out because the file is damaged")
    assert report.notes[1].startswith("1 frame was left out because the file gives it the time")


@pytest.mark.parametrize(
    ("pictures", "word"),
    [(replace(GOOD, brightness=0.08), "Light"), (replace(GOOD, blur=0.75), "Sharpness")],
)
def test_dark_and_blurred_pictures_are_doubts(
    track: KeypointTrack, pictures: Pictures, word: str
) -> None:
    report = quality_of(track, pictures=pictures)
    assert [note for note in report.notes if note.startswith(word)]
    assert report.level == "good"  # one doubt alone
    tilted = replace(track, view=replace(track.view, roll_deg=float("nan")))
    assert quality_of(tilted, pictures=pictures).level == "fair"


def test_what_the_check_fails_is_not_judged_and_why_is_said(track: KeypointTrack) -> None:
    report = quality_of(track, pictures=replace(GOOD, brightness=0.01))
    assert report.level == "weak"
    assert any("cannot be judged: light on the runner" in note for note in report.notes)


def test_contacts_that_do_not_keep_the_legs_time_are_not_believed(track: KeypointTrack) -> None:
    report = quality_of(track, 90.0)
    assert any("do not fit the rhythm" in note for note in report.notes)
    assert report.level == "weak"
    movement = recognise_movement(track.landmarks)
    assert may_be_judged(regular_events(7.0, 168.0), movement, None)
    assert not may_be_judged(regular_events(7.0, 90.0), movement, None)


def test_an_oblique_view_is_never_good(track: KeypointTrack) -> None:
    movement = replace(recognise_movement(track.landmarks), view_angle_deg=30.0)
    check = check_of(track.landmarks, movement)
    assert assess_quality(track, regular_events(7.0), movement, check).level == "fair"


def test_an_error_names_what_fails_in_the_clip(landmarks: LandmarkTrack) -> None:
    dark = replace(landmarks, pictures=replace(GOOD, brightness=0.01))
    movement = recognise_movement(dark)
    with (
        pytest.raises(GaitError, match=r"no contacts \(the check of the clip fails: light"),
        explained_by(check_of(dark, movement)),
    ):
        raise GaitError("no contacts")
    with (
        pytest.raises(GaitError, match=r"no contacts$"),
        explained_by(check_of(landmarks, movement)),
    ):
        raise GaitError("no contacts")


def test_one_contact_is_not_called_contacts(track: KeypointTrack) -> None:
    one, many = (assess_quality(track, regular_events(s, 168.0)).notes for s in (0.8, 2.0))
    assert any(note.startswith("Only 1 contact of one foot is in") for note in one)
    assert any("contacts of one foot are in" in note for note in many)
