"""What is known for certain of a clip: rendered with exact joints, or labelled by eye.

The files are described in docs/VALIDATION.md.  Nothing here looks at what the program finds.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.validation.event_truth import read_labelled_events, read_rendered_events
from gaitcam.validation.joint_truth import TrueJoints
from gaitcam.validation.marker_runs import Times
from gaitcam.vocabulary import EventKind, Side

NAN = float("nan")
LABEL_SUFFIX = ".labels.json"
# A camera that follows: rendered with an earlier motion model, whose contacts come too long
# after the foot was furthest ahead.
NOT_FOR_TIMING = ("follow",)
# The catalog's key, and the name in the truth's list of steps.
STEP_TRUTHS = {
    "overstride_m": "ankle_to_midhip_m",
    "foot_inclination_at_ic_deg": "foot_pitch_deg",
    "shank_angle_at_ic_deg": "shank_angle_deg",
    "knee_flexion_at_ic_deg": "knee_flexion_deg",
}


@dataclass(frozen=True, slots=True)
class TrueValue:
    """One metric's truth over a clip: both sides together, and each; NaN where none is known."""

    overall: float
    left: float = NAN
    right: float = NAN

    def of(self, side: Side) -> float:
        """Return one side's truth."""
        return self.left if side is Side.LEFT else self.right


@dataclass(frozen=True, slots=True, eq=False)
class ClipTruth:
    """One clip and what is true of it.

    ``scene``: treadmill, passby or follow; ``runner`` names the body, so that clips of one
    body can be left out together; ``view_s``: first and last moment at which the whole
    runner is in the picture, outside of which no event must be found; ``m_per_px`` at the
    mid-hip; ``leg_m`` thigh and shank between the joints; ``pelvis_markers``: where a user
    would mark the stickers, if the runner wears any.
    """

    name: str
    video: Path
    is_rendered: bool
    scene: str
    rate_hz: float
    direction: str
    near_side: Side
    runner: str
    height_m: float | None
    is_symmetric: bool
    events: Times
    view_s: tuple[float, float]
    metrics: Mapping[str, TrueValue]
    m_per_px: float = NAN
    leg_m: float = NAN
    pelvis_markers: str | None = None

    @property
    def is_for_timing(self) -> bool:
        """Whether the clip's events are like those of real runners."""
        return self.scene not in NOT_FOR_TIMING


def read_clip_truths(folder: Path) -> tuple[ClipTruth, ...]:
    """Read every clip with truth in a folder and below it, in order of name."""
    return tuple(
        _read_labelled(path) if path.name.endswith(LABEL_SUFFIX) else _read_rendered(path)
        for path in sorted(folder.rglob("*.json"))
        if _video_of(path).is_file()
    )


def _video_of(truth_file: Path) -> Path:
    name = truth_file.name.removesuffix(LABEL_SUFFIX).removesuffix(".json")
    return truth_file.with_name(f"{name}.mp4")


def _read_rendered(path: Path) -> ClipTruth:
    truth = json.loads(path.read_text(encoding="utf-8"))
    events, rate_hz = read_rendered_events(path), float(truth["fps"])
    seen = np.flatnonzero(truth["frames"]["in_view"])
    body = truth["body"]
    return ClipTruth(
        name=path.stem,
        video=_video_of(path),
        is_rendered=True,
        scene=truth["mode"],
        rate_hz=rate_hz,
        direction=truth["direction"],
        near_side=Side(truth["near_side"]),
        runner=f"{body['height_m']} m, {body['gender']}, {body['weight']}",
        height_m=float(body["height_m"]),
        is_symmetric=not (truth["args"]["asym_overstride"] or truth["args"]["asym_time"]),
        events=events,
        view_s=(float(seen[0]) / rate_hz, float(seen[-1]) / rate_hz),
        metrics=_rendered_metrics(truth, events),
        m_per_px=float(truth["m_per_px"]),
        leg_m=_leg_m(truth),
        pelvis_markers=_mark_stickers(truth),
    )


def _leg_m(truth: dict[str, Any]) -> float:
    return float(truth["body"]["thigh_m"]) + float(truth["body"]["shank_m"])


def _mark_stickers(truth: dict[str, Any]) -> str | None:
    """Return both stickers' whole pixels in the first frame that shows them, as a user would."""
    stickers = truth.get("stickers")
    if not stickers:
        return None
    shown = np.logical_and(stickers["asis_visible"], stickers["psis_visible"])
    frame = int(np.flatnonzero(shown)[0])
    places = [*stickers["asis_uv_px"][frame], *stickers["psis_uv_px"][frame]]
    return ",".join(f"{place:.0f}" for place in places) + f"@{frame / float(truth['fps']):.4f}"


def _rendered_metrics(truth: dict[str, Any], events: Times) -> dict[str, TrueValue]:
    """Gather the truths: what the renderer states, and what its joints say."""
    steps = [step for step in truth["steps"] if step["fully_in_frame"]]
    leg_m = _leg_m(truth)
    metrics = {
        "cadence_spm": TrueValue(float(truth["cadence_measured_spm"])),
        "vertical_oscillation_m": TrueValue(float(truth["vertical_oscillation_m"])),
        "pelvic_tilt_estimate_deg": _stance_mean(truth, "pelvic_tilt_deg"),
        "pelvic_tilt_measured_deg": _stance_mean(truth, "pelvic_tilt_deg"),
    }
    metrics |= {key: _by_side(steps, name) for key, name in STEP_TRUTHS.items()}
    metrics["overstride_leg_ratio"] = _by_side(steps, "ankle_to_midhip_m", 1.0 / leg_m)
    metrics["heel_to_hip_at_ic_leg_ratio"] = _by_side(steps, "heel_to_midhip_m", 1.0 / leg_m)
    moments = [(Side(s["side"]), float(s["t_ic"]), float(s["t_to"])) for s in steps]
    joints = TrueJoints.read(truth)
    for key, values in joints.measure(moments).items():
        metrics[key] = _mean_of_sides(moments, values)
    if truth["mode"] == "passby":
        metrics["speed_mps"] = TrueValue(float(truth["speed_mps"]))
    return metrics | _times(events)


def _stance_mean(truth: dict[str, Any], name: str) -> TrueValue:
    """Return the mean of a per-frame truth while a foot is on the ground."""
    values = np.array(truth["frames"][name])
    is_stance = np.any(truth["frames"]["contact_left_right"], axis=1)
    return TrueValue(float(values[is_stance].mean()))


def _by_side(steps: list[dict[str, Any]], name: str, factor: float = 1.0) -> TrueValue:
    values = [factor * float(step[name]) for step in steps]
    return _mean_of_sides([(Side(step["side"]), 0.0, 0.0) for step in steps], np.array(values))


def _mean_of_sides(moments: list[tuple[Side, float, float]], values: FloatArray) -> TrueValue:
    """Return the mean of each side's steps, and the mean of both sides."""
    sides = {
        side: _mean([v for (s, _, _), v in zip(moments, values, strict=True) if s is side])
        for side in Side
    }
    both = _mean([value for value in sides.values() if np.isfinite(value)])
    return TrueValue(both, sides[Side.LEFT], sides[Side.RIGHT])


def _mean(values: list[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else NAN


def _times(events: Times) -> dict[str, TrueValue]:
    """Return the mean times of each side's steps from the events themselves."""
    cadence_step_s = _mean(list(np.diff(_contacts_of_both(events))))
    found = {
        "contact_time_s": {s: _mean(list(_contacts_s(events, s))) for s in Side},
        "flight_time_s": {s: _mean(list(_flights_s(events, s))) for s in Side},
        "step_time_s": {s: _mean(list(_steps_s(events, s))) for s in Side},
        "stride_time_s": {
            s: _mean(list(np.diff(events[EventKind.INITIAL_CONTACT, s]))) for s in Side
        },
    }
    found["duty_factor_ratio"] = {
        s: found["contact_time_s"][s] / (2.0 * cadence_step_s) for s in Side
    }
    return {
        key: TrueValue(_mean(list(of.values())), of[Side.LEFT], of[Side.RIGHT])
        for key, of in found.items()
    }


def _contacts_of_both(events: Times) -> FloatArray:
    contacts: FloatArray = np.sort(
        np.concatenate([events[EventKind.INITIAL_CONTACT, side] for side in Side])
    )
    return contacts


def _contacts_s(events: Times, side: Side) -> Iterator[float]:
    toe_offs = events[EventKind.TOE_OFF, side]
    starts = events[EventKind.INITIAL_CONTACT, side]
    for start, stop in zip(starts, [*starts[1:], np.inf], strict=True):
        yield from (t - start for t in toe_offs if start < t < stop)


def _steps_s(events: Times, side: Side) -> Iterator[float]:
    starts = events[EventKind.INITIAL_CONTACT, side]
    others = events[EventKind.INITIAL_CONTACT, side.other]
    for start, stop in zip(starts, [*starts[1:], np.inf], strict=True):
        yield from (t - start for t in others if start < t < stop)


def _flights_s(events: Times, side: Side) -> Iterator[float]:
    landings = events[EventKind.INITIAL_CONTACT, side.other]
    stride_s = float(np.median(np.diff(landings))) if len(landings) > 1 else 1.0
    for toe_off in events[EventKind.TOE_OFF, side]:
        nearest = landings[np.argmin(np.abs(landings - toe_off))] - toe_off
        if abs(nearest) < 0.4 * stride_s:
            yield float(nearest)


def _read_labelled(path: Path) -> ClipTruth:
    labels = json.loads(path.read_text(encoding="utf-8"))
    events, rate_hz = read_labelled_events(path), float(labels["fps"])
    contacts = _contacts_of_both(events)
    cadence = 60.0 * (len(contacts) - 1) / float(contacts[-1] - contacts[0])
    return ClipTruth(
        name=path.name.removesuffix(LABEL_SUFFIX),
        video=_video_of(path),
        is_rendered=False,
        scene="treadmill",
        rate_hz=rate_hz,
        direction=labels["direction"],
        near_side=Side(labels["near_side"]),
        runner=path.name,
        height_m=None,
        is_symmetric=False,
        events=events,
        view_s=(0.0, (float(labels["frame_count"]) - 1.0) / rate_hz),
        metrics={"cadence_spm": TrueValue(cadence)} | _times(events),
    )
