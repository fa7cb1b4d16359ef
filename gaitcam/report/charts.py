"""Charts as plain shapes: SVG paths and tick marks, ready for the template.

Hand-made rather than taken from a chart library: four kinds of chart need about two hundred
lines, load at once, print, follow the page's colours, and can be read by assistive software;
a library would add hundreds of kilobytes to a page that must work alone and without a network.

A plot's box is 1000 x 100 units, stretched to its place on the page by the browser; lines keep
their width (``vector-effect``), and all text stands outside, as HTML, so that it never shrinks.
"""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray

PLOT_WIDTH = 1000.0
PLOT_HEIGHT = 100.0
NICE_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 5
HEADROOM = 0.06


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, in percent of its length, and what it says."""

    percent: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight axis from ``low`` to ``high`` with round ticks."""

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def percent(self, value: float) -> float:
        """Return where ``value`` lies, in percent of the axis."""
        return 100.0 * (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its name, its role (near, far or middle: the colour), and its path."""

    label: str
    role: str
    series: str
    path: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line in a plot, such as toe-off: where in percent, whose, what it says."""

    percent: float
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One plot: title, unit, the lines and the axes; ``summary`` says in words what it shows."""

    key: str
    title: str
    unit: str
    note: str
    lines: tuple[Line, ...]
    x: Axis
    y: Axis
    summary: str
    marks: tuple[Mark, ...] = ()
    zero_percent: float | None = None


def nice_axis(low: float, high: float, decimals: int = 0, unit: str = "") -> Axis:
    """Return an axis that holds ``low`` to ``high`` with at most `MOST_TICKS` round ticks."""
    if not (np.isfinite(low) and np.isfinite(high)):
        low, high = 0.0, 1.0
    room = HEADROOM * (high - low) or 0.5
    low, high = low - room, high + room
    step = nice_step((high - low) / MOST_TICKS)
    places = max(decimals, 0 if step >= 1 else int(np.ceil(-np.log10(step))))
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    ticks = tuple(
        Tick(100.0 * (v - low) / (high - low), f"{v + 0.0:.{places}f}{unit}".replace("-", "−"))
        for v in values.tolist()
    )
    return Axis(low, high, ticks)


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** np.floor(np.log10(least))
    return float(next(nice * power for nice in NICE_STEPS if nice * power >= least * (1 - 1e-9)))


def time_axis(start_s: float, end_s: float) -> Axis:
    """Return an axis exactly from ``start_s`` to ``end_s`` with ticks at round seconds."""
    step = max(nice_step((end_s - start_s) / 10.0), 0.1)
    values = np.arange(np.ceil(start_s / step), np.floor(end_s / step) + 1) * step
    span = end_s - start_s
    ticks = tuple(Tick(100.0 * (v - start_s) / span, f"{v:g} s") for v in values.tolist())
    return Axis(start_s, end_s, ticks)


def line_path(x: FloatArray, y: FloatArray, x_axis: Axis, y_axis: Axis) -> str:
    """Return the SVG path through the points; a NaN breaks the line."""
    across = PLOT_WIDTH * (x - x_axis.low) / (x_axis.high - x_axis.low)
    down = PLOT_HEIGHT * (y_axis.high - y) / (y_axis.high - y_axis.low)
    parts, pen = [], "M"
    for left, top in zip(across.tolist(), down.tolist(), strict=True):
        if left != left or top != top:
            pen = "M"
            continue
        parts.append(f"{pen}{left:.1f} {top:.1f}")
        pen = "L"
    return "".join(parts)


def band_path(x: FloatArray, low: FloatArray, high: FloatArray, x_axis: Axis, y_axis: Axis) -> str:
    """Return the closed path between two curves, one piece for each stretch without NaN."""
    known = np.isfinite(low) & np.isfinite(high)
    pieces = []
    for piece in stretches(known):
        upper = line_path(x[piece], high[piece], x_axis, y_axis)
        lower = line_path(x[piece][::-1], low[piece][::-1], x_axis, y_axis)
        pieces.append(f"{upper}L{lower[1:]}Z")
    return "".join(pieces)


def stretches(known: BoolArray) -> list[slice]:
    """Return the unbroken runs of True as slices."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(known, dtype=int), [0]])))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


@dataclass(frozen=True, slots=True)
class RangePicture:
    """A value with its interval beside its reference band, in percent of a short scale."""

    value: float
    low: float
    high: float
    band_low: float
    band_high: float
    is_open_low: bool
    is_open_high: bool
    edges: tuple[Tick, ...]


def range_picture(
    value: float,
    interval: tuple[float, float],
    band: tuple[float | None, float | None],
    edge_text: tuple[str, str],
) -> RangePicture:
    """Return where value, interval and band lie on a scale that shows all of them.

    An end of ``band`` that is None is open: the band then runs to the scale's end.
    """
    known = [v for v in (value, *interval, *band) if v is not None]
    low, high = min(known), max(known)
    room = 0.25 * ((high - low) or 1.0)
    axis = Axis(low - room, high + room, ())
    edges = tuple(
        Tick(axis.percent(edge), text)
        for edge, text in zip(band, edge_text, strict=True)
        if edge is not None
    )
    return RangePicture(
        value=axis.percent(value),
        low=axis.percent(interval[0]),
        high=axis.percent(interval[1]),
        band_low=0.0 if band[0] is None else axis.percent(band[0]),
        band_high=100.0 if band[1] is None else axis.percent(band[1]),
        is_open_low=band[0] is None,
        is_open_high=band[1] is None,
        edges=edges,
    )
