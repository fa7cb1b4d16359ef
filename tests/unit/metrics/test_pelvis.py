"""Measured pelvic tilt: sign, level, and the mean over a stride that an arm interrupts."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.steady import turn_back
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.measure import measure_gait
from gaitcam.metrics.pelvis import pelvic_tilt_measured_deg
from gaitcam.metrics.tables import Estimate
from gaitcam.pose.pelvis_track import PelvisTrack
from gaitcam.quality import assess_quality
from gaitcam.video.camera_path import CameraPath
from tests.running import landmarks_from, mirrored, regular_events, running_points

RATE_HZ, CADENCE_SPM, FRAMES = 60.0, 168.0, 240
APART_PX = 45.0
CYCLE = np.arange(FRAMES) / RATE_HZ * CADENCE_SPM / 120.0


def swinging_tilt(mean_deg: float) -> FloatArray:
    """A pelvis that swings once and twice a stride, as in runners with markers."""
    twice = 2.5 * np.sin(4 * np.pi * CYCLE + 1.0)
    return mean_deg + 2.5 * np.cos(2 * np.pi * CYCLE) + twice


def with_stickers(
    tilt_deg: FloatArray, hidden: np.ndarray, faces_left: bool = False
) -> KeypointTrack:
    points = running_points(FRAMES / RATE_HZ, RATE_HZ, CADENCE_SPM)
    points = mirrored(points) if faces_left else points
    angle = np.radians(tilt_deg)
    forward = -1.0 if faces_left else 1.0
    back = points[:, 24] + [-20.0, -20.0]
    front = back + APART_PX * np.stack([forward * np.cos(angle), np.sin(angle)], axis=1)
    front[hidden] = np.nan
    likeness = np.where(np.stack([hidden, np.zeros_like(hidden)], axis=1), np.nan, 1.0)
    landmarks = replace(landmarks_from(points, RATE_HZ), pelvis=PelvisTrack(front, back, likeness))
    return clean_keypoints(landmarks, CleaningSettings())


def never() -> np.ndarray:
    return np.zeros(FRAMES, dtype=bool)


def summarised(track: KeypointTrack) -> Estimate:
    _, _, summary = measure_gait(track, regular_events(cadence_spm=CADENCE_SPM))
    return summary.metrics["pelvic_tilt_measured_deg"].overall


@pytest.mark.parametrize("faces_left", [False, True])
def test_a_front_that_is_lower_is_positive_whichever_way_the_runner_faces(faces_left: bool) -> None:
    track = with_stickers(np.full(FRAMES, 12.0), never(), faces_left)
    assert pelvic_tilt_measured_deg(track) == pytest.approx(12.0, abs=0.01)


def test_a_hand_that_rolls_the_camera_changes_no_tilt() -> None:
    roll_deg = np.linspace(0.0, 6.0, FRAMES)
    still = with_stickers(np.full(FRAMES, 12.0), never()).landmarks
    size_px = (still.video.width, still.video.height)
    # `turn_back` by the opposite roll turns the picture as the hand did.
    turned = CameraPath(np.zeros((FRAMES, 2)), -roll_deg, 1.0)
    pelvis = still.pelvis
    assert pelvis is not None
    stickers = np.stack([pelvis.front_px, pelvis.back_px], axis=1)
    front, back = np.moveaxis(turn_back(stickers, turned, size_px), 1, 0)
    rolled = replace(
        still,
        image_px=turn_back(still.image_px, turned, size_px),
        pelvis=PelvisTrack(front, back, pelvis.likeness),
        camera=CameraPath(np.zeros((FRAMES, 2)), roll_deg, 1.0),
    )
    track = clean_keypoints(rolled, CleaningSettings())
    assert pelvic_tilt_measured_deg(track) == pytest.approx(12.0, abs=0.3)


def test_the_cameras_roll_is_undone() -> None:
    track = with_stickers(np.full(FRAMES, 12.0), never())
    rolled = replace(track, view=replace(track.view, roll_deg=3.0))
    assert abs(np.mean(pelvic_tilt_measured_deg(rolled)) - 12.0) == pytest.approx(3.0, abs=0.3)


def test_a_frame_with_a_hidden_sticker_has_no_value() -> None:
    hidden = never()
    hidden[10:17] = True
    missing = np.isnan(pelvic_tilt_measured_deg(with_stickers(swinging_tilt(10.0), hidden)))
    np.testing.assert_array_equal(missing, hidden)


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.75])
def test_an_arm_at_the_same_moment_of_every_stride_does_not_shift_the_mean(phase: float) -> None:
    hidden = (CYCLE + phase) % 1.0 < 0.3
    found = summarised(with_stickers(swinging_tilt(10.0), hidden))
    assert found.value == pytest.approx(10.0, abs=0.1)
    assert found.low < 10.0 < found.high


def test_stickers_that_are_mostly_lost_give_no_summary_but_a_note() -> None:
    hidden = CYCLE % 1.0 < 0.7
    track = with_stickers(swinging_tilt(10.0), hidden)
    assert not summarised(track).is_known
    notes = assess_quality(track, regular_events(cadence_spm=CADENCE_SPM)).notes
    assert any("stickers" in note for note in notes)


def test_without_stickers_nothing_is_measured_and_nothing_is_noted() -> None:
    track = clean_keypoints(landmarks_from(running_points()), CleaningSettings())
    assert np.isnan(pelvic_tilt_measured_deg(track)).all()
    assert not summarised(track).is_known
    notes = assess_quality(track, regular_events()).notes
    assert not any("sticker" in note for note in notes)
