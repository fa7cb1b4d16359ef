"""The panel of running read-outs: cadence, landing, trunk, knee, contact time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.metrics.tables import RunSummary
from gaitcam.overlay.layer import Scene
from gaitcam.overlay.layout import Box, best_place
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import (
    BOLD,
    MEDIUM,
    Sprite,
    lay,
    panel,
    stacked,
    text,
    text_height,
    text_width,
)
from gaitcam.overlay.style import INK, PALE, PANEL_OPACITY, WHITE, Style

UNKNOWN = "–"


@dataclass(frozen=True, slots=True, eq=False)
class Readout:
    """One number of the panel: label, unit, a note below it, and how to read its value.

    ``mark`` follows the number without a gap (a degree sign), ``widest`` is the longest value
    that can come, so that the panel never changes its size.
    """

    label: str
    mark: str
    unit: str
    note: str
    widest: str
    value: Callable[[Moment], float]

    def words(self, moment: Moment) -> str:
        """Return the number with its mark, or a dash where it is not known."""
        value = self.value(moment)
        return f"{value:.0f}{self.mark}".replace("-", "−") if np.isfinite(value) else UNKNOWN


def choose_readouts(analysis: Analysis) -> tuple[Readout, ...]:
    """Return the read-outs of a clip, the most important first."""
    summary, near = analysis.summary, analysis.view.near_side
    has_scale = np.isfinite(analysis.view.m_per_px)
    overstride = ("overstride_m", "cm") if has_scale else ("overstride_leg_ratio", "% of leg")
    knee = f"knee_flexion_{near}_deg"
    return (
        Readout(
            "Cadence",
            "",
            "steps/min",
            _note(summary, "cadence_spm", "whole run {:.0f}"),
            "000",
            lambda moment: moment.cadence_spm,
        ),
        Readout(
            "Overstride",
            "",
            overstride[1],
            _note(summary, overstride[0], f"whole run {{:.0f}} {overstride[1]}", 100.0),
            "00",
            lambda moment: moment.landing.overstride[0] if moment.landing else np.nan,
        ),
        Readout(
            "Trunk lean",
            "°",
            "",
            _note(summary, "trunk_lean_deg", "whole run {:.0f}°"),
            "00°",
            lambda moment: moment.steady_values.get("trunk_lean_deg", np.nan),
        ),
        Readout(
            "Knee flexion",
            "°",
            str(near),
            _note(summary, "knee_flexion_at_ic_deg", "at landing {:.0f}°"),
            "000°",
            lambda moment: moment.steady_values.get(knee, np.nan),
        ),
        Readout(
            "Contact time",
            "",
            "ms",
            _note(summary, "contact_time_s", "whole run {:.0f} ms", 1000.0),
            "000",
            _contact_time_ms,
        ),
    )


def _contact_time_ms(moment: Moment) -> float:
    if moment.landing is None:
        return float("nan")
    return 1000.0 * moment.landing.values.get("contact_time_s", np.nan)


def _note(summary: RunSummary, key: str, form: str, factor: float = 1.0) -> str:
    if key not in summary.metrics or not summary.metrics[key].overall.is_known:
        return ""
    return form.format(factor * summary.value(key)).replace("-", "−")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A read-out and the corner of its value in the panel [px]."""

    readout: Readout
    left: int
    top: int


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A layer: the ground with all unchanging texts, and the cells whose values change."""

    ground: Sprite
    cells: tuple[Cell, ...]
    left: int = 0
    top: int = 0

    def box(self, left: float, top: float) -> Box:
        """Return what the panel would cover with its corner at (left, top)."""
        return Box(left, top, left + self.ground.width, top + self.ground.height)

    def moved(self, box: Box) -> "Panel":
        """Return the same panel at the corner of ``box``."""
        return Panel(self.ground, self.cells, int(box.left), int(box.top))

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw the ground and this moment's values; nothing where the clip was not analysed."""
        if moment.body is None:
            return scene
        lay(scene.image, self.ground, self.left, self.top)
        style = scene.style
        for cell in self.cells:
            left, top = self.left + cell.left, self.top + cell.top
            number = text(cell.readout.words(moment), style.value_text, WHITE, BOLD)
            lay(scene.image, number, left, top)
            unit = text(cell.readout.unit, style.small_text, PALE)
            drop = style.value_text - style.small_text  # both stand on one base line
            lay(scene.image, unit, left + number.width + _unit_gap(style), top + drop)
        return scene


def place_panel(
    readouts: Sequence[Readout],
    style: Style,
    picture: Box,
    runner: FloatArray,
) -> Panel:
    """Return the panel as a row or a column where it hides least of the runner.

    ``picture`` is the part of the picture [px] that is free for it, margins left out.
    """
    row = _fitting(readouts, style, picture, is_row=True)
    column = _fitting(readouts, style, picture, is_row=False)
    right, bottom = picture.right - column.ground.width, picture.bottom - row.ground.height
    places = [
        (row, row.box(picture.left, picture.top)),
        (column, column.box(picture.left, picture.top)),
        (column, column.box(right, picture.top)),
        (row, row.box(picture.left, bottom)),
    ]
    chosen, box = places[best_place([box for _, box in places], runner)]
    return chosen.moved(box)


def _fitting(readouts: Sequence[Readout], style: Style, picture: Box, *, is_row: bool) -> Panel:
    """Return the panel with as many of the first read-outs as the picture has room for."""
    for count in range(len(readouts), 0, -1):
        drawn = _draw_panel(readouts[:count], style, is_row=is_row)
        fits_across = drawn.ground.width <= picture.right - picture.left
        if fits_across and drawn.ground.height <= picture.bottom - picture.top:
            break
    return drawn


def _draw_panel(readouts: Sequence[Readout], style: Style, *, is_row: bool) -> Panel:
    small, pad = style.small_text, round(0.75 * style.small_text)
    line, value_line = text_height(small), text_height(style.value_text)
    widths = [_cell_width(readout, style) for readout in readouts]
    height = 2 * line + round(0.86 * value_line)
    if is_row:
        lefts = [pad + sum(widths[:i]) + 2 * pad * i for i in range(len(readouts))]
        corners = [(left, pad // 2) for left in lefts]
        size = (lefts[-1] + widths[-1] + pad, height + pad)
    else:
        tops = [pad // 2 + (height + pad) * i for i in range(len(readouts))]
        corners = [(pad, top) for top in tops]
        size = (max(widths) + 2 * pad, tops[-1] + height + pad // 2)
    ground = panel(*size, round(0.5 * small), INK, PANEL_OPACITY)
    cells = []
    value_top = line - round(0.07 * value_line)
    for readout, (left, top) in zip(readouts, corners, strict=True):
        label = text(readout.label, small, PALE, MEDIUM)
        note = text(readout.note, small, PALE)
        ground = stacked(ground, (label, left, top), (note, left, top + height - line))
        cells.append(Cell(readout, left, top + value_top))
    return Panel(ground, tuple(cells))


def _cell_width(readout: Readout, style: Style) -> int:
    small = style.small_text
    value = text_width(readout.widest, style.value_text, BOLD) + _unit_gap(style)
    return max(
        text_width(readout.label, small, MEDIUM),
        value + text_width(readout.unit, small),
        text_width(readout.note, small),
    )


def _unit_gap(style: Style) -> int:
    return style.small_text // 4
