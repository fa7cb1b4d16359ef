"""Tracks with known events: rendered clips, a real clip labelled by eye, filmed marker runs.

Every track comes out of `clean_keypoints`, as in the program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.event_truth import read_labelled_events, read_rendered_events
from gaitcam.validation.marker_runs import MarkerRun, Times, read_marker_runs
from gaitcam.validation.pose_errors import PoseError, measure_pose_error
from gaitcam.validation.pose_like import Filming, film
from gaitcam.vocabulary import Side

NOT_FOR_TIMING = ("p10_followcam",)  # an earlier motion model: contacts come too late
REAL_CLIP = "male_side"
Landmarks = dict[str, LandmarkTrack]
RATES_HZ = (24.0, 30.0, 60.0, 120.0, 240.0)
LONG_TRIAL_S, PIECE_S = 10.0, 3.0
# Rendered clips of one runner at one speed, which must be left out together.
SAME_RUN = {
    "t04_lean_0": "t01_base",
    "t06_tilt_5": "t01_base",
    "t06_tilt_5_stickers": "t01_base",
    "t10_stickers": "t10_m_heavy_left",
}


@dataclass(frozen=True, slots=True, eq=False)
class EventCase:
    """A cleaned track and its true events [s] within ``span_s``.

    ``kind``: ``rendered``, ``markers`` (exact legs), ``filmed markers`` (legs with the pose
    model's errors, taken from the clip ``donor``) or ``real``; ``runner`` is what must not
    be in both training and test.  ``is_reported``: whether the tables count it, or it serves
    the fit alone.
    """

    name: str
    kind: str
    runner: str
    donor: str
    rate_hz: float
    track: KeypointTrack
    truth: Times
    span_s: tuple[float, float]
    is_reported: bool = True


def read_landmark_files(folder: Path) -> dict[str, LandmarkTrack]:
    """Read all stored landmarks of a folder, by clip name."""
    return {path.stem: LandmarkTrack.load(path) for path in sorted(folder.glob("*.npz"))}


def collect_cases(
    data: Path, engines: Sequence[Landmarks], cleaning: CleaningSettings, copies: int = 20
) -> list[EventCase]:
    """Build all cases; marker trials are filmed ``copies`` times each, reproducibly.

    ``engines``: the clips' landmarks as each pose engine finds them, the program's own first:
    the tables report its clips, the fit sees all, since engines err differently.
    """
    cases: list[EventCase] = []
    errors: list[PoseError] = []
    for rank, landmarks in enumerate(engines):
        of_engine, its_errors = _clip_cases(data, landmarks, cleaning)
        cases += [replace(case, is_reported=rank == 0) for case in of_engine]
        errors += its_errors
    for run in read_marker_runs(data / "markers"):
        cases.extend(_filmed_cases(run, errors, cleaning, copies))
    return cases


def _clip_cases(
    data: Path, landmarks: Landmarks, cleaning: CleaningSettings
) -> tuple[list[EventCase], list[PoseError]]:
    """Build the cases of all clips, and measure how the pose errs on the rendered ones."""
    cases: list[EventCase] = []
    errors: list[PoseError] = []
    for name, track in landmarks.items():
        truth_file = data / "synthetic" / f"{name}.json"
        if name not in NOT_FOR_TIMING and truth_file.exists():
            cases.extend(_rendered_cases(truth_file, track, cleaning))
            errors.append(measure_pose_error(track, truth_file))
    if REAL_CLIP in landmarks:
        truth = read_labelled_events(data / "real" / f"{REAL_CLIP}.labels.json")
        cases.append(_clip_case(REAL_CLIP, "real", landmarks[REAL_CLIP], truth, cleaning))
    return cases, errors


def _rendered_cases(
    truth_file: Path, landmarks: LandmarkTrack, cleaning: CleaningSettings
) -> Iterator[EventCase]:
    """Yield a clip as it is and with every second or fourth frame, down to 30 frames/s."""
    truth, name = read_rendered_events(truth_file), truth_file.stem
    yield _clip_case(name, "rendered", landmarks, truth, cleaning)
    rate_hz = 1.0 / float(np.median(np.diff(landmarks.time_s)))
    for step in (2, 4):
        for first in range(2):
            if rate_hz / step > 29.0:
                thinned = thin_out(landmarks, step, first)
                label = f"{name} 1/{step}+{first}"
                yield _clip_case(label, "rendered", thinned, truth, cleaning)


def _clip_case(
    name: str, kind: str, landmarks: LandmarkTrack, truth: Times, cleaning: CleaningSettings
) -> EventCase:
    track = clean_keypoints(landmarks, cleaning)
    clip = name.split(" ")[0]
    span = (float(track.time_s[0]), float(track.time_s[-1]))
    return EventCase(
        name, kind, SAME_RUN.get(clip, clip), clip, track.frame_rate_hz, track, truth, span
    )


def thin_out(landmarks: LandmarkTrack, step: int, first: int) -> LandmarkTrack:
    """Return every ``step``-th frame, as a camera of lower frame rate would have seen them."""
    keep = slice(first, None, step)
    return LandmarkTrack(
        video=landmarks.video,
        model=landmarks.model,
        model_sha256=landmarks.model_sha256,
        time_s=landmarks.time_s[keep],
        shown_s=landmarks.shown_s[keep],
        frame_index=landmarks.frame_index[keep],
        image_px=landmarks.image_px[keep],
        depth_px=landmarks.depth_px[keep],
        visibility=landmarks.visibility[keep],
        world_m=landmarks.world_m[keep],
    )


def _filmed_cases(
    run: MarkerRun, errors: list[PoseError], cleaning: CleaningSettings, copies: int
) -> Iterator[EventCase]:
    """Film a trial at all frame rates, from both sides; every third time without pose errors."""
    rng = np.random.default_rng(sum(run.name.encode()))
    length_s = float(run.time_s[-1] - run.time_s[0])
    piece_s = PIECE_S if length_s > LONG_TRIAL_S else length_s
    for copy in range(copies):
        rate_hz = RATES_HZ[copy % len(RATES_HZ)]
        error = None if copy % 3 == 2 else errors[int(rng.integers(len(errors)))]
        latest_s = max(length_s - piece_s, 0.05)
        filming = Filming(
            rate_hz=rate_hz,
            start_s=float(run.time_s[0] + rng.uniform(0.0, latest_s)),
            length_s=piece_s,
            near=list(Side)[int(rng.integers(2))],
            stretch=float(rng.uniform(0.93, 1.07)),
            marker_offset=0.01 if error is None else 0.015,
            jitter=0.2 if copy % 7 == 0 else 0.0,
        )
        landmarks, truth = film(run, filming, error, rng)
        track = clean_keypoints(landmarks, cleaning)
        plates = [(edge - filming.start_s) * filming.stretch for edge in run.plate_s]
        yield EventCase(
            name=f"{run.name} #{copy}",
            kind="markers" if error is None else "filmed markers",
            runner=run.subject,
            donor="" if error is None else SAME_RUN.get(error.clip, error.clip),
            rate_hz=rate_hz,
            track=track,
            truth=truth,
            span_s=(max(0.0, plates[0]), min(float(track.time_s[-1]), plates[1])),
        )
