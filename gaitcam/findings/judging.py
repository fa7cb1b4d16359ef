"""Where an estimate lies relative to its range, how sure that is, and which steps show it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.findings.finding import ReferenceRange
from gaitcam.findings.rules import Place
from gaitcam.gait.cycles import Step
from gaitcam.metrics.intervals import MAD_TO_SD
from gaitcam.metrics.tables import Estimate, StepTable
from gaitcam.vocabulary import Side

ENOUGH_STEPS = 7  # fewer give no stable mean in 2D video (Dingenen 2018)
MANY_STEPS = 14
NEAR_EDGE = 0.5  # halves of an interval
SHOWN_MOMENTS = 3
STRAY_SDS = 2.5


def place_of(value: float, band: ReferenceRange | None) -> Place:
    """Return where a value lies relative to its range."""
    if band is None:
        return Place.NO_RANGE
    if value < band.low:
        return Place.BELOW
    return Place.ABOVE if value > band.high else Place.INSIDE


def is_within_error(estimate: Estimate, band: ReferenceRange | None) -> bool:
    """Tell whether a value outside its range is so by less than its interval.

    An interval that is not known counts as too wide to judge.
    """
    place = place_of(estimate.value, band)
    if band is None or place not in (Place.BELOW, Place.ABOVE):
        return False
    if place is Place.BELOW:
        return not estimate.high < band.low
    return not estimate.low > band.high


def is_outside(estimate: Estimate, band: ReferenceRange | None) -> bool:
    """Tell whether a value lies outside its range by more than its interval."""
    is_out = place_of(estimate.value, band) in (Place.BELOW, Place.ABOVE)
    return is_out and not is_within_error(estimate, band)


def is_too_thin(estimate: Estimate, band: ReferenceRange | None) -> bool:
    """Tell whether a value lies inside its range, but on few steps that could as well not."""
    is_inside = place_of(estimate.value, band) is Place.INSIDE
    return is_inside and estimate.n < ENOUGH_STEPS and _reaches_over_edge(estimate, band)


def is_too_close(estimate: Estimate, band: ReferenceRange | None) -> bool:
    """Tell whether a value lies inside its range, but too near to an edge for its error.

    That is nearer than half of what its interval reaches, about one standard error: then it lies
    outside in one case of six.
    """
    if band is None or place_of(estimate.value, band) is not Place.INSIDE:
        return False
    return -NEAR_EDGE < _outness(estimate, band) <= 0.0


def nearer_edge(estimate: Estimate, band: ReferenceRange) -> Place:
    """Return on which side of its range a value inside it would first lie outside."""
    is_lower = estimate.value - band.low < band.high - estimate.value
    return Place.BELOW if is_lower else Place.ABOVE


def sureness(estimate: Estimate, band: ReferenceRange | None, is_open: bool) -> str:
    """Return ``high``, ``medium`` or ``low``.

    Low: what ``is_open``, as an indirect estimate is or what is too near to an edge of the range
    for its error; and fewer than 7 steps.
    High: 14 steps or more, and an interval that does not reach over an edge of the range.
    """
    if is_open or estimate.n < ENOUGH_STEPS:
        return "low"
    if estimate.n < MANY_STEPS or _reaches_over_edge(estimate, band):
        return "medium"
    return "high"


def _reaches_over_edge(estimate: Estimate, band: ReferenceRange | None) -> bool:
    """Tell whether the interval holds an edge of the range; one that is unknown does."""
    if band is None:
        return False
    is_known = np.isfinite([estimate.low, estimate.high]).all()
    return not is_known or place_of(estimate.low, band) is not place_of(estimate.high, band)


def moments_that_show(
    key: str, place: Place, step_table: StepTable, side: Side | None = None
) -> tuple[float, ...]:
    """Return up to three times [s], best first, of steps that show a metric's finding.

    Those of one ``side``, or of both.  Above or below the range these are the steps furthest
    out, else the most typical ones.
    """
    return _best_moments(key, place, step_table, side)[:SHOWN_MOMENTS]


def moments_of_both_sides(key: str, step_table: StepTable) -> tuple[float, ...]:
    """Return the time [s] of the most typical step of each foot, left before right."""
    sides = (_best_moments(key, Place.INSIDE, step_table, side)[:1] for side in Side)
    return tuple(time for moments in sides for time in moments)


def _best_moments(
    key: str, place: Place, step_table: StepTable, side: Side | None
) -> tuple[float, ...]:
    steps = step_table.steps
    values = step_table.columns.get(key, np.full(len(steps), np.nan))
    times = np.array([_moment(key, step) for step in steps], dtype=np.float64)
    is_asked = np.array([side in (None, step.side) for step in steps], dtype=bool)
    usable = np.flatnonzero(is_asked & np.isfinite(values) & np.isfinite(times))
    believable = usable[_is_believable(values[usable])]
    order = believable[np.argsort(_plainness(values[believable], place), kind="stable")]
    return tuple(float(time) for time in times[order])


def _is_believable(values: FloatArray) -> NDArray[np.bool_]:
    """Tell which steps are no strays: the furthest value is else often the worst measured."""
    distance = np.abs(values - np.median(values)) if len(values) else values
    scale = MAD_TO_SD * np.median(distance) if len(values) else 0.0
    return distance <= max(STRAY_SDS * scale, np.finfo(float).eps)


def _plainness(values: FloatArray, place: Place) -> FloatArray:
    """Return a score per step, lowest for the step that shows the finding best."""
    if place is Place.ABOVE:
        return -values
    if place is Place.BELOW or not len(values):
        return values
    distance: FloatArray = np.abs(values - np.median(values))
    return distance


def _moment(key: str, step: Step) -> float:
    """Return when a step's value is to be seen: at contact, at toe-off or in mid-stance."""
    if "_at_to_" in key:
        return step.toe_off_s
    if "_at_ic_" in key or key.startswith(("overstride", "heel_to_hip", "contact_time")):
        return step.contact_s
    return 0.5 * (step.contact_s + step.toe_off_s)


def furthest_out(estimates: Sequence[Estimate], band: ReferenceRange) -> int:
    """Return the index of the estimate that lies furthest outside the range for its error.

    Where none lies outside, that is the one nearest to an edge for its error.
    """
    return int(np.argmax([_outness(estimate, band) for estimate in estimates]))


def _outness(estimate: Estimate, band: ReferenceRange) -> float:
    """Return how far outside the range a value lies, in halves of its interval; inside is minus.

    Above 1 the interval is clear of the range; one that is not known says nothing.
    """
    half = 0.5 * (estimate.high - estimate.low)
    if not np.isfinite(half):
        return -np.inf
    beyond = max(estimate.value - band.high, band.low - estimate.value)
    return beyond / max(half, float(np.finfo(float).eps))
