"""Two discs on a drawn torso whose paths are known, hidden now and then by a bar."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcam.arrays import FloatArray
from gaitcam.errors import SettingsError
from gaitcam.gait.whole_run import take_part
from gaitcam.markers import tracking
from gaitcam.markers.given import PelvisMarkers
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.pelvis_track import PelvisTrack
from gaitcam.progress import silent
from gaitcam.validation.event_cases import thin_out
from gaitcam.video.info import Frame, VideoInfo
from gaitcam.video.source import VideoSettings
from tests.running import LEG_PX, WIDTH, landmarks_from, mirrored, running_points

FRAMES, RATE_HZ = 48, 60.0
RADIUS_PX, APART_PX = 4.0, 44.0
SHIRT, STICKER, ARM = (40, 70, 160), (235, 225, 60), (205, 160, 140)
SUBPIXEL_BITS = 4


class Scene:
    """A runner of `tests.running` with stickers, drawn frame by frame."""

    def __init__(self, faces_left: bool = False, seed: int = 0) -> None:
        points = running_points(FRAMES / RATE_HZ, RATE_HZ)
        points = mirrored(points) if faces_left else points
        forward = -1.0 if faces_left else 1.0
        hip = points[:, [23, 24]].mean(axis=1)
        phase = 2 * np.pi * 2.8 * np.arange(FRAMES) / RATE_HZ
        self.tilt_deg: FloatArray = 12.0 + 4.0 * np.sin(phase)
        line = (
            0.5
            * APART_PX
            * np.stack(
                [forward * np.cos(np.radians(self.tilt_deg)), np.sin(np.radians(self.tilt_deg))],
                axis=1,
            )
        )
        self.front = hip + np.array([2.3, -22.6]) + line
        self.back = hip + np.array([2.3, -22.6]) - line
        self.hip = hip
        rng = np.random.default_rng(seed)
        # The pose trembles; the stickers must not follow it.
        trembling = points + rng.normal(0.0, 3.0, points.shape)
        self.landmarks = landmarks_from(trembling, RATE_HZ)
        self.hidden = np.zeros(FRAMES, dtype=bool)
        self.hidden[20:27] = True
        self.light = np.ones(FRAMES)
        self.rng = rng

    def draw(self, index: int) -> np.ndarray:
        image = np.full((720, WIDTH, 3), 190, np.uint8)
        x, y = np.round(self.hip[index]).astype(int)
        cv2.rectangle(image, (x - 45, y - 130), (x + 45, y + 10), SHIRT, -1)
        for place in (self.front[index], self.back[index]):
            centre = tuple(int(v) for v in np.round(place * 2**SUBPIXEL_BITS))
            radius = round(RADIUS_PX * 2**SUBPIXEL_BITS)
            cv2.circle(image, centre, radius, STICKER, -1, cv2.LINE_AA, SUBPIXEL_BITS)
        if self.hidden[index]:
            x, y = np.round(self.front[index]).astype(int)
            cv2.line(image, (x - 60, y - 60), (x + 30, y + 30), ARM, 22)
        x, y = np.round(self.hip[index]).astype(int)
        torso = image[y - 100 : y + 60, x - 100 : x + 100]
        lit = torso * self.light[index] + self.rng.normal(0.0, 3.0, torso.shape)
        torso[:] = np.clip(lit, 0, 255)
        return image


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    return shown(Scene(), monkeypatch)


def shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Let the scene's frames be read as those of a clip."""

    def read(video: VideoInfo, settings: VideoSettings) -> Iterator[Frame]:
        for index in range(FRAMES):
            time_s = index / RATE_HZ
            if settings.start_s <= time_s <= (settings.end_s or 1e9):
                yield Frame(index, time_s, time_s, scene.draw(index))

    monkeypatch.setattr(tracking, "read_frames", read)
    return scene


def follow(
    scene: Scene,
    marked: int = 0,
    miss: tuple[float, float] = (0.0, 0.0),
    landmarks: LandmarkTrack | None = None,
) -> PelvisTrack:
    markers = PelvisMarkers(
        (scene.front[marked, 0] + miss[0], scene.front[marked, 1] + miss[1]),
        (scene.back[marked, 0] - miss[0], scene.back[marked, 1] + miss[1]),
        marked / RATE_HZ,
    )
    landmarks = landmarks or scene.landmarks
    return tracking.track_pelvis_markers(
        landmarks.video, VideoSettings(), markers, landmarks, silent
    )


def furthest(found: FloatArray, truth: FloatArray) -> float:
    return float(np.nanmax(np.linalg.norm(found - truth, axis=1)))


def test_both_stickers_are_found_to_half_a_pixel(scene: Scene) -> None:
    track = follow(scene)
    assert furthest(track.front_px, scene.front) < 0.5
    assert furthest(track.back_px, scene.back) < 0.5
    assert track.is_seen[~scene.hidden].mean() > 0.95


def test_a_hidden_sticker_is_missing_and_the_other_is_not(scene: Scene) -> None:
    track = follow(scene)
    assert np.isnan(track.front_px[scene.hidden]).all()
    assert np.isnan(track.likeness[scene.hidden, 0]).all()
    assert np.isfinite(track.back_px[scene.hidden]).all()


@pytest.mark.parametrize("marked", [0, 35, FRAMES - 1])
def test_a_mark_in_any_frame_and_some_pixels_off_gives_the_same(scene: Scene, marked: int) -> None:
    track = follow(scene, marked, miss=(3.0, -3.0))
    assert furthest(track.front_px, scene.front) < 0.5
    assert track.seen_fraction > 0.8


def test_a_mark_between_two_poses_is_looked_for_in_its_own_frame(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = scene.landmarks
    passed_by = np.column_stack([whole.frame_index, whole.shown_s])[1::2]
    landmarks = replace(thin_out(whole, 2, 0), between=passed_by)
    drawn: list[int] = []
    draw = scene.draw

    def noting(index: int) -> np.ndarray:
        drawn.append(index)
        return draw(index)

    monkeypatch.setattr(scene, "draw", noting)
    track = follow(scene, 35, landmarks=landmarks)
    assert drawn[0] == 35
    assert furthest(track.back_px, scene.back[::2]) < 0.5


def test_a_runner_who_faces_left_is_followed_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = shown(Scene(faces_left=True), monkeypatch)
    track = follow(scene)
    assert furthest(track.front_px, scene.front) < 0.5
    assert furthest(track.back_px, scene.back) < 0.5


def test_exchanged_marks_are_told_apart_by_the_way_the_runner_faces(scene: Scene) -> None:
    right = follow(scene)
    scene.front, scene.back = scene.back, scene.front
    exchanged = follow(scene)
    assert furthest(exchanged.front_px, right.front_px) < 1.0


def test_light_that_fades_to_half_does_not_lose_them(scene: Scene) -> None:
    scene.light = np.linspace(1.0, 0.7, FRAMES)  # of the coded values: half the light
    assert follow(scene).seen_fraction > 0.8


def test_frames_without_a_pose_are_searched_all_the_same(scene: Scene) -> None:
    points = scene.landmarks.image_px.copy()
    points[30:36] = np.nan
    track = follow(scene, landmarks=landmarks_from(points, RATE_HZ))
    assert track.is_seen[30:36].all()


def test_a_mark_off_the_runner_is_refused_and_tells_where_the_hips_are(scene: Scene) -> None:
    with pytest.raises(SettingsError, match=r"not on the runner's pelvis; .* hips are at"):
        follow(scene, miss=(0.8 * LEG_PX, 0.0))


def test_a_mark_on_plain_clothes_is_refused(scene: Scene) -> None:
    with pytest.raises(SettingsError, match="no round spot"):
        follow(scene, miss=(0.0, -40.0))


def test_two_marks_on_one_sticker_are_refused(scene: Scene) -> None:
    scene.back = scene.front + np.array([2.0, 0.0])
    with pytest.raises(SettingsError, match="same spot"):
        follow(scene)


def test_a_time_outside_the_analysed_part_is_refused(scene: Scene) -> None:
    markers = PelvisMarkers((600.0, 400.0), (560.0, 400.0), 99.0)
    with pytest.raises(SettingsError, match="outside the part that is analysed"):
        tracking.track_pelvis_markers(
            scene.landmarks.video, VideoSettings(), markers, scene.landmarks, silent
        )


def test_the_track_is_kept_with_the_landmarks(scene: Scene, tmp_path: Path) -> None:
    track = follow(scene)
    replace(scene.landmarks, pelvis=track).save(tmp_path / "landmarks.npz")
    stored = LandmarkTrack.load(tmp_path / "landmarks.npz").pelvis
    assert stored is not None
    np.testing.assert_array_equal(stored.front_px, track.front_px)
    np.testing.assert_array_equal(stored.likeness, track.likeness)


def test_stickers_followed_in_a_part_are_kept_with_the_whole_track(scene: Scene) -> None:
    part = take_part(scene.landmarks, 0.2, 0.5)
    found = follow(scene, marked=int(part.frame_index[3]), landmarks=part)
    whole = tracking.take_markers_over(replace(part, pelvis=found), scene.landmarks)
    again = take_part(whole, 0.2, 0.5).pelvis
    assert again is not None
    assert whole.pelvis is not None
    np.testing.assert_array_equal(again.front_px, found.front_px)
    np.testing.assert_array_equal(again.back_px, found.back_px)
    np.testing.assert_array_equal(again.likeness, found.likeness)
    assert whole.pelvis.is_seen.sum() == found.is_seen.sum()
    known = replace(scene.landmarks, pelvis=follow(scene))
    kept = tracking.take_markers_over(replace(part, pelvis=found), known).pelvis
    assert kept is not None
    assert kept.is_seen.sum() > found.is_seen.sum()
    assert tracking.take_markers_over(part, known) is known
