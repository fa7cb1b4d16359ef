"""One run without a break is measured; what is left out for it is said with its reason."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.errors import PoseError
from gaitcam.gait.activity import recognise_movement
from gaitcam.gait.detection import DetectionSettings, detect_events
from gaitcam.gait.whole_run import choose_run, take_part, take_rows
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.metrics.measure import measure_gait
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.cuts import CERTAIN, SUSPECT, Cut, WhyLeftOut
from tests.running import landmarks_from, running_points, seen_from_front

RATE_HZ = 60.0
NOBODY = np.full((120, 33, 2), np.nan)
CERTAINLY, PERHAPS = CERTAIN + 1, SUSPECT + 0.1


def joined(*parts: FloatArray, sharpness: float | None = None) -> LandmarkTrack:
    """Return parts shown one after the other, with cuts between them if they are to be seen."""
    landmarks = landmarks_from(np.concatenate(parts))
    ends = np.cumsum([len(part) for part in parts])[:-1]
    cuts = () if sharpness is None else tuple(Cut(end / RATE_HZ, sharpness) for end in ends)
    return replace(landmarks, cuts=cuts)


def kept(landmarks: LandmarkTrack) -> tuple[int, int]:
    """Return the first and last frame kept."""
    frames = choose_run(landmarks).frame_index
    return int(frames[0]), int(frames[-1])


def why(landmarks: LandmarkTrack) -> list[WhyLeftOut]:
    return [part.why for part in choose_run(landmarks).left_out]


def test_a_run_in_one_piece_stays_as_it_is() -> None:
    landmarks = joined(running_points(seconds=5.0))
    assert choose_run(landmarks) is landmarks


def test_of_two_scenes_the_longer_run_is_measured() -> None:
    clip = joined(running_points(seconds=3.0), running_points(seconds=4.0), sharpness=CERTAINLY)
    assert kept(clip) == (180, 419)
    (part,) = choose_run(clip).left_out
    assert [part.from_s, part.to_s] == pytest.approx([0.0, 3.0])
    assert part.why is WhyLeftOut.OTHER_SCENE


def test_a_run_from_the_side_goes_before_a_longer_one_that_is_none() -> None:
    for longer in (
        running_points(seconds=6.0, cadence_spm=110.0, bounce_px=-12.0),  # a walk
        seen_from_front(running_points(seconds=6.0)),
    ):
        clip = joined(longer, running_points(seconds=4.0), sharpness=CERTAINLY)
        assert kept(clip) == (360, 599)


def test_who_stands_still_is_no_run_however_long() -> None:
    still = np.repeat(running_points()[:1], 400, axis=0)
    assert kept(joined(still, running_points(seconds=3.0), sharpness=CERTAINLY)) == (400, 579)


def test_a_long_part_with_nobody_is_left_out_quietly() -> None:
    nobody = np.full((1300, 33, 2), np.nan)
    clip = joined(nobody, running_points(seconds=8.0), nobody)
    assert kept(clip) == (1300, 1779)
    assert why(clip) == [WhyLeftOut.NOBODY, WhyLeftOut.NOBODY]


@pytest.mark.parametrize("lost_frames", [7, 12, 20, 30])
def test_a_jump_in_time_within_one_view_is_confirmed_by_the_legs(lost_frames: int) -> None:
    whole = running_points(seconds=8.0)
    clip = joined(whole[:200], whole[200 + lost_frames :], sharpness=PERHAPS)
    assert kept(clip)[0] == 200
    assert why(clip) == [WhyLeftOut.JUMP]


def test_a_certain_cut_counts_though_another_is_suspected_at_the_same_pose() -> None:
    clip = joined(running_points(seconds=3.0), running_points(seconds=4.0), sharpness=CERTAINLY)
    doubled = replace(clip, cuts=(*clip.cuts, replace(clip.cuts[0], sharpness=SUSPECT)))
    assert kept(doubled) == (180, 419)
    assert why(doubled) == [WhyLeftOut.OTHER_SCENE]


def test_a_suspicion_without_a_jump_of_the_legs_is_dropped() -> None:
    whole = running_points(seconds=8.0)
    clip = joined(whole[:200], whole[200:], sharpness=PERHAPS)
    assert choose_run(clip) is clip


def test_the_cadence_is_not_counted_across_a_cut() -> None:
    whole = running_points(seconds=10.0, cadence_spm=168.0)
    clip = joined(whole[:240], whole[253:], sharpness=PERHAPS)

    def cadence(landmarks: LandmarkTrack) -> float:
        track = clean_keypoints(landmarks, CleaningSettings())
        return measure_gait(track, detect_events(track, DetectionSettings()))[2].value(
            "cadence_spm"
        )

    assert cadence(choose_run(clip)) == pytest.approx(168.0, abs=0.3)


def test_nobody_before_and_after_is_trimmed() -> None:
    clip = joined(NOBODY, running_points(seconds=4.0), NOBODY)
    assert kept(clip) == (120, 359)
    assert why(clip) == [WhyLeftOut.NOBODY, WhyLeftOut.NOBODY]
    assert choose_run(clip).has_pose.all()


def test_who_stands_before_and_after_running_is_not_measured_then() -> None:
    points = running_points(seconds=4.0)
    before, after = np.repeat(points[:1], 180, axis=0), np.repeat(points[-1:], 180, axis=0)
    clip = joined(before, points, after)
    first, last = kept(clip)
    assert 170 <= first <= 190
    assert 410 <= last <= 430
    assert why(clip) == [WhyLeftOut.NO_RUN, WhyLeftOut.NO_RUN]


def test_who_comes_back_at_another_place_is_another_run() -> None:
    there = running_points(seconds=3.0, speed_px_s=300.0)
    clip = joined(there, NOBODY, there[:150])
    assert kept(clip) == (0, 179)
    assert why(clip) == [WhyLeftOut.ELSEWHERE]


def test_a_pose_lost_for_a_while_does_not_end_a_run_on_a_treadmill() -> None:
    points = running_points(seconds=6.0)
    points[150:190] = np.nan
    clip = joined(points)
    assert choose_run(clip) is clip


def test_a_clock_that_jumps_ends_a_run() -> None:
    points = running_points(seconds=6.0)
    time_s = np.arange(len(points)) / RATE_HZ
    time_s[200:] += 3.0
    clip = replace(landmarks_from(points, time_s=time_s), shown_s=time_s)
    assert kept(clip) == (0, 199) or kept(clip) == (200, 359)
    assert why(clip) == [WhyLeftOut.JUMP]


def test_what_was_left_out_survives_storing_and_a_second_choice(tmp_path: Path) -> None:
    chosen = choose_run(joined(NOBODY, running_points(seconds=4.0), sharpness=CERTAINLY))
    chosen.save(tmp_path / "landmarks.npz")
    again = LandmarkTrack.load(tmp_path / "landmarks.npz")
    assert choose_run(again).left_out == chosen.left_out != ()
    assert again.cuts == chosen.cuts
    assert recognise_movement(again) == recognise_movement(chosen)


def test_rows_are_taken_of_everything() -> None:
    part = take_rows(joined(running_points(seconds=2.0)), slice(10, 40))
    assert len(part) == len(part.image_px) == 30


def test_a_part_is_taken_by_the_clock_of_the_file() -> None:
    whole = joined(running_points(seconds=4.0))
    assert take_part(whole, 0.0, None) is whole
    part = take_part(whole, 1.0, 2.0)
    assert (part.shown_s[0], part.shown_s[-1]) == (1.0, 2.0)
    with pytest.raises(PoseError, match="no frames between"):
        take_part(whole, 9.0, None)
