"""A camera that moves changes neither the runner's numbers nor what he runs on."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.video.camera_path import CameraPath
from gaitcam.vocabulary import CameraMotion, Surface
from tests.running import HEIGHT, WIDTH, landmarks_from, running_points

RATE_HZ = 60.0


def seen_by(points: FloatArray, shift: FloatArray, roll_deg: FloatArray) -> KeypointTrack:
    """Return the track of a runner filmed by a camera under which the background moves so."""
    centre, roll = np.array([WIDTH, HEIGHT]) / 2, np.radians(roll_deg)[:, None]
    across, down = np.moveaxis(points + shift[:, None] - centre, 2, 0)
    cos, sin = np.cos(roll), np.sin(roll)
    turned = np.stack([cos * across - sin * down, sin * across + cos * down], axis=2) + centre
    landmarks = replace(landmarks_from(turned, RATE_HZ), camera=CameraPath(shift, roll_deg, 1.0))
    return clean_keypoints(landmarks, CleaningSettings())


def test_shaking_is_taken_out_of_the_path() -> None:
    points = running_points()
    time_s = np.arange(len(points)) / RATE_HZ
    shift = np.stack([6 * np.sin(14 * time_s), 9 * np.sin(17 * time_s)], axis=1)
    still = clean_keypoints(landmarks_from(points, RATE_HZ), CleaningSettings())
    shaken = seen_by(points, shift, 0.8 * np.sin(11 * time_s))
    assert shaken.view.camera is CameraMotion.SHAKING
    assert shaken.view.surface is Surface.TREADMILL
    off = (shaken.middle("hip") - still.middle("hip"))[20:-20]
    assert np.ptp(off, axis=0) == pytest.approx([0, 0], abs=1.5)


def test_a_camera_that_turns_after_a_runner_shows_no_treadmill() -> None:
    points = running_points(seconds=2.0, speed_px_s=700.0)
    shift = np.zeros((len(points), 2))
    shift[:, 0] = -700.0 * np.arange(len(points)) / RATE_HZ + 690.0
    track = seen_by(points, shift, np.zeros(len(points)))
    assert track.view.surface is Surface.OVERGROUND
    assert track.view.camera is CameraMotion.PANNING


def test_a_far_background_that_moves_less_than_the_foot_means_a_camera_that_follows() -> None:
    points = running_points(seconds=2.0)  # stays in the middle of the picture
    shift = np.zeros((len(points), 2))
    shift[:, 0] = -150.0 * np.arange(len(points)) / RATE_HZ
    landmarks = replace(
        landmarks_from(points, RATE_HZ), camera=CameraPath(shift, np.zeros(len(points)), 1.0)
    )
    track = clean_keypoints(landmarks, CleaningSettings())
    assert track.view.surface is Surface.OVERGROUND
    assert track.view.camera is CameraMotion.FOLLOWING


def test_a_camera_that_turns_only_when_the_runner_gets_away_turns_all_the_same() -> None:
    points = running_points(seconds=2.0, speed_px_s=500.0)
    shift = np.zeros((len(points), 2))
    shift[:, 0] = -900.0 * np.clip(np.arange(len(points)) / RATE_HZ - 1.2, 0.0, None)
    assert seen_by(points, shift, np.zeros(len(points))).view.camera is CameraMotion.PANNING
