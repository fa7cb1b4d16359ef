"""All frames of a clip, on any number of cores, the same bit for bit."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.errors import PoseError, SettingsError, VideoError
from gaitcam.pose import estimator as module
from gaitcam.pose import reading
from gaitcam.pose.estimator import PoseSettings, estimate_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.reading import PoseReader
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.progress import silent
from gaitcam.video.container import FrameTimes
from gaitcam.video.info import Frame
from gaitcam.video.source import VideoSettings, probe_video

PART = VideoSettings(start_s=1.0, end_s=1.4)
SHORT = VideoSettings(end_s=3.9)  # so short a clip is looked at in every frame
Look = Callable[[NDArray[np.uint8], Region | None], Sighting | None]


def estimate(clip: Path, settings: VideoSettings = PART, **pose: Any) -> LandmarkTrack:
    video = probe_video(clip, settings)
    return estimate_landmarks(video, settings, PoseSettings(**pose), silent)


def test_the_number_of_workers_changes_nothing(demo_clip: Path) -> None:
    one, three = estimate(demo_clip, workers=1), estimate(demo_clip, workers=3)
    assert len(one) == 25
    assert one.has_pose.all()
    for name in ("time_s", "image_px", "depth_px", "visibility", "world_m"):
        assert np.array_equal(getattr(one, name), getattr(three, name))


def test_both_engines_see_the_same_runner(demo_clip: Path) -> None:
    part = VideoSettings(end_s=0.2)
    ours, theirs = estimate(demo_clip, part), estimate(demo_clip, part, engine="mediapipe")
    off = np.linalg.norm(ours.image_px - theirs.image_px, axis=-1)
    assert np.median(off) < 5


def test_the_track_tells_where_it_came_from(demo_clip: Path) -> None:
    track = estimate(demo_clip, VideoSettings(start_s=1.0, end_s=1.1), model="lite")
    assert track.model == "lite"
    assert track.frame_index[0] == 60
    assert track.time_s[0] == pytest.approx(1.0)


def test_nothing_is_written_to_the_terminal(
    demo_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    estimate(demo_clip, VideoSettings(end_s=0.05))
    estimate(demo_clip, VideoSettings(end_s=0.05), engine="mediapipe")
    assert capfd.readouterr() == ("", "")


def test_progress_reaches_the_end(demo_clip: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    settings = VideoSettings(end_s=0.1)
    video = probe_video(demo_clip, settings)
    estimate_landmarks(video, settings, PoseSettings(), lambda *report: seen.append(report))
    assert [done for _, done, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][0] == "pose"
    assert seen[-1][1] <= seen[-1][2] <= seen[-1][1] + 2


@pytest.mark.parametrize(
    "wrong", [{"model": "huge"}, {"workers": 0}, {"engine": "magic"}, {"device": "abacus"}]
)
def test_impossible_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="expected"):
        PoseSettings(**wrong)


class FakeEstimator:
    """Does what the test says, in place of a network."""

    sight: Look

    def __init__(self, model: Path, device: str) -> None:
        pass

    def close(self) -> None:
        pass

    def estimate(
        self, image: NDArray[np.uint8], expected: Region | None, step: int | None = None
    ) -> Sighting | None:
        return type(self).sight(image, expected)

    def sees_others(self, image: Any, sighting: Sighting, part: int | None = None) -> bool:
        return False


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Replace networks and video: `look` for the pose, a counter of frames read for the clip.

    Its frames are 1/60 s apart, or shown at the given ``ticks`` of that length; those that are
    ``spoilt`` do not come.
    """

    def replace(
        look: Look, count: int, ticks: Sequence[int] | None = None, spoilt: Sequence[int] = ()
    ) -> list[int]:
        read: list[int] = []
        times = FrameTimes(np.array(ticks or range(count)), np.array([0]), 1 / 60)

        def frames(_video: Any, _settings: Any, only: Iterable[int]) -> Iterator[Frame]:
            for index in sorted({int(each) for each in only} - set(spoilt)):
                read.append(index)
                time_s = float(times.shown_s[index])
                yield Frame(index, time_s, time_s, np.full((4, 4, 3), index, np.uint8))

        FakeEstimator.sight = staticmethod(look)
        monkeypatch.setitem(module.ESTIMATORS, "tracking", FakeEstimator)
        monkeypatch.setattr(reading, "read_frames", frames)
        monkeypatch.setattr(reading, "read_frame_times", lambda _: times)
        return read

    return replace


def pose_of(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.full((33, 7), float(image[0, 0, 0]))


def test_order_is_kept_when_workers_differ_in_speed(demo_clip: Path, use: Any) -> None:
    def look(image: Any, expected: Any) -> Sighting:
        time.sleep(0.004 if image[0, 0, 0] % 3 == 0 else 0.0)
        return Sighting(pose_of(image), Region(0, 0, 1, 0))

    use(look, 40)
    track = estimate(demo_clip, SHORT, workers=4)
    assert list(track.image_px[:, 0, 0]) == list(range(40))


def test_an_expectation_rests_on_the_same_frames_for_any_number_of_workers(
    demo_clip: Path, use: Any
) -> None:
    def run(workers: int) -> list[float]:
        expected_x: dict[int, float] = {}

        def look(image: Any, expected: Region | None) -> Sighting:
            index = int(image[0, 0, 0])
            expected_x[index] = expected.x if expected else -1.0
            return Sighting(pose_of(image), Region(index**1.5, 0, 100, 0))

        use(look, 40)
        estimate(demo_clip, SHORT, workers=workers)
        return [expected_x[index] for index in range(40)]

    assert run(1) == run(5)


def test_few_frames_are_in_memory_at_once(demo_clip: Path, use: Any) -> None:
    waiting: list[int] = []
    done: list[int] = []

    def look(image: Any, expected: Any) -> Sighting:
        waiting.append(len(read) - len(done))
        done.append(int(image[0, 0, 0]))
        return Sighting(pose_of(image), None)

    read = use(look, 200)
    estimate(demo_clip, SHORT, workers=2)
    assert max(waiting) <= 14


def test_no_runner_is_said(demo_clip: Path, use: Any) -> None:
    use(lambda image, expected: None, 10)
    with pytest.raises(PoseError, match=r"no runner was found in .*demo_overstride.mp4"):
        estimate(demo_clip, SHORT)


def test_a_failing_worker_stops_all_at_once(demo_clip: Path, use: Any) -> None:
    def look(image: Any, expected: Any) -> Sighting:
        if image[0, 0, 0] == 20:
            raise RuntimeError("worker failed")
        return Sighting(pose_of(image), None)

    read = use(look, 200)
    with pytest.raises(RuntimeError, match="worker failed"):
        estimate(demo_clip, SHORT, workers=3)
    assert len(read) < 50
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pose")]


def test_an_interrupt_ends_the_workers(demo_clip: Path, use: Any) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    use(lambda image, expected: Sighting(pose_of(image), None), 200)
    with pytest.raises(KeyboardInterrupt):
        estimate_landmarks(probe_video(demo_clip, SHORT), SHORT, PoseSettings(workers=3), interrupt)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pose")]


@pytest.mark.parametrize(
    ("poses_per_s", "count", "looked_at"),
    [(30.0, 11, [0, 2, 4, 6, 8, 10]), (30.0, 10, [0, 2, 4, 6, 8, 9]), (60.0, 5, [0, 1, 2, 3, 4])],
)
def test_of_a_long_clip_so_many_frames_a_second_are_looked_at_and_the_last_one(
    demo_clip: Path, use: Any, poses_per_s: float, count: int, looked_at: list[int]
) -> None:
    use(lambda image, expected: Sighting(pose_of(image), None), count)
    video = probe_video(demo_clip, VideoSettings())
    settings = PoseSettings(workers=2, poses_per_s=poses_per_s)
    track = estimate_landmarks(video, VideoSettings(), settings, silent)
    assert track.frame_index.tolist() == looked_at
    assert track.frames_read.tolist() == list(range(count))
    assert track.between[:, 1] == pytest.approx(track.between[:, 0] / 60)


def test_where_the_camera_slows_down_more_of_its_frames_are_looked_at(
    demo_clip: Path, use: Any
) -> None:
    ticks = [index + max(0, index - 6) for index in range(12)]  # 30 frames/s from number 6 on
    use(lambda image, expected: Sighting(pose_of(image), None), 12, ticks)
    video = probe_video(demo_clip, VideoSettings())
    track = estimate_landmarks(video, VideoSettings(), PoseSettings(workers=2), silent)
    assert track.frame_index.tolist() == [0, 2, 4, 6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("every", "looked_at", "watched"),
    [
        (1, [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]),
        (2, [0, 2, 4, 6], [0, 2, 4, 6]),
        (4, [0, 4, 6], [0, 2, 4, 6]),
    ],
)
def test_thirty_frames_a_second_are_watched_once_or_as_many_as_are_looked_at(
    demo_clip: Path, use: Any, every: int, looked_at: list[int], watched: list[int]
) -> None:
    use(lambda image, expected: None, 7)
    video, seen = probe_video(demo_clip, VideoSettings()), []
    reader = PoseReader(video, VideoSettings(), lambda frame: seen.append(frame.index), every)
    for _ in range(2):
        assert [frame.index for frame in reader.frames()] == looked_at
    assert seen == watched


def test_frames_beside_a_spoilt_one_count_as_lost(demo_clip: Path, use: Any) -> None:
    use(lambda image, expected: Sighting(pose_of(image), None), 13, spoilt=[4, 12])
    video = probe_video(demo_clip, VideoSettings())
    track = estimate_landmarks(video, VideoSettings(), PoseSettings(workers=2), silent)
    assert track.frame_index.tolist() == [0, 2, 6, 8, 10]
    assert track.frames_read.tolist() == [0, 1, 2, 6, 7, 8, 9, 10]


def test_a_clip_of_which_no_frame_comes_is_said_to_be_damaged(demo_clip: Path, use: Any) -> None:
    use(lambda image, expected: None, 3, spoilt=[0, 1, 2])
    with pytest.raises(VideoError, match=r"demo_overstride.mp4 is damaged: none of its frames"):
        estimate(demo_clip, SHORT)


def test_of_a_short_part_every_frame_is_looked_at(demo_clip: Path, use: Any) -> None:
    use(lambda image, expected: Sighting(pose_of(image), None), 9)
    assert len(estimate(demo_clip, SHORT)) == 9


@pytest.mark.parametrize("poses_per_s", [0.0, 12.0, float("nan"), float("inf")])
def test_too_few_poses_a_second_are_refused(poses_per_s: float) -> None:
    with pytest.raises(SettingsError, match="poses_per_s: expected 24 to 10000"):
        PoseSettings(poses_per_s=poses_per_s)
