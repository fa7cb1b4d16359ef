"""Treadmill runners as a camera that does not stand square-on would have seen them.

The exact joints of a rendered clip are turned about the runner's own vertical axis and projected
anew; each landmark keeps the error that the pose model made in the clip itself.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.calibration import SUMMARISED
from gaitcam.validation.compare import BOTH, FAR, NEAR, Comparison, compare, run_program
from gaitcam.validation.markdown import PRINTED, number, table
from gaitcam.validation.sections import LABEL, agree, bias_rmse, errors_of
from gaitcam.vocabulary import KEYPOINTS

ANGLES_DEG = (-20.0, -10.0, 0.0, 10.0, 20.0)
# Landmarks without an exact joint go with the nearest one that has.
STAND_INS = {"mouth": "nose", "eye": "nose", "pinky": "wrist", "index": "wrist", "thumb": "wrist"}


def oblique_table(comparisons: Sequence[Comparison], keys: Sequence[str]) -> str:
    """Give the yaw that is found and the errors of some metrics, from several sides."""
    rows = []
    for angle_deg in ANGLES_DEG:
        seen = list(seen_from(comparisons, angle_deg))
        row = [number(angle_deg, 0, True), _yaw_cell(seen)]
        for key in keys:
            _, factor, decimals = PRINTED[SUMMARISED[key].unit]
            legs = (NEAR, FAR) if errors_of(seen, key, NEAR) else (BOTH,)
            cells = [bias_rmse(agree(errors_of(seen, key, leg), factor), decimals) for leg in legs]
            row.append("; ".join(cells))
        rows.append(row)
    heads = [f"{LABEL[key]} [{PRINTED[SUMMARISED[key].unit][0]}]" for key in keys]
    return table(["seen from behind [deg]", "yaw found [deg]", *heads], rows)


def _yaw_cell(seen: Sequence[Comparison]) -> str:
    """Give mean and range of the yaw that was found, positive when seen from behind."""
    found = [(1.0 if c.clip.direction == "right" else -1.0) * c.analysis.view.yaw_deg for c in seen]
    if not found:
        return "–"
    least, most = (number(edge(found), 0, True) for edge in (min, max))
    return f"{number(float(np.mean(found)), 0, True)} ({least} to {most})"


def seen_from(comparisons: Sequence[Comparison], angle_deg: float) -> Iterator[Comparison]:
    """Yield every rendered treadmill clip, seen from ``angle_deg`` behind square-on."""
    for each in comparisons:
        if each.clip.scene == "treadmill" and each.clip.pelvis_markers is None:
            truth = json.loads(each.clip.video.with_suffix(".json").read_text(encoding="utf-8"))
            turned = turn_runner(each.analysis.landmarks, truth, angle_deg)
            yield compare(each.clip, run_program(each.clip, turned))


def turn_runner(landmarks: LandmarkTrack, truth: dict[str, Any], angle_deg: float) -> LandmarkTrack:
    """Return landmarks of the runner turned by an angle, seen more from behind if positive."""
    frames = landmarks.frame_index.astype(int)
    joints = np.array(truth["frames"]["xyz_m"], dtype=np.float64)[frames]
    angle = np.radians(angle_deg if truth["direction"] == "right" else -angle_deg)
    cos, sin = np.cos(angle), np.sin(angle)
    about_y = np.array([[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]])
    moved = _project(joints @ about_y.T, truth["camera"]) - _project(joints, truth["camera"])
    columns = [_column(name, truth["frames"]["keypoint_names"]) for name in KEYPOINTS]
    return replace(landmarks, image_px=landmarks.image_px + moved[:, columns], pelvis=None)


def _project(places_m: FloatArray, camera: dict[str, Any]) -> FloatArray:
    """Return image points (F, K, 2) of places (F, K, 3) through the clip's own camera."""
    seen = (places_m - np.array(camera["pos"])) @ np.array(camera["R"])
    ahead = -seen[..., 2]
    across = camera["cx"] + camera["fx"] * seen[..., 0] / ahead
    down = camera["cy"] - camera["fy"] * seen[..., 1] / ahead
    return np.stack([across, down], axis=-1)


def _column(landmark: str, names: Sequence[str]) -> int:
    """Return which exact joint a landmark goes with."""
    if landmark in names:
        return names.index(landmark)
    joint = next(other for part, other in STAND_INS.items() if part in landmark)
    side = landmark.partition("_")[0]
    return names.index(joint if joint == "nose" else f"{side}_{joint}")
