"""What is to be shown at one moment of the clip, taken from the analysis once.

Nothing here measures: values come from the analysis's tables, places from its keypoints.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.every_frame import InTurn, at_every_frame
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.track import keypoint
from gaitcam.units import LEG_AT_A_GLANCE, LENGTHS_AT_A_GLANCE, DisplayUnit, UnitSystem
from gaitcam.vocabulary import Side

# What is drawn of every frame, and not of every step.
SHOWN = ("trunk_lean_deg", *(f"knee_flexion_{side}_deg" for side in Side))
CADENCE_REACH_S = 2.0  # running cadence: contacts this far before and after the moment


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The runner's keypoints (33, 2) in image px, y down; NaN where unknown."""

    points: FloatArray

    def at(self, name: str, side: Side | None = None) -> FloatArray:
        """Return one keypoint, shape (2,)."""
        point: FloatArray = self.points[_row(name, side)]
        return point

    def middle(self, name: str) -> FloatArray:
        """Return the midpoint of a left-right pair, shape (2,)."""
        return _middle(self, name)

    def line(self, names: tuple[str, ...], side: Side) -> FloatArray:
        """Return several keypoints of a side as a polyline, shape (n, 2)."""
        line: FloatArray = self.points[_rows(names, side)]
        return line


# Asked for at every line of every frame.
_row = lru_cache(keypoint)


@lru_cache(maxsize=8)  # of the body in the picture and the one that has landed
def _middle(body: Body, name: str) -> FloatArray:
    return 0.5 * (body.at(name, Side.LEFT) + body.at(name, Side.RIGHT))


@lru_cache
def _rows(names: tuple[str, ...], side: Side) -> list[int]:
    return [keypoint(name, side) for name in names]


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """An initial contact: the body in the frame nearest to it and the step's metrics.

    ``columns`` are those of the table of steps, ``row`` the step's own.
    """

    step: Step
    body: Body
    columns: Mapping[str, FloatArray]
    row: int
    length: DisplayUnit = LENGTHS_AT_A_GLANCE[UnitSystem.METRIC]
    leg: DisplayUnit = LEG_AT_A_GLANCE

    @property
    def side(self) -> Side:
        """The foot that lands."""
        return self.step.side

    @property
    def overstride(self) -> str:
        """How far ahead of the hips the foot landed: ``28 cm``, ``31 % of leg``; or nothing."""
        for key, unit in (("overstride_m", self.length), ("overstride_leg_ratio", self.leg)):
            value = self.value(key)
            if np.isfinite(value):
                return unit.text(value)
        return ""

    def value(self, key: str) -> float:
        """Return one metric of the step; NaN where it is not known."""
        return float(self.columns[key][self.row]) if key in self.columns else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One frame's content; ``body`` is None where the clip was not analysed or shows no pose.

    ``time_s`` is real time from the file's first frame; ``values`` are this frame's metrics;
    ``landing`` is the latest contact and ``landing_age_s`` the real time since its frame.
    """

    time_s: float
    body: Body | None
    values: Mapping[str, float]
    cadence_spm: float
    landing: Landing | None
    landing_age_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """All that the overlay tells of a clip, one row for each frame that it knows.

    ``numbers`` (G,) are those of the frames in the file, ascending; ``time_s`` (G,), ``points``
    (G, 33, 2) [image px] and ``columns`` (G,) tell of them.
    """

    analysis: Analysis
    numbers: FloatArray
    time_s: FloatArray
    points: FloatArray | InTurn
    columns: Mapping[str, FloatArray | InTurn]
    landings: tuple[Landing, ...]
    landing_rows: tuple[int, ...]
    contacts_s: tuple[float, ...]

    def at(self, frame_index: int, time_s: float) -> Moment:
        """Return the moment of the file's frame ``frame_index`` at ``time_s`` (real time)."""
        row = int(np.searchsorted(self.numbers, frame_index))
        if row == len(self.numbers) or self.numbers[row] != frame_index:
            return Moment(time_s, None, {}, np.nan, None, np.inf)
        points, row_s = self.points[row], float(self.time_s[row])
        latest = bisect_right(self.landing_rows, row) - 1
        landing = self.landings[latest] if latest >= 0 else None
        age_s = row_s - self.time_s[self.landing_rows[latest]] if landing else np.inf
        return Moment(
            time_s=time_s,
            body=Body(points) if np.isfinite(points).any() else None,
            values=self._values(row),
            cadence_spm=cadence_around(self.contacts_s, row_s),
            landing=landing,
            landing_age_s=float(age_s),
        )

    def _values(self, row: int) -> Mapping[str, float]:
        return {name: float(column[row]) for name, column in self.columns.items()}


def tell(analysis: Analysis, units: UnitSystem = UnitSystem.METRIC) -> Story:
    """Return the story of all frames between the first pose and the last."""
    every = at_every_frame(analysis)
    points = InTurn(every, analysis.keypoints.image_px)
    table = analysis.frame_table.columns
    columns = {name: InTurn(every, table[name]) for name in SHOWN if name in table}
    steps, metrics = analysis.steps, analysis.step_table.columns
    contact_rows = tuple(nearest_row(every.time_s, step.contact_s) for step in steps)
    landings = tuple(
        Landing(step, Body(points[row].copy()), metrics, index, LENGTHS_AT_A_GLANCE[units])
        for index, (step, row) in enumerate(zip(steps, contact_rows, strict=True))
    )
    return Story(
        analysis=analysis,
        numbers=every.frame_index,
        time_s=every.time_s,
        points=points,
        columns=columns,
        landings=landings,
        landing_rows=contact_rows,
        contacts_s=tuple(float(step.contact_s) for step in steps),
    )


def nearest_row(time_s: FloatArray, moment_s: float) -> int:
    """Return the index in ascending ``time_s`` (F,) that lies nearest to ``moment_s``."""
    return int(np.argmin(np.abs(time_s - moment_s)))


def cadence_around(contacts_s: Sequence[float], time_s: float) -> float:
    """Return steps per minute from ascending contacts near a time; NaN with fewer than three.

    ``60 * (n - 1) / (last - first)`` over the contacts within `CADENCE_REACH_S`.
    """
    first = bisect_left(contacts_s, time_s - CADENCE_REACH_S)
    last = bisect_right(contacts_s, time_s + CADENCE_REACH_S) - 1
    if last - first < 2:
        return float("nan")
    return 60.0 * (last - first) / (contacts_s[last] - contacts_s[first])
