"""The panel of running read-outs: cadence, landing, trunk, knee, contact time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.metrics.tables import RunSummary
from gaitcam.overlay.layer import Scene
from gaitcam.overlay.layout import Box, hidden_share
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import (
    BOLD,
    MEDIUM,
    Sprite,
    cut,
    lay,
    panel,
    pill,
    put,
    stacked,
    text,
    text_height,
    text_width,
)
from gaitcam.overlay.style import INK, PALE, PANEL_OPACITY, WHITE, Style
from gaitcam.units import (
    DEGREES_AT_A_GLANCE,
    LEG_AT_A_GLANCE,
    LENGTHS_AT_A_GLANCE,
    DisplayUnit,
    UnitSystem,
    display_unit,
)

UNKNOWN = "–"
NEGLIGIBLE_SHARE = 0.01  # of the runner
NUMBER = DisplayUnit("", 1.0, 0)
MILLISECONDS = display_unit("s", UnitSystem.METRIC)
IN_LEGS = ("overstride_leg_ratio", LEG_AT_A_GLANCE)
WIDEST = {"cm": "00", "in": "00.0", "% of leg": "00", "°": "00°", "ms": "000"}


@dataclass(frozen=True, slots=True, eq=False)
class Readout:
    """One number of the panel: label, words beside it, a note below, and how to read its value.

    ``shown`` tells how the number is written, ``widest`` is the longest value that can come, so
    that the panel never changes its size.
    """

    label: str
    shown: DisplayUnit
    beside: str
    note: str
    widest: str
    value: Callable[[Moment], float]

    def words(self, moment: Moment) -> str:
        """Return the number, with its sign where that stands close; a dash if not known."""
        value = self.value(moment)
        if not np.isfinite(value):
            return UNKNOWN
        return self.shown.text(value) if self.shown.is_tight else self.shown.number(value)


def choose_readouts(
    analysis: Analysis, units: UnitSystem = UnitSystem.METRIC
) -> tuple[Readout, ...]:
    """Return the read-outs of a clip, the most important first.

    All but the cadence are those of the latest step, so that they stay long enough to be read.
    """
    summary = analysis.summary
    length = LENGTHS_AT_A_GLANCE[units]
    overstride = ("overstride_m", length) if np.isfinite(analysis.view.m_per_px) else IN_LEGS
    return (
        Readout(
            label="Cadence",
            shown=NUMBER,
            beside="steps/min",
            note=_whole_run(summary, "cadence_spm", NUMBER),
            widest="000",
            value=lambda moment: moment.cadence_spm,
        ),
        _of_steps(summary, "Foot ahead", *overstride),
        _of_steps(summary, "Trunk lean", "trunk_lean_deg", DEGREES_AT_A_GLANCE, "in contact"),
        _of_steps(
            summary, "Knee flexion", "knee_flexion_at_ic_deg", DEGREES_AT_A_GLANCE, "at landing"
        ),
        _of_steps(summary, "Contact time", "contact_time_s", MILLISECONDS),
    )


def _of_steps(
    summary: RunSummary, label: str, key: str, shown: DisplayUnit, beside: str = ""
) -> Readout:
    """Return the read-out of a metric of the latest step."""

    def value(moment: Moment) -> float:
        return moment.landing.value(key) if moment.landing else np.nan

    note, widest = _whole_run(summary, key, shown), WIDEST[shown.label]
    return Readout(label, shown, beside or shown.label, note, widest, value)


def _whole_run(summary: RunSummary, key: str, shown: DisplayUnit) -> str:
    metric = summary.metrics.get(key)
    if metric is None or not metric.overall.is_known:
        return ""
    return f"whole run {shown.text(metric.overall.value)}"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A read-out and the part ``ground`` of the panel that its value is written on.

    ``left`` and ``top`` are that part's corner in the panel [px], even; ``inset`` is the value's
    own corner in the part.
    """

    readout: Readout
    ground: Sprite
    left: int
    top: int
    inset: tuple[int, int]
    style: Style


class Board:
    """The panel's picture: only the cells whose words have changed are written anew."""

    def __init__(self, ground: Sprite) -> None:
        """Take the ground with all unchanging texts; it is left as it is."""
        self._picture = stacked(ground)
        self._shown: dict[Cell, str] = {}

    def showing(self, words: Mapping[Cell, str]) -> Sprite:
        """Return the picture with these words, until it is asked for the next ones."""
        for cell, value in words.items():
            if self._shown.get(cell) != value:
                put(self._picture, _written(cell, value), cell.left, cell.top)
                self._shown[cell] = value
        return self._picture


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A layer: the ground with all unchanging texts, and the cells whose values change."""

    ground: Sprite
    cells: tuple[Cell, ...]
    board: Board
    left: int = 0
    top: int = 0

    def box(self, left: float, top: float) -> Box:
        """Return what the panel would cover with its corner at (left, top)."""
        return Box(left, top, left + self.ground.width, top + self.ground.height)

    def moved(self, box: Box) -> "Panel":
        """Return the same panel at the corner of ``box``."""
        return replace(self, left=int(box.left), top=int(box.top))

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw the ground and this moment's values; nothing where the clip was not analysed."""
        if moment.body is None:
            return scene
        words = {cell: cell.readout.words(moment) for cell in self.cells}
        lay(scene.canvas, self.board.showing(words), self.left, self.top)
        return scene


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A layer: says so where a frame lies outside the part of the clip that was measured."""

    left: int
    top: int

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw the words, or nothing where there are values."""
        if not moment.values:
            lay(scene.canvas, pill("not measured", scene.style.body_text), self.left, self.top)
        return scene


@lru_cache(maxsize=32)  # the values of a run come again and again
def _written(cell: Cell, value: str) -> Sprite:
    """Return the cell's part of the panel with its value, number and unit on one base line."""
    (left, top), style = cell.inset, cell.style
    number = text(value, style.value_text, WHITE, BOLD)
    unit = text(cell.readout.beside, style.small_text, PALE)
    drop = style.value_text - style.small_text
    beside = left + number.width + _unit_gap(style)
    return stacked(cell.ground, (number, left, top), (unit, beside, top + drop))


def place_panel(
    readouts: Sequence[Readout], style: Style, picture: Box, runner: FloatArray
) -> Panel | None:
    """Return the panel as a row or a column where it hides (nearly) nothing of the runner.

    ``picture`` is the part of the picture [px] that is free for it, ``runner`` (n, 4) where
    the runner is.  The last read-outs are given up for room; None if not even the first fits.
    """
    best: Panel | None = None
    least = np.inf
    for count in range(len(readouts), 0, -1):
        for placed, box in _places(readouts[:count], style, picture):
            hidden = hidden_share(box, runner)
            if hidden < least - NEGLIGIBLE_SHARE:
                best, least = placed.moved(box), hidden
        if least <= NEGLIGIBLE_SHARE:
            break
    return best


def _places(readouts: Sequence[Readout], style: Style, picture: Box) -> Iterator[tuple[Panel, Box]]:
    """Yield the row and the columns, the best liked first, that lie inside the picture."""
    row = _draw_panel(readouts, style, is_row=True)
    column = _draw_panel(readouts, style, is_row=False)
    right = picture.right - column.ground.width
    for drawn, left in ((row, picture.left), (column, picture.left), (column, right)):
        box = drawn.box(left, picture.top)
        if box.left >= picture.left and box.right <= picture.right and box.bottom <= picture.bottom:
            yield drawn, box


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
    for readout, (left, top) in zip(readouts, corners, strict=True):
        label = text(readout.label, small, PALE, MEDIUM)
        note = text(readout.note, small, PALE)
        ground = stacked(ground, (label, left, top), (note, left, top + height - line))
    value_top = line - round(0.07 * value_line)
    cells = [
        _cell(readout, ground, (left, top + value_top), (width + 2 * pad, value_line), style)
        for readout, width, (left, top) in zip(readouts, widths, corners, strict=True)
    ]
    return Panel(ground, tuple(cells), Board(ground))


def _cell(
    readout: Readout, ground: Sprite, corner: tuple[int, int], room: tuple[int, int], style: Style
) -> Cell:
    """Return the cell of the value at ``corner`` that has ``room`` (width, height) [px]."""
    (x, y), (width, height) = corner, room
    left, top, right, bottom = x & ~1, y & ~1, (x + width) & ~1, (y + height + 1) & ~1
    part = cut(ground, left, top, right, bottom)
    return Cell(readout, part, left, top, (x - left, y - top), style)


def _cell_width(readout: Readout, style: Style) -> int:
    small = style.small_text
    value = text_width(readout.widest, style.value_text, BOLD) + _unit_gap(style)
    return max(
        text_width(readout.label, small, MEDIUM),
        value + text_width(readout.beside, small),
        text_width(readout.note, small),
    )


def _unit_gap(style: Style) -> int:
    return style.small_text // 4
