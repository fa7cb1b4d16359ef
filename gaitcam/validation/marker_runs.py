"""Real runners with optical markers and force plates, as legs in the sagittal plane.

Markers differ between laboratories; here they all become hip, knee, ankle, heel and toe.
Hip joint centres follow Bell, Pedersen & Brand (1990). Knees and ankles come from markers at
the joint, from a standing trial, or, where there is neither, as the point that stays put in
both neighbouring segments (functional joint centre: Ehrig and others, 2006).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfiltfilt

from gaitcam.arrays import FloatArray
from gaitcam.validation.marker_files import ForceFile, MarkerFile, read_c3d, read_mot, read_trc
from gaitcam.vocabulary import EventKind, Side

LEG_POINTS: tuple[str, ...] = ("hip", "knee", "ankle", "heel", "foot_index")
CONTACT_FORCE_N = 20.0
LEAST_CONTACT_S = 0.06
Times = dict[tuple[EventKind, Side], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class MarkerRun:
    """One trial: ``leg_m`` (2 sides, N, 5 `LEG_POINTS`, 2) x anterior, y up [m].

    ``time_s`` (N,) even; ``events`` holds what the force plates saw, and ``plate_s`` the
    first and last moment at which they could see it.
    """

    name: str
    subject: str
    time_s: FloatArray
    leg_m: FloatArray
    events: Times
    plate_s: tuple[float, float]

    @property
    def leg_length_m(self) -> float:
        """Median length of thigh and shank, hip to ankle along the bones [m]."""
        segments = np.diff(self.leg_m[:, :, :3], axis=2)
        return float(np.median(np.linalg.norm(segments, axis=3).sum(axis=2)))


def read_marker_runs(folder: Path) -> tuple[MarkerRun, ...]:
    """Read all trials below the data folder ``markers``."""
    hamner = [("hamner_subject01", "run300"), ("hamner_subject04", "run200")]
    hamner.append(("hamner_subject04", "run400"))
    runs = [_read_rbds(folder / "rbds")]
    runs += [_read_hamner(folder, subject, trial) for subject, trial in hamner]
    runs += [_read_ja1(folder / "ja1"), _read_bmc(folder / "bmc")]
    return tuple(runs)


def _read_rbds(folder: Path) -> MarkerRun:
    markers, force = read_c3d(folder / "RBDS001runT35.c3d")
    standing, _ = read_c3d(folder / "RBDS001static.c3d")
    legs = []
    for side in ("L", "R"):
        cluster = [f"{side}.Shank.{p}" for p in _RBDS_SHANK]
        knee, ankle = (
            _carry(markers, standing, cluster, [f"{side}.{joint}", f"{side}.{joint}.Medial"])
            for joint in ("Knee", "Ankle")
        )
        heel = markers.path_m[f"{side}.Heel.Bottom"]
        ball = 0.5 * (markers.path_m[f"{side}.MT1"] + markers.path_m[f"{side}.MT5"])
        legs.append([knee, ankle, heel, heel + 1.3 * (ball - heel)])
    pelvis = [markers.path_m[n] for n in ("L.ASIS", "R.ASIS", "L.PSIS", "R.PSIS")]
    leg_m = _sagittal(_hips(pelvis[0], pelvis[1], 0.5 * (pelvis[2] + pelvis[3])), legs)
    contacts = _contacts(force.time_s, _volts_to_newton(force.channel["F1Z"]))
    events = _by_side(contacts, markers.time_s, leg_m)
    span = (float(force.time_s[0]), float(force.time_s[-1]))
    return MarkerRun("rbds001_run35", "rbds001", markers.time_s, leg_m, events, span)


_RBDS_SHANK = ("Bottom.Lateral", "Bottom.Medial", "Top.Lateral", "Top.Medial")


def _volts_to_newton(raw: FloatArray) -> FloatArray:
    """Scale so that a stride's peak is a typical 1700 N; only the threshold depends on it."""
    quiet = float(np.median(raw[raw < np.percentile(raw, 25)]))
    return (raw - quiet) * 1700.0 / float(np.percentile(raw - quiet, 98))


def _carry(
    moving: MarkerFile, standing: MarkerFile, cluster: list[str], joint: list[str]
) -> FloatArray:
    """Carry a joint's place in the standing trial along with a cluster of markers, (N, 3)."""
    still = np.array([np.nanmean(standing.path_m[n], axis=0) for n in cluster])
    centre = np.mean([np.nanmean(standing.path_m[n], axis=0) for n in joint], axis=0)
    paths = np.stack([moving.path_m[n] for n in cluster], axis=1)
    rotation, middle = _pose(paths, still)
    carried: FloatArray = middle + rotation @ (centre - still.mean(axis=0))
    return carried


def _pose(paths: FloatArray, still: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return rotation (N, 3, 3) and middle (N, 3) of clusters (N, M, 3) against ``still``."""
    middle = paths.mean(axis=1)
    covariance = np.einsum("nmi,mj->nij", paths - middle[:, None], still - still.mean(axis=0))
    u, _, vt = np.linalg.svd(covariance)
    flip = np.ones((len(paths), 3))
    flip[:, 2] = np.linalg.det(u @ vt)
    return (u * flip[:, None, :]) @ vt, middle


def _read_hamner(folder: Path, subject: str, trial: str) -> MarkerRun:
    markers = read_trc(folder / subject / trial / "markers.trc")
    force = read_mot(folder / subject / trial / "grf.mot")
    leg_m = _legs_by_function(markers)
    events, span = _plates_by_side(force, markers.time_s, leg_m)
    return MarkerRun(f"{subject}_{trial}", subject, markers.time_s, leg_m, events, span)


def _legs_by_function(markers: MarkerFile) -> FloatArray:
    """Return the legs of a trial with thigh, shank and foot clusters but no knees or ankles."""
    legs = []
    for side in ("L", "R"):
        thigh, shank = ([f"{side}{s}{i}" for i in (1, 2, 3)] for s in ("TH", "TB"))
        foot = [f"{side}{p}" for p in ("CAL", "TOE", "MT5")]
        knee = _functional_centre(markers, thigh, shank)
        ankle = _functional_centre(markers, shank, foot)
        legs.append([knee, ankle, markers.path_m[f"{side}CAL"], markers.path_m[f"{side}TOE"]])
    back = 0.5 * (markers.path_m["LPSI"] + markers.path_m["RPSI"])
    return _sagittal(_hips(markers.path_m["LASI"], markers.path_m["RASI"], back), legs)


def _functional_centre(markers: MarkerFile, upper: list[str], lower: list[str]) -> FloatArray:
    """Return the path of the point that both segments carry, shape (N, 3)."""
    paths = [np.stack([markers.path_m[n] for n in c], axis=1) for c in (upper, lower)]
    poses = [_pose(p, p[0]) for p in paths]
    (turn_a, mid_a), (turn_b, mid_b) = poses
    system = np.concatenate([turn_a, -turn_b], axis=2).reshape(-1, 6)
    offset = (mid_b - mid_a).reshape(-1)
    # A hinge leaves the place along its axis open: a weak pull to the markers settles it.
    pull = 0.02 * np.sqrt(len(mid_a)) * np.eye(6)
    solution = np.linalg.lstsq(
        np.vstack([system, pull]), np.concatenate([offset, np.zeros(6)]), rcond=None
    )[0]
    centre: FloatArray = 0.5 * ((mid_a + turn_a @ solution[:3]) + (mid_b + turn_b @ solution[3:]))
    return centre


def _read_ja1(folder: Path) -> MarkerRun:
    markers = read_trc(folder / "JA1Gait35.trc")
    force = read_mot(folder / "JA1Gait35_grf.mot")
    legs = [
        [markers.path_m[f"{side}{p}"] for p in ("LEPI", "LMAL", "HEEL", "TOE")]
        for side in ("L", "R")
    ]
    pelvis = [markers.path_m[n] for n in ("LASI", "RASI", "SACR")]
    leg_m = _sagittal(_hips(pelvis[0], pelvis[1], pelvis[2]), legs)
    events, _ = _plates_by_side(force, markers.time_s, leg_m)
    # Plates lie on a part of the way only: nothing is known before and after them.
    on_plates = np.concatenate(list(events.values()))
    span = (float(on_plates.min()) - 0.02, float(on_plates.max()) + 0.02)
    return MarkerRun("ja1_35", "ja1", markers.time_s, leg_m, events, span)


def _read_bmc(folder: Path) -> MarkerRun:
    markers = read_trc(folder / "motion_capture_run.trc")
    force = read_mot(folder / "grf_run.mot")
    leg_m = _legs_by_function(markers)
    events, span = _plates_by_side(force, markers.time_s, leg_m)
    return MarkerRun("bmc_run", "bmc", markers.time_s, leg_m, events, span)


def _hips(left_front: FloatArray, right_front: FloatArray, back: FloatArray) -> list[FloatArray]:
    """Return left and right hip joint centres (N, 3) from ASIS and mid PSIS (Bell 1990)."""
    width = float(np.nanmedian(np.linalg.norm(left_front - right_front, axis=1)))
    front = 0.5 * (left_front + right_front)
    lateral = _unit(right_front - left_front)
    ahead = front - back
    ahead = _unit(ahead - np.sum(ahead * lateral, axis=1, keepdims=True) * lateral)
    up = np.cross(lateral, ahead)
    middle = front - 0.19 * width * ahead - 0.30 * width * up
    return [middle - 0.36 * width * lateral, middle + 0.36 * width * lateral]


def _unit(vectors: FloatArray) -> FloatArray:
    unit: FloatArray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _sagittal(hips: list[FloatArray], legs: list[list[FloatArray]]) -> FloatArray:
    """Stack to (2, N, 5, 2); all laboratories here have x along the run and y up."""
    points = [np.stack([hip, *leg], axis=1) for hip, leg in zip(hips, legs, strict=True)]
    return _without_gaps(np.stack(points)[..., :2])


def _without_gaps(legs: FloatArray) -> FloatArray:
    """Fill single lost samples of marker paths (2, N, 5, 2) linearly."""
    frames = np.arange(legs.shape[1])
    flat = np.moveaxis(legs, 1, -1).reshape(-1, legs.shape[1]).copy()
    for path in flat:
        known = np.isfinite(path)
        path[:] = np.interp(frames, frames[known], path[known])
    return np.moveaxis(flat.reshape(2, legs.shape[2], 2, -1), -1, 1)


def _contacts(time_s: FloatArray, force_n: FloatArray) -> list[tuple[float, float]]:
    """Return start and end of every stretch of force above the threshold, sub-sample."""
    rate = 1.0 / float(np.median(np.diff(time_s)))
    if rate > 250.0:
        force_n = sosfiltfilt(butter(2, 50.0, fs=rate, output="sos"), force_n)
    above = force_n > CONTACT_FORCE_N
    rises = np.flatnonzero(~above[:-1] & above[1:])
    found = []
    for rise in rises:
        falls = np.flatnonzero(above[rise + 1 : -1] & ~above[rise + 2 :])
        if not len(falls):
            break
        fall = rise + 1 + int(falls[0])
        start, end = (_crossing(time_s, force_n, int(i)) for i in (rise, fall))
        if end - start >= LEAST_CONTACT_S:
            found.append((start, end))
    return found


def _crossing(time_s: FloatArray, force_n: FloatArray, index: int) -> float:
    before, after = force_n[index], force_n[index + 1]
    share = (CONTACT_FORCE_N - before) / (after - before)
    return float(time_s[index] + share * (time_s[index + 1] - time_s[index]))


def _plates_by_side(
    force: ForceFile, time_s: FloatArray, leg_m: FloatArray
) -> tuple[Times, tuple[float, float]]:
    """Gather the contacts of all plates; the foot that is lower and moves less is on it."""
    vertical = [v for name, v in force.channel.items() if name.endswith("_vy")]
    contacts = sorted(c for plate in vertical for c in _contacts(force.time_s, plate))
    span = (float(force.time_s[0]), float(force.time_s[-1]))
    return _by_side(contacts, time_s, leg_m), span


def _by_side(contacts: list[tuple[float, float]], time_s: FloatArray, leg_m: FloatArray) -> Times:
    height = leg_m[:, :, 3:, 1].mean(axis=2)
    sides: dict[Side, list[tuple[float, float]]] = {side: [] for side in Side}
    for start, end in contacts:
        during = (time_s >= start) & (time_s <= end)
        if not during.any():
            continue
        lower = int(np.argmin(height[:, during].mean(axis=1)))
        sides[list(Side)[lower]].append((start, end))
    kinds = (EventKind.INITIAL_CONTACT, EventKind.TOE_OFF)
    return {
        (kind, side): np.array([contact[i] for contact in sides[side]])
        for side in Side
        for i, kind in enumerate(kinds)
    }
