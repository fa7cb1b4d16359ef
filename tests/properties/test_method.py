"""What must hold for any runner: the whole method from pose to numbers, on a stick figure."""

import contextlib
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitcamError
from gaitcam.gait.detection import DetectionSettings, detect_events
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.metrics.measure import measure_gait
from gaitcam.metrics.tables import FrameTable, RunSummary, StepTable
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import KEYPOINT_COUNT
from tests.running import HEIGHT, WIDTH, landmarks_from, mirrored, running_points, with_left_closer

Tables = tuple[FrameTable, StepTable, RunSummary]

few = settings(max_examples=8, derandomize=True, deadline=None, database=None)
RATE_HZ = 60.0
# Numbers that mean the same for a runner of any size, with how far they may differ.
SHAPE = {
    "trunk_lean_deg": 0.3,
    "overstride_leg_ratio": 0.02,
    "knee_flexion_at_ic_deg": 2.0,
    "duty_factor_ratio": 0.02,
}


@dataclass(frozen=True)
class Figure:
    """A stick figure that runs on the spot."""

    cadence_spm: float
    lean_deg: float
    bounce_px: float

    @property
    def points(self) -> FloatArray:
        return running_points(
            seconds=3.0,
            cadence_spm=self.cadence_spm,
            lean_deg=self.lean_deg,
            bounce_px=self.bounce_px,
        )


figures = st.builds(Figure, st.floats(145, 195), st.floats(-2, 14), st.floats(6, 20))


def method(landmarks: LandmarkTrack) -> Tables:
    track = clean_keypoints(landmarks, CleaningSettings(), 1.76)
    return measure_gait(track, detect_events(track, DetectionSettings()))


def summary_of(points: FloatArray, time_s: FloatArray | None = None) -> RunSummary:
    return method(landmarks_from(points, RATE_HZ, time_s))[2]


def measured_or_refused(points: FloatArray) -> Tables | None:
    """Return the tables; None when the method says in words that it cannot measure."""
    with contextlib.suppress(GaitcamError):
        return method(landmarks_from(points, RATE_HZ))
    return None


def assert_same_shape(one: RunSummary, other: RunSummary, slack: float = 1.0) -> None:
    for key, tolerance in SHAPE.items():
        assert abs(one.value(key) - other.value(key)) < slack * tolerance, key


@few
@given(figures)
def test_a_mirror_image_runs_the_same_with_the_sides_exchanged(figure: Figure) -> None:
    seen = summary_of(figure.points)
    in_mirror = method(with_left_closer(landmarks_from(mirrored(figure.points))))[2]
    assert_same_shape(seen, in_mirror, slack=0.1)
    assert abs(seen.value("cadence_spm") - in_mirror.value("cadence_spm")) < 0.05
    left, right = seen.metrics["contact_time_s"].left, in_mirror.metrics["contact_time_s"].right
    assert left is not None
    assert right is not None
    assert abs(left.value - right.value) < 1e-3


@few
@given(figures, st.floats(0.35, 1.0), st.floats(-60, 60))
def test_size_and_place_in_the_picture_do_not_matter(
    figure: Figure, scale: float, aside_px: float
) -> None:
    points = figure.points
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    moved = middle + scale * (points - middle) + (aside_px, 0.0)
    whole, small = summary_of(points), summary_of(moved)
    assert_same_shape(whole, small)
    assert abs(whole.value("cadence_spm") - small.value("cadence_spm")) < 0.5


@few
@given(figures, st.floats(0.88, 1.15))
def test_a_faster_clock_gives_a_faster_cadence_and_the_same_lean(
    figure: Figure, stretch: float
) -> None:
    points = figure.points
    time_s = np.arange(len(points), dtype=np.float64) * stretch / RATE_HZ
    even, stretched = summary_of(points), summary_of(points, time_s)
    expected = even.value("cadence_spm") / stretch
    assert abs(stretched.value("cadence_spm") - expected) < 1.0
    assert abs(stretched.value("trunk_lean_deg") - even.value("trunk_lean_deg")) < 0.3


@few
@given(figures, st.randoms(use_true_random=False), st.floats(0.02, 0.25))
def test_frames_that_the_phone_dropped_move_no_number_far(
    figure: Figure, generator: object, share: float
) -> None:
    points = figure.points
    random = np.random.default_rng(generator.randrange(1 << 30))  # type: ignore[attr-defined]
    kept = np.flatnonzero(random.random(len(points)) > share)
    whole, dropped = (
        summary_of(points),
        summary_of(points[kept], np.asarray(kept / RATE_HZ, np.float64)),
    )
    assert_same_shape(whole, dropped, slack=2.0)
    assert abs(whole.value("cadence_spm") - dropped.value("cadence_spm")) < 1.5


@st.composite
def holes(draw: st.DrawFn) -> tuple[slice, list[int]]:
    """Frames and points that were not seen."""
    first = draw(st.integers(0, 170))
    frames = slice(first, first + draw(st.integers(1, 40)))
    everything = list(range(KEYPOINT_COUNT))
    points = draw(st.lists(st.sampled_from(everything), min_size=1, max_size=6, unique=True))
    return frames, draw(st.sampled_from([everything, points]))


@few
@given(figures, st.lists(holes(), min_size=1, max_size=4))
def test_what_was_not_seen_is_missing_never_zero(
    figure: Figure, unseen: list[tuple[slice, list[int]]]
) -> None:
    points = figure.points
    for frames, indices in unseen:
        points[frames, indices] = np.nan
    tables = measured_or_refused(points)
    if tables is None:
        return
    frame_table, _, summary = tables
    lean = frame_table.columns["trunk_lean_deg"]
    known = np.isfinite(lean)
    assert known.any()
    assert np.all(np.abs(lean[known] - np.median(lean[known])) < 6.0)
    cadence = summary.value("cadence_spm")
    assert np.isnan(cadence) or abs(cadence - figure.cadence_spm) < 0.05 * figure.cadence_spm


WILD = st.sampled_from([0.0, -1.0, 1e-9, 1e9, -1e9, np.nan, 640.0, 1280.0, 5000.0])


@few
@given(st.integers(1, 90), st.randoms(use_true_random=False), st.lists(WILD, max_size=8))
def test_nonsense_is_refused_or_measured_but_never_breaks_the_method(
    frames: int, generator: object, wild: list[float]
) -> None:
    random = np.random.default_rng(generator.randrange(1 << 30))  # type: ignore[attr-defined]
    points = random.uniform(-200, 1500, (frames, KEYPOINT_COUNT, 2))
    for value in wild:
        points[random.integers(frames), random.integers(KEYPOINT_COUNT)] = value
    measured_or_refused(points)
