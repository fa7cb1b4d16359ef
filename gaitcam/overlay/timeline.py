"""The contacts of both feet along the clip, with a playhead."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.gait.cycles import Step
from gaitcam.overlay.layer import Scene
from gaitcam.overlay.layout import Box
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import (
    MEDIUM,
    Columns,
    Sprite,
    clear,
    lay,
    paled,
    panel,
    stacked,
    text,
    text_height,
    text_width,
)
from gaitcam.overlay.strokes import rectangle
from gaitcam.overlay.style import INK, PANEL_OPACITY, WHITE, Style, side_colour
from gaitcam.vocabulary import Side

FEWEST_PX_PER_S = 110.0  # at 720p; a longer clip scrolls under the playhead
LONGEST_STRIP_PX = 60_000  # clips of more than nine minutes are drawn to a smaller scale
NARROWEST_PX = 2  # where a small picture has no room
AHEAD_STRENGTH = 0.42  # what is still to come is drawn paler


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A part of the strip from its column ``first``: as ``played`` and paler, ``to_come``."""

    first: int
    played: Sprite
    to_come: Sprite


class Strip:
    """The contacts along the clip: ``length`` columns, of which two windows are kept drawn.

    All of a long clip's would take as much memory as the rest of its analysis.
    """

    def __init__(self, length: int, window: int, draw: Callable[[int, int], Sprite]) -> None:
        """Take ``draw``, which returns the strip from one column up to another."""
        self.length = length
        self._step, self._draw = window + window % 2, draw  # even: colour planes hold pairs
        self._stretch: Stretch | None = None

    def around(self, column: int) -> Stretch:
        """Return a stretch that shows a window's width from ``column`` on."""
        first = column - column % self._step
        if self._stretch is None or self._stretch.first != first:
            played = self._draw(first, min(first + 2 * self._step, self.length))
            self._stretch = Stretch(first, played, paled(played, AHEAD_STRENGTH))
        return self._stretch


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """A layer: the panel, the strip of contacts (played and to come), and where they go.

    ``left`` and ``top`` place the panel; ``window`` is the strip's first column and width
    inside it [px]; ``px_per_s`` its scale.
    """

    ground: Sprite
    strip: Strip
    left: int
    top: int
    window: tuple[int, int]
    px_per_s: float

    @property
    def height(self) -> int:
        """Height of the panel [px]."""
        return self.ground.height

    @property
    def box(self) -> Box:
        """What the panel covers."""
        right, bottom = self.left + self.ground.width, self.top + self.height
        return Box(self.left, self.top, right, bottom)

    def moved(self, left: int, top: int) -> "Timeline":
        """Return the same timeline at another place."""
        return replace(self, left=left, top=top)

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw the panel, the strip around the moment, the playhead and the time."""
        first, width = self.window
        now = moment.time_s * self.px_per_s
        start = scrolled(now, width, self.strip.length)
        head = min(max(round(now) - start, 0), width)
        stretch = self.strip.around(start)
        shown = start - stretch.first
        strip_left = self.left + first
        lay(scene.canvas, self.ground, self.left, self.top)
        lay(scene.canvas, stretch.played, strip_left, self.top, Columns(shown, shown + head))
        rest = Columns(shown + head, shown + width)
        lay(scene.canvas, stretch.to_come, strip_left + head, self.top, rest)
        self._draw_playhead(scene, strip_left + head)
        size = scene.style.small_text
        clock = text(f"{moment.time_s:.1f} s", size, WHITE, MEDIUM)
        right = self.left + self.ground.width - round(0.6 * size)
        lay(scene.canvas, clock, right - clock.width, self.top + (self.height - clock.height) / 2)
        return scene

    def _draw_playhead(self, scene: Scene, x: int) -> None:
        width = max(2, scene.style.thin_line // 2)
        top, bottom = self.top + 2, self.top + self.height - 3
        left = x - width // 2
        rectangle(scene.canvas, (left - 1, top), (left + width + 1, bottom + 1), INK)
        rectangle(scene.canvas, (left, top), (left + width, bottom + 1), WHITE)


def scrolled(now: float, width: int, length: int) -> int:
    """Return the strip's first visible column [px].

    The playhead stays in the middle of ``width`` except at both ends of the strip's ``length``.
    """
    return min(max(round(now - 0.5 * width), 0), max(length - width, 0))


def make_timeline(analysis: Analysis, style: Style, picture_width: int) -> Timeline:
    """Return the timeline of a clip as wide as the picture, at its left top corner."""
    size = style.small_text
    row, gap = round(0.8 * size), round(0.3 * size)
    height = 2 * row + 3 * gap
    width = picture_width - 2 * style.margin
    names = max(text_width(_name(analysis, s), size, MEDIUM) for s in Side) + round(1.2 * size)
    clock = text_width(f"{analysis.video.duration_s:.1f} s", size, MEDIUM) + round(1.2 * size)
    window = (names, max(NARROWEST_PX, width - names - clock))
    duration_s = analysis.video.duration_s
    least = min(FEWEST_PX_PER_S * size / 17.0, LONGEST_STRIP_PX / duration_s)
    px_per_s = max(window[1] / duration_s, least)
    length = max(window[1], round(duration_s * px_per_s))
    rows = _row_tops(analysis, gap, row)

    def draw(first: int, last: int) -> Sprite:
        return _draw_strip(analysis, rows, row, height, px_per_s, (first, last))

    return Timeline(
        ground=_ground(analysis, rows, row, (width, height), size),
        strip=Strip(length, window[1], draw),
        left=style.margin,
        top=style.margin,
        window=window,
        px_per_s=px_per_s,
    )


def _row_tops(analysis: Analysis, gap: int, row: int) -> dict[Side, int]:
    """The far side above the near one, as they lie in the picture."""
    near = analysis.view.near_side
    return {near.other: gap, near: 2 * gap + row}


def _name(analysis: Analysis, side: Side) -> str:
    return f"{str(side).title()} {'near' if side is analysis.view.near_side else 'far'}"


def _ground(
    analysis: Analysis, rows: dict[Side, int], row: int, size: tuple[int, int], text_size: int
) -> Sprite:
    ground = panel(*size, round(0.4 * text_size), INK, PANEL_OPACITY)
    for side, top in rows.items():
        name = text(_name(analysis, side), text_size, side_colour(side, analysis.view), MEDIUM)
        middle = top + 0.5 * row
        ground = stacked(ground, (name, 0.6 * text_size, middle - 0.5 * text_height(text_size)))
    return ground


def _draw_strip(
    analysis: Analysis,
    rows: dict[Side, int],
    row: int,
    height: int,
    px_per_s: float,
    columns: tuple[int, int],
) -> Sprite:
    """Draw the strip from its first up to its last column."""
    first, last = columns
    strip = clear(last - first, height)
    for second in range(1, int(analysis.video.duration_s) + 1):
        at = second * px_per_s - first
        _fill(strip, at, at + 1, 0, height, (70, 78, 92))
    for step in analysis.steps:
        _draw_stance(strip, analysis, step, (rows[step.side], row), (px_per_s, first))
    return strip


def _draw_stance(
    strip: Sprite,
    analysis: Analysis,
    step: Step,
    place: tuple[int, int],
    scale: tuple[float, int],
) -> None:
    """Draw contact to toe-off as a bar, solid for the near foot, hollow for the far one.

    Without a toe-off only the contact's own edge is drawn.
    """
    (top, height), (px_per_s, first) = place, scale
    start = step.contact_s * px_per_s - first
    known = np.isfinite(step.toe_off_s)
    stop = step.toe_off_s * px_per_s - first if known else start + 3
    colour = side_colour(step.side, analysis.view)
    _fill(strip, start, stop, top, height, colour)
    rim = max(2, round(0.16 * height))
    if known and step.side is not analysis.view.near_side and stop - start > 3 * rim:
        _fill(strip, start + rim, stop - rim, top + rim, height - 2 * rim, INK)


def _fill(
    strip: Sprite, start: float, stop: float, top: int, height: int, colour: tuple[int, int, int]
) -> None:
    columns = slice(max(0, round(start)), max(0, round(stop)))
    strip.colour[top : top + height, columns] = colour
    strip.keep[top : top + height, columns] = 0
