"""Frames in which no pose was looked for are told from those around them."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam import every_frame
from gaitcam.analysis import Analysis
from gaitcam.every_frame import InTurn, at_every_frame, continued
from gaitcam.gait.suitability import at_told_rate
from gaitcam.pipeline import analyze_landmarks
from gaitcam.validation.event_cases import thin_out
from gaitcam.vocabulary import Quality, Side
from tests.running import landmarks_from, running_points


@pytest.fixture(scope="module")
def whole() -> Analysis:
    return analyze_landmarks(landmarks_from(running_points()))


@pytest.fixture(scope="module")
def half(whole: Analysis) -> Analysis:
    """The same run, its pose found in every second frame."""
    landmarks = whole.landmarks
    clock = np.column_stack([landmarks.frame_index, landmarks.shown_s])
    return analyze_landmarks(replace(thin_out(landmarks, 2, 0), between=clock[1::2]))


def test_there_is_a_row_for_every_frame_up_to_the_last_pose(half: Analysis) -> None:
    numbers = at_every_frame(half).frame_index
    assert numbers.tolist() == list(range(int(half.landmarks.frame_index[-1]) + 1))


def test_frames_in_between_keep_step_where_the_speed_is_told_later(half: Analysis) -> None:
    slowed = at_told_rate(half.landmarks, 120.0)
    every = at_every_frame(replace(half, landmarks=slowed))
    assert every.frame_index.tolist() == at_every_frame(half).frame_index.tolist()
    assert np.diff(every.time_s) == pytest.approx(1 / 120)


def test_in_between_the_runner_is_where_he_was_measured_with_every_frame(
    whole: Analysis, half: Analysis
) -> None:
    every = at_every_frame(half)
    ankle = every.told(half.keypoints.point("ankle", Side.RIGHT))[20:-20]
    away = np.linalg.norm(
        ankle - whole.keypoints.point("ankle", Side.RIGHT)[20 : len(ankle) + 20], axis=1
    )
    assert away.max() < 0.02 * whole.view.leg_length_px
    lean = every.told(half.frame_table.columns["trunk_lean_deg"])
    wanted = whole.frame_table.columns["trunk_lean_deg"]
    assert lean[20:-20] == pytest.approx(wanted[20 : len(lean) - 20], abs=0.3)


def test_only_rows_in_between_are_flagged_so(half: Analysis) -> None:
    every = at_every_frame(half)
    between = (every.quality & np.uint8(Quality.BETWEEN)).astype(bool)
    assert between[1::2].all()
    assert not between[::2].any()


def test_measured_frames_are_untouched(half: Analysis) -> None:
    every = at_every_frame(half)
    told = every.told(half.keypoints.image_px)
    assert np.array_equal(told[::2], half.keypoints.image_px, equal_nan=True)
    assert np.array_equal(every.quality[::2], half.keypoints.quality)


def test_asked_in_turn_a_frame_is_told_the_same(
    half: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    every, points = at_every_frame(half), half.keypoints.image_px
    whole = every.told(points)
    monkeypatch.setattr(every_frame, "FRAMES_AT_ONCE", 7)
    in_turn = InTurn(every, points)
    told = np.array([in_turn[row] for row in (*range(len(every)), 0)])
    assert np.allclose(told, [*whole, whole[0]], rtol=0, atol=1e-9, equal_nan=True)


def test_a_clip_without_frames_in_between_stays_as_it_is(whole: Analysis) -> None:
    every = at_every_frame(whole)
    assert every.told(whole.keypoints.image_px) is whole.keypoints.image_px
    assert np.array_equal(every.quality, whole.keypoints.quality)


def test_what_is_not_known_beside_a_frame_is_not_made_up() -> None:
    time_s = np.arange(6.0)
    values = np.array([0.0, 1.0, np.nan, 3.0, 4.0, 5.0])
    wanted_s = np.array([0.5, 1.0, 1.5, 3.0, 3.5, 5.0])
    assert continued(values, time_s, wanted_s) == pytest.approx(
        [0.5, 1.0, np.nan, 3.0, 3.5, 5.0], nan_ok=True
    )


def test_a_smooth_path_is_continued_as_a_curve() -> None:
    time_s = np.arange(20) / 30
    wanted_s = time_s[2:-3] + 1 / 60
    path = np.column_stack([np.sin(2 * np.pi * 2 * time_s), np.cos(2 * np.pi * 2 * time_s)])
    wanted = np.column_stack([np.sin(4 * np.pi * wanted_s), np.cos(4 * np.pi * wanted_s)])
    assert np.abs(continued(path, time_s, wanted_s) - wanted).max() < 0.006
