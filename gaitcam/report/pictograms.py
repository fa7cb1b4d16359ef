"""The small pictures above the headline results: the runner's own median landing."""

import math
from typing import Any

from gaitcam.analysis import Analysis
from gaitcam.report.page import pelvis_metric
from gaitcam.report.stick_figure import contact_pose
from gaitcam.report.timeline import role_of
from gaitcam.vocabulary import Direction

Json = dict[str, Any]
Point = tuple[float, float]

BEAT_S = 3.0
BEAT_LEFT, BEAT_WIDTH = 20.0, 280.0
FAN_RADIUS, PELVIS_LENGTH = 150.0, 70.0
HEAD_ROOM, GROUND_ROOM, SIDE_ROOM = 34.0, 16.0, 40.0


def pictograms(analysis: Analysis, summary: Json) -> Json:
    """Return what the headline pictures draw, in the stick figure's coordinates.

    Without a known pose at contact ``pose`` is empty and the pictures are left out.
    """
    pose = contact_pose(analysis)
    facing = -1.0 if analysis.view.direction is Direction.LEFT else 1.0
    shapes: Json = {"pose": pose, "beat": _beat(analysis), "pelvis": None}
    if not pose:
        return shapes
    hip, shoulder = (_middle(pose, joint) for joint in ("hip", "shoulder"))
    ground = max(y for _, y in pose.values()) + 4.0
    top, left, right = pose["head"][1], *_extent(pose)
    shapes |= {
        "pose_hip": hip,
        "pose_shoulder": shoulder,
        "pose_ground": round(ground, 1),
        "pose_box": _box(left, top - HEAD_ROOM, right, ground + GROUND_ROOM),
        "pelvis": _pelvis(summary["metrics"][pelvis_metric(summary)], hip, facing),
    }
    return shapes


def _extent(pose: dict[str, Point]) -> Point:
    """Return left and right end of a box that holds the pose and is centred on the hips."""
    reach = max(abs(x) for x, _ in pose.values()) + SIDE_ROOM
    return -reach, reach


def _box(left: float, top: float, right: float, bottom: float) -> str:
    return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def _middle(pose: dict[str, Point], joint: str) -> Point:
    (near_x, near_y), (far_x, far_y) = pose[f"near_{joint}"], pose[f"far_{joint}"]
    return round(0.5 * (near_x + far_x), 1), round(0.5 * (near_y + far_y), 1)


def _pelvis(metric: Json, hip: Point, facing: float) -> Json | None:
    """Return the estimate's line through the hips and the fan of its interval, front down."""
    if metric["value"] is None or None in metric["interval"]:
        return None
    low, high = (_at(hip, angle, FAN_RADIUS, facing) for angle in metric["interval"])
    front = _at(hip, metric["value"], PELVIS_LENGTH, facing)
    back = _at(hip, metric["value"], -PELVIS_LENGTH, facing)
    sweep = 1 if facing > 0 else 0
    x, y = hip
    return {
        "line": (*back, *front),
        "level": (round(x - PELVIS_LENGTH, 1), round(x + facing * FAN_RADIUS, 1)),
        "fan": (
            f"M{x} {y}L{low[0]} {low[1]}A{FAN_RADIUS} {FAN_RADIUS} 0 0 {sweep} {high[0]} {high[1]}Z"
        ),
    }


def _at(origin: Point, tilt_deg: float, radius: float, facing: float) -> Point:
    angle = math.radians(tilt_deg)
    x = origin[0] + facing * radius * math.cos(angle)
    return round(x, 1), round(origin[1] + radius * math.sin(angle), 1)


def _beat(analysis: Analysis) -> list[Json]:
    """Return the contacts of `BEAT_S` seconds from the middle of the clip, left to right."""
    time_s = analysis.frame_table.time_s
    start = max(float(time_s[0]), 0.5 * float(time_s[0] + time_s[-1]) - 0.5 * BEAT_S)
    near = analysis.view.near_side
    return [
        {
            "x": BEAT_LEFT + BEAT_WIDTH * (step.contact_s - start) / BEAT_S,
            "role": role_of(step.side, near),
        }
        for step in analysis.steps
        if start <= step.contact_s <= start + BEAT_S
    ]
