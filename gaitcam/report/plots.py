"""Figures as files, for papers and slides: gait-cycle curves, contact strip, stick figures.

Figures are made without pyplot, so no state outlives a call and no display is needed.
"""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.report.frame_metrics import REPORTED
from gaitcam.report.gait_cycle import PERCENT, strides_s
from gaitcam.report.stick_figure import LEG, figure_points
from gaitcam.report.timeline import (
    CYCLE_CHARTS,
    SHOWN_FACTOR,
    SHOWN_UNIT,
    estimate_half_width,
    role_of,
    side_label,
    with_measured_pelvis,
)
from gaitcam.vocabulary import Side

Json = dict[str, Any]

PLOTS_FOLDER = "plots"
FORMATS = ("png", "svg")
DOTS_PER_INCH = 200
COLOURS = {"near": "#d55e00", "far": "#0072b2", "middle": "#333333"}
DASHES = {"near": "-", "far": (0, (4, 2)), "middle": "-"}
STYLE: Any = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "svg.fonttype": "none",
    "svg.hashsalt": "gaitcam",
}
SEQUENCE_STEPS = 9
SEQUENCE_GAP = 1.15 * LEG
LABEL_GAP = 0.1 * LEG
FAR_LIMBS = (
    ("far_shoulder", "far_elbow", "far_wrist"),
    ("far_hip", "far_knee", "far_ankle", "far_heel", "far_foot_index", "far_ankle"),
)
NEAR_LIMBS = tuple(tuple(name.replace("far_", "near_") for name in limb) for limb in FAR_LIMBS)


def write_plots(analysis: Analysis, summary: Json, folder: Path) -> list[Path]:
    """Write every figure as PNG and SVG into ``folder/plots`` and return the paths.

    A figure whose data the clip does not give (no whole stride) is left out.
    """
    target = folder / PLOTS_FOLDER
    target.mkdir(exist_ok=True)
    with rc_context(STYLE):
        figures = {
            "gait_cycle": gait_cycle_figure(analysis, summary),
            "contacts": contact_figure(analysis),
            "stick_figures": stick_figure_sequence(analysis),
        }
        return [
            _save(figure, target / f"{name}.{kind}")
            for name, figure in figures.items()
            if figure is not None
            for kind in FORMATS
        ]


def gait_cycle_figure(analysis: Analysis, summary: Json) -> Figure | None:
    """Return mean and spread of the main angles over the gait cycle, left and right."""
    near_side, curves = analysis.view.near_side, summary["gait_cycle"]["curves"]
    keys = with_measured_pelvis(CYCLE_CHARTS, analysis)
    rows = [r for key in keys for r in REPORTED if r.key == key]
    drawn = [r for r in rows if any(c["mean"] is not None for c in curves[r.key].values())]
    if not drawn:
        return None
    figure = Figure(figsize=(7.2, 2.2 * -(-len(drawn) // 3)), layout="constrained")
    for index, row in enumerate(drawn):
        axes = figure.add_subplot(-(-len(drawn) // 3), 3, index + 1)
        axes.set_title(f"{row.label} [{SHOWN_UNIT[row.unit]}]")
        half = estimate_half_width(summary, row)
        for side in Side:
            curve, factor = curves[row.key][side], SHOWN_FACTOR[row.unit]
            _draw_cycle(axes, curve, factor, half, (side_label(side, near_side), side is near_side))
        _mark_toe_off(axes, summary["gait_cycle"]["toe_off_percent"], near_side)
        axes.set_xlim(0, 100)
        axes.set_xlabel("gait cycle [%]")
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=2, frameon=False)
    return figure


def contact_figure(analysis: Analysis) -> Figure:
    """Return when each foot is on the ground, one row a foot."""
    near, time_s = analysis.view.near_side, analysis.frame_table.time_s
    figure = Figure(figsize=(7.2, 1.4), layout="constrained")
    axes = figure.add_subplot()
    for height, side in enumerate((near.other, near)):
        spans = [
            (step.contact_s, step.toe_off_s - step.contact_s)
            for step in analysis.steps
            if step.side is side and step.toe_off_s == step.toe_off_s
        ]
        axes.broken_barh(spans, (height - 0.32, 0.64), color=COLOURS[role_of(side, near)])
    axes.set_yticks([0, 1], [side_label(near.other, near), side_label(near, near)])
    axes.set_xlim(float(time_s[0]), float(time_s[-1]))
    axes.set_xlabel("time [s]")
    axes.set_title("Feet on the ground")
    return figure


def stick_figure_sequence(analysis: Analysis) -> Figure | None:
    """Return the runner at even parts of the first whole stride of the near foot."""
    track, near = analysis.keypoints, analysis.view.near_side
    strides = strides_s(analysis.steps, near)
    points = figure_points(track)
    if not strides or not np.isfinite(points["near_hip"]).any():
        return None
    start, end = strides[0]
    figure = Figure(figsize=(7.2, 2.1), layout="constrained")
    axes = figure.add_subplot()
    shares = np.linspace(0.0, 1.0, SEQUENCE_STEPS)
    rows = [int(np.argmin(np.abs(track.time_s - (start + s * (end - start))))) for s in shares]
    lowest = float(np.nanmax([path[rows, 1] for path in points.values()]))
    for place, (share, row) in enumerate(zip(shares, rows, strict=True)):
        pose = {name: path[row] for name, path in points.items()}
        _draw_pose(axes, pose, place * SEQUENCE_GAP)
        below = (place * SEQUENCE_GAP, lowest + LABEL_GAP)
        axes.text(*below, f"{100 * share:.0f} %", ha="center", va="top", fontsize=7)
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.axis("off")
    axes.set_title(f"One stride, from {near} initial contact to the next")
    return figure


def _draw_cycle(
    axes: Axes, curve: Json, factor: float, half_width: float, label_and_near: tuple[str, bool]
) -> None:
    """Draw mean and one standard deviation, or for an estimate its interval."""
    if curve["mean"] is None:
        return
    label, is_near = label_and_near
    role = "near" if is_near else "far"
    mean = factor * np.array(curve["mean"])
    band = half_width or factor * np.array(curve["sd"])
    axes.fill_between(PERCENT, mean - band, mean + band, color=COLOURS[role], alpha=0.2, lw=0)
    label = f"{label}, n = {curve['n']}"
    axes.plot(PERCENT, mean, color=COLOURS[role], ls=DASHES[role], lw=1.5, label=label)


def _mark_toe_off(axes: Axes, places: Json, near: Side) -> None:
    for side in Side:
        if places[side] is not None:
            axes.axvline(places[side], color=COLOURS[role_of(side, near)], lw=0.8, ls=":")


def _draw_pose(axes: Axes, pose: dict[str, FloatArray], shift: float) -> None:
    for limbs, role, width in ((FAR_LIMBS, "far", 1.2), (NEAR_LIMBS, "near", 1.8)):
        for limb in limbs:
            line = np.array([pose[name] for name in limb])
            axes.plot(line[:, 0] + shift, line[:, 1], color=COLOURS[role], lw=width)
    hip, shoulder = (0.5 * (pose[f"near_{j}"] + pose[f"far_{j}"]) for j in ("hip", "shoulder"))
    trunk = np.array([hip, shoulder, pose["head"]])
    axes.plot(trunk[:2, 0] + shift, trunk[:2, 1], color=COLOURS["middle"], lw=2.2)
    axes.plot(trunk[2, 0] + shift, trunk[2, 1], "o", color=COLOURS["middle"], ms=5)


def _save(figure: Figure, path: Path) -> Path:
    FigureCanvasAgg(figure)
    metadata = {"Date": None} if path.suffix == ".svg" else None
    figure.savefig(path, dpi=DOTS_PER_INCH, metadata=metadata)
    return path
