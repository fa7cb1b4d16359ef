"""The part of a clip that shows one run without a break; all else is left out, and said.

A beat must not be counted across a cut, nor a leg followed from one runner to the next.  So a
clip falls into pieces where it is cut, where its clock jumps, and where somebody comes back at
another place; a piece ends where the legs no longer move.  The longest is measured.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray, FloatArray, finite
from gaitcam.errors import PoseError
from gaitcam.gait.activity import (
    LONGEST_LOOK_S,
    STANDS_STILL,
    Activity,
    ankles_apart,
    find_stride,
    recognise_movement,
)
from gaitcam.gait.leaps import find_leaps
from gaitcam.keypoints.sagittal import measure_leg_length_px
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.pelvis_track import PelvisTrack
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.cuts import LeftOut, WhyLeftOut
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

IntArray = NDArray[np.intp]
NAN = float("nan")
USUAL_STRIDE_S = 0.7
LONGEST_HOLE = 0.5  # strides without a frame, or with nobody
# Strides by which the legs' rhythm jumps at a suspected cut; a runner's own drifts by 0.03.  And
# times what it does at three of four other moments: a pose that is unsteady proves no cut, and
# where a clip is cut twice, some of the others lie at the other cut.
PHASE_JUMP, OTHERS_PERCENT, UNLIKE_OTHERS = 0.08, 75, 2.0
OTHER_MOMENTS, FEWEST_OTHERS = 60, 8  # with fewer of them, nothing tells what is usual
# What somebody who comes back has moved or grown by, in leg lengths and as a ratio.
ELSEWHERE, OTHER_SIZE = 1.0, 1.3
LOOKED_AT = 8  # frames before and after
SHORTEST_STILL = 1.5  # strides
SHORTEST_PART_S = 0.25  # less is trimmed without a word
FEWEST_FRAMES = 10
HIPS = [KEYPOINT_INDEX[f"{side}_hip"] for side in Side]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows ``first`` up to ``stop`` of a track, and why a new piece begins at ``first``."""

    first: int
    stop: int
    why: WhyLeftOut

    @property
    def frames(self) -> int:
        return self.stop - self.first


@dataclass(frozen=True, slots=True, eq=False)
class _Legs:
    """The ankles' distance (F, 2) [leg lengths], None where no legs are seen; the stride time."""

    apart: FloatArray | None
    stride_s: float


def choose_run(landmarks: LandmarkTrack) -> LandmarkTrack:
    """Return the landmarks of the longest run without a break, with what was left out for it."""
    if landmarks.has_pose.sum() < FEWEST_FRAMES:
        return landmarks
    legs = _see_legs(landmarks)
    pieces = _pieces(landmarks, legs)
    runs = [run for piece in pieces for run in _runs(landmarks, legs, piece)]
    best = runs[0] if runs else None
    if len(runs) > 1:
        best = max(runs, key=lambda run: (_is_measurable(landmarks, run), run.frames))
    if best is None or best.frames < FEWEST_FRAMES or best.frames == len(landmarks):
        return landmarks
    left_out = tuple(_left_out(landmarks, runs, best))
    return replace(
        take_rows(landmarks, slice(best.first, best.stop)),
        left_out=(*landmarks.left_out, *left_out),
    )


def _is_measurable(landmarks: LandmarkTrack, run: _Piece) -> bool:
    """Tell whether a run is one, and filmed from the side."""
    try:
        movement = recognise_movement(take_rows(landmarks, slice(run.first, run.stop)))
    except PoseError:
        return False
    return movement.activity is Activity.RUNNING and movement.is_judged


def take_part(landmarks: LandmarkTrack, start_s: float, end_s: float | None) -> LandmarkTrack:
    """Return the frames between two times on the file's clock; raises `PoseError` without any."""
    last_s = math.inf if end_s is None else end_s
    rows = np.flatnonzero((landmarks.shown_s >= start_s) & (landmarks.shown_s <= last_s))
    if len(rows) == len(landmarks):
        return landmarks
    if not len(rows):
        raise PoseError(
            f"{landmarks.video.file_name}: the stored pose has no frames between start and end"
        )
    return take_rows(landmarks, slice(int(rows[0]), int(rows[-1]) + 1))


def take_rows(landmarks: LandmarkTrack, rows: slice) -> LandmarkTrack:
    """Return some of the frames of ``landmarks``."""
    if rows == slice(0, len(landmarks)):
        return landmarks
    pelvis, camera = landmarks.pelvis, landmarks.camera
    per_frame = ("time_s", "shown_s", "frame_index", "image_px", "depth_px", "visibility")
    return replace(
        landmarks,
        **{name: getattr(landmarks, name)[rows] for name in (*per_frame, "world_m")},
        pelvis=pelvis
        and PelvisTrack(pelvis.front_px[rows], pelvis.back_px[rows], pelvis.likeness[rows]),
        camera=camera
        and CameraPath(camera.shift_px[rows], camera.roll_deg[rows], camera.known_fraction),
    )


def _pieces(landmarks: LandmarkTrack, legs: _Legs) -> list[_Piece]:
    """Return the pieces into which cuts and holes break a track."""
    begins: dict[int, WhyLeftOut] = {}
    begins.update(_returns(landmarks, legs.stride_s))
    time_s = landmarks.time_s
    for hole in np.flatnonzero(np.diff(time_s) > LONGEST_HOLE * legs.stride_s):
        begins[int(hole) + 1] = WhyLeftOut.JUMP
    rows = np.searchsorted(landmarks.shown_s, [cut.shown_s - 1e-6 for cut in landmarks.cuts])
    cuts = list(zip(rows.tolist(), landmarks.cuts, strict=True))
    scenes = {row for row, cut in cuts if cut.is_certain}
    suspects = {*(row for row, _ in cuts), *find_leaps(landmarks)} - scenes - {len(landmarks)}
    usual = _usual_jumps(legs, time_s) if suspects else np.empty((0, 2))
    for row in suspects:
        if _jumps(legs, time_s, row, usual):
            begins[row] = WhyLeftOut.JUMP
    begins |= dict.fromkeys(scenes - {0, len(landmarks)}, WhyLeftOut.OTHER_SCENE)
    edges = [0, *sorted(begins), len(landmarks)]
    return [_Piece(a, b, begins.get(a, WhyLeftOut.NO_RUN)) for a, b in pairwise(edges)]


def _see_legs(landmarks: LandmarkTrack) -> _Legs:
    apart = _apart(landmarks)
    return _Legs(apart, _stride_s(apart, landmarks.time_s))


def _stride_s(apart: FloatArray | None, time_s: FloatArray) -> float:
    """Return the stride time, as the clip plays, where the legs move most; or a usual one."""
    if apart is None:
        return USUAL_STRIDE_S
    blocks = np.array_split(np.arange(len(time_s)), 1 + int(np.ptp(time_s) / LONGEST_LOOK_S))
    most = max(blocks, key=lambda rows: _spread(apart[rows]))
    stride_s, clearness = find_stride(apart[most], time_s[most])
    return stride_s if clearness > 0 else USUAL_STRIDE_S


def _spread(values: FloatArray) -> float:
    """Return the standard deviation of what is known."""
    there = finite(values)
    return float(there.std()) if len(there) else 0.0


def _apart(landmarks: LandmarkTrack) -> FloatArray | None:
    """Return the ankles' distance (F, 2) [leg lengths]; None where no legs are seen."""
    points = landmarks.image_px.astype(np.float64)
    try:
        return ankles_apart(points, measure_leg_length_px(points))
    except PoseError:
        return None


def _usual_jumps(legs: _Legs, time_s: FloatArray) -> FloatArray:
    """Return moments all over the clip, and what the legs' rhythm jumps by there, (N, 2)."""
    moments_s = time_s[:: max(1, len(time_s) // OTHER_MOMENTS)]
    jumps = np.array([_phase_jump(legs, time_s, each) for each in moments_s.tolist()])
    known: FloatArray = np.column_stack([moments_s, jumps])[np.isfinite(jumps)]
    return known


def _jumps(legs: _Legs, time_s: FloatArray, row: int, usual: FloatArray) -> bool:
    """Tell whether the legs' rhythm jumps at a row for good, and more than well away from it.

    A pose that is disturbed for a moment disturbs the stride before or after, but not those
    beyond; near the ends of a clip, where these are not seen, the nearer ones decide.
    """
    moment_s = float(time_s[row])
    others = usual[np.abs(usual[:, 0] - moment_s) > legs.stride_s, 1]
    if len(others) < FEWEST_OTHERS:
        return False
    limit = max(PHASE_JUMP, UNLIKE_OTHERS * float(np.percentile(others, OTHERS_PERCENT)))
    beyond = _phase_jump(legs, time_s, moment_s, beyond=1)
    return _phase_jump(legs, time_s, moment_s) > limit and not beyond <= PHASE_JUMP


def _phase_jump(legs: _Legs, time_s: FloatArray, moment_s: float, beyond: int = 0) -> float:
    """Return by how many strides the legs' rhythm jumps at a moment; NaN near the ends.

    The strides next to it are compared, or those that lie as many strides ``beyond`` them.
    """
    apart, stride_s = legs.apart, legs.stride_s
    near_s, far_s = beyond * stride_s, (beyond + 1) * stride_s
    if apart is None or not time_s[0] + far_s <= moment_s <= time_s[-1] - far_s:
        return NAN
    before = _beat(apart, time_s, moment_s - far_s, moment_s - near_s, stride_s)
    after = _beat(apart, time_s, moment_s + near_s, moment_s + far_s, stride_s)
    return abs(float(np.angle(after * np.conj(before)))) / (2.0 * np.pi)


def _beat(
    apart: FloatArray, time_s: FloatArray, from_s: float, to_s: float, stride_s: float
) -> complex:
    """Return size and phase of the ankles' swing fore and aft between two times."""
    within = (time_s >= from_s - 1e-9) & (time_s < to_s - 1e-9) & np.isfinite(apart[:, 0])
    wave = np.exp(-2j * np.pi * time_s[within] / stride_s)
    values = apart[within, 0]
    return complex(np.mean((values - values.mean()) * wave)) if within.any() else 0j


def _returns(landmarks: LandmarkTrack, stride_s: float) -> Iterator[tuple[int, WhyLeftOut]]:
    """Yield the rows at which somebody is seen again at another place, or in another size."""
    rows = np.flatnonzero(landmarks.has_pose)
    time_s = landmarks.time_s[rows]
    for index in np.flatnonzero(np.diff(time_s) > LONGEST_HOLE * stride_s):
        before = rows[max(0, index + 1 - LOOKED_AT) : index + 1]
        after = rows[index + 1 : index + 1 + LOOKED_AT]
        if min(len(before), len(after)) < LOOKED_AT or _is_elsewhere(landmarks, before, after):
            yield int(after[0]), WhyLeftOut.ELSEWHERE


def _is_elsewhere(landmarks: LandmarkTrack, before: IntArray, after: IntArray) -> bool:
    sizes = [measure_leg_length_px(landmarks.image_px[rows]) for rows in (before, after)]
    places = [np.median(landmarks.image_px[rows][:, HIPS], axis=(0, 1)) for rows in (before, after)]
    moved = float(np.linalg.norm(places[1] - places[0])) / min(sizes)
    return moved > ELSEWHERE or max(sizes) > OTHER_SIZE * min(sizes)


def _runs(landmarks: LandmarkTrack, legs: _Legs, piece: _Piece) -> Iterator[_Piece]:
    """Yield the parts of a piece, without a piece's ends that show nobody, in which legs move."""
    rows = np.arange(piece.first, piece.stop)
    part = take_rows(landmarks, slice(piece.first, piece.stop))
    moves = _moves(part, legs if part is landmarks else _see_legs(part))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], moves, [False]]).astype(int)))
    why = piece.why
    for first, stop in edges.reshape(-1, 2):
        if stop - first >= FEWEST_FRAMES:
            yield _Piece(int(rows[first]), int(rows[stop - 1]) + 1, why)
            why = WhyLeftOut.NO_RUN


def _moves(landmarks: LandmarkTrack, legs: _Legs) -> BoolArray:
    """Tell in which frames somebody's legs move; short stops do not count (F,)."""
    seen = landmarks.has_pose
    moves: BoolArray = np.zeros(len(landmarks), dtype=bool)
    if not seen.any():
        return moves
    first, last = np.flatnonzero(seen)[[0, -1]]
    moves[first : last + 1] = True
    if legs.apart is None:
        return moves
    time_s = landmarks.time_s
    stops = np.searchsorted(time_s, time_s + SHORTEST_STILL * legs.stride_s)
    stops = stops[stops < len(landmarks)]
    for row in np.flatnonzero(_are_still(legs.apart, stops)):
        moves[row : stops[row]] = False
    return moves


def _are_still(apart: FloatArray, stops: IntArray) -> BoolArray:
    """Tell of each row (n,) whether the ankles keep their distance from it up to its stop (n,)."""
    known: BoolArray = np.all(np.isfinite(apart), axis=1)
    edges = np.column_stack([np.arange(len(stops)), stops]).ravel()
    least, most = (
        reduce.reduceat(np.where(known[:, None], apart, empty), edges, axis=0)[::2]
        for reduce, empty in ((np.minimum, np.inf), (np.maximum, -np.inf))
    )
    seen = np.add.reduceat(known.astype(np.intp), edges)[::2]
    is_seen = 2 * seen > edges[1::2] - edges[::2]
    still: BoolArray = is_seen & ((most - least).max(axis=1) < STANDS_STILL)
    return still


def _left_out(landmarks: LandmarkTrack, runs: list[_Piece], best: _Piece) -> Iterator[LeftOut]:
    """Yield what lies before and after the best run, with its reasons."""
    times = np.append(landmarks.shown_s, landmarks.shown_s[-1])
    for first, stop in ((0, best.first), (best.stop, len(landmarks))):
        from_s, to_s = float(times[first]), float(times[stop])
        if to_s - from_s < SHORTEST_PART_S:
            continue
        within = [run for run in runs if run.first >= first and run.stop <= stop]
        if within:
            why = best.why if stop == best.first else within[0].why
        elif landmarks.has_pose[first:stop].any():
            why = WhyLeftOut.NO_RUN
        else:
            why = WhyLeftOut.NOBODY
        yield LeftOut(from_s, to_s, why)
