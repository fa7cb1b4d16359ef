"""The tables of one clip as CSV files: one row a frame, one row a step, and what each column is."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.every_frame import at_every_frame
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack, keypoint
from gaitcam.metrics.catalog import STEP_METRICS
from gaitcam.metrics.definition import MetricDefinition
from gaitcam.report.frame_metrics import REPORTED, columns_of, frame_values
from gaitcam.vocabulary import EventKind, Quality, Side

FRAMES_FILE = "frames.csv"
STEPS_FILE = "steps.csv"
COLUMNS_FILE = "columns.csv"

BODY_PARTS: dict[str, tuple[str, ...]] = {
    "trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "left_leg": ("left_hip", "left_knee", "left_ankle", "left_heel", "left_foot_index"),
    "right_leg": ("right_hip", "right_knee", "right_ankle", "right_heel", "right_foot_index"),
}
TRACED_POINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
TIME_DECIMALS = 4
POSITION_DECIMALS = 1
# Two more digits than the report shows: nothing is lost, and nothing pretends to be exact.
EXTRA_DECIMALS = 2

Cell = str | int | float


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table: its name, unit and meaning, and a cell for each row."""

    name: str
    unit: str
    meaning: str
    cells: Sequence[Cell]


def write_tables(analysis: Analysis, folder: Path) -> tuple[Path, ...]:
    """Write frames.csv, steps.csv and the dictionary of their columns into ``folder``."""
    every = at_every_frame(analysis)
    frames, steps = frame_columns(every), step_columns(every)
    paths = tuple(folder / name for name in (FRAMES_FILE, STEPS_FILE, COLUMNS_FILE))
    _write_csv(paths[0], [c.name for c in frames], zip(*(c.cells for c in frames), strict=True))
    _write_csv(paths[1], [c.name for c in steps], zip(*(c.cells for c in steps), strict=True))
    rows = [
        [inert(text) for text in (name, column.name, column.unit, column.meaning)]
        for name, table in ((FRAMES_FILE, frames), (STEPS_FILE, steps))
        for column in table
    ]
    # The byte order mark tells spreadsheets that the dictionary is UTF-8; the tables are ASCII.
    _write_csv(paths[2], ["file", "column", "unit", "meaning"], rows, encoding="utf-8-sig")
    return paths


def frame_columns(analysis: Analysis) -> list[Column]:
    """Return the columns of frames.csv: time, quality, contact, metrics, then positions."""
    track, table = analysis.keypoints, analysis.frame_table
    columns = [
        Column("frame", "", "Number of the frame in the file, from 0", _frame_numbers(analysis)),
        Column("time_s", "s", "Real time from the file's first frame", _times(table.time_s)),
        *_quality_columns(track),
        *(_contact_column(table.time_s, analysis.events, side) for side in Side),
    ]
    values = frame_values(analysis)
    for row in REPORTED:
        columns.extend(_metric_column(row, name, values[name]) for name in columns_of(row).values())
    columns.extend(_position_columns(track))
    return columns


def step_columns(analysis: Analysis) -> list[Column]:
    """Return the columns of steps.csv: number, side, times, confidence, then every step metric."""
    steps, table = analysis.steps, analysis.step_table
    contacts = np.array([step.contact_s for step in steps])
    frames = _nearest_frames(analysis, contacts)
    columns = [
        Column("step", "", "Number of the step, from 1", [step.index + 1 for step in steps]),
        Column("side", "", "The foot that lands", [inert(str(step.side)) for step in steps]),
        Column("initial_contact_s", "s", "The foot touches the ground", _times(contacts)),
        Column(
            "toe_off_s",
            "s",
            "The same foot leaves the ground",
            _times(np.array([step.toe_off_s for step in steps])),
        ),
        Column("initial_contact_frame", "", "The frame nearest to initial contact", frames),
        Column(
            "confidence",
            "",
            "How sure the detection of the contact is, from 0 to 1",
            rounded(np.array([step.confidence for step in steps]), 2),
        ),
    ]
    columns.extend(_metric_column(d, d.key, table.columns[d.key]) for d in STEP_METRICS)
    return columns


def rounded(values: FloatArray, decimals: int) -> list[Cell]:
    """Return ``values`` as cells; a missing value is an empty cell."""
    return ["" if value != value else value for value in np.round(values, decimals).tolist()]


def contact_state(time_s: FloatArray, events: GaitEvents, side: Side) -> FloatArray:
    """Return 1 where a foot is on the ground, 0 in swing, NaN where the events do not tell."""
    state = np.full(len(time_s), np.nan)
    own = [event for event in events if event.side is side]
    for first, second in pairwise(own):
        if first.kind is second.kind:
            continue  # an event between them was missed
        between = (time_s >= first.time_s) & (time_s < second.time_s)
        state[between] = float(first.kind is EventKind.INITIAL_CONTACT)
    return state


def quality_word(flags: int) -> str:
    """Return quality flags as words: ``measured`` or ``filled+occluded``."""
    names = [str(flag.name).lower() for flag in Quality if flag & flags]
    return "+".join(names) if names else "measured"


def _frame_numbers(analysis: Analysis) -> list[Cell]:
    return [int(index) for index in analysis.landmarks.frame_index]


def _times(time_s: FloatArray) -> list[Cell]:
    return rounded(time_s, TIME_DECIMALS)


def _nearest_frames(analysis: Analysis, times: FloatArray) -> list[Cell]:
    frame_times, numbers = analysis.landmarks.time_s, analysis.landmarks.frame_index
    return [int(numbers[int(np.argmin(np.abs(frame_times - time)))]) for time in times]


def _quality_columns(track: KeypointTrack) -> Iterable[Column]:
    for part, points in BODY_PARTS.items():
        indices = [keypoint(name) for name in points]
        flags = np.bitwise_or.reduce(track.quality[:, indices], axis=1)
        words = {int(flag): inert(quality_word(int(flag))) for flag in np.unique(flags)}
        meaning = (
            f"What happened to the points of the {part.replace('_', ' ')}: measured, or why not "
            "(between: told from the frames around, where no pose was looked for)"
        )
        yield Column(f"quality_{part}", "", meaning, [words[int(flag)] for flag in flags])


def _contact_column(time_s: FloatArray, events: GaitEvents, side: Side) -> Column:
    state = contact_state(time_s, events, side)
    cells: list[Cell] = ["" if math.isnan(value) else int(value) for value in state.tolist()]
    meaning = f"1 while the {side} foot is on the ground, 0 in swing, empty where not known"
    return Column(f"contact_{side}", "", meaning, cells)


def _metric_column(definition: MetricDefinition, name: str, values: FloatArray) -> Column:
    meaning = f"{definition.label}. {definition.definition} Positive: {definition.positive}."
    cells = rounded(values, definition.decimals + EXTRA_DECIMALS)
    return Column(name, definition.unit, meaning, cells)


def _position_columns(track: KeypointTrack) -> Iterable[Column]:
    for name in TRACED_POINTS:
        for side in Side:
            path = track.point(name, side)
            for axis, meaning in ((0, "forward in the running direction"), (1, "upward")):
                yield Column(
                    f"{side}_{name}_{'xy'[axis]}_px",
                    "px",
                    f"Cleaned position of the {side} {name.replace('_', ' ')}, {meaning}",
                    rounded(path[:, axis], POSITION_DECIMALS),
                )


def _write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], encoding: str = "ascii"
) -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def inert(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
