"""The tables of one clip as CSV files: one row a frame, one row a step, and what each column is."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.every_frame import EveryFrame, at_every_frame
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import keypoint
from gaitcam.metrics.catalog import STEP_METRICS
from gaitcam.metrics.definition import MetricDefinition
from gaitcam.report.cells import Cells, Numbers, Words, write_lines
from gaitcam.report.frame_metrics import REPORTED, columns_of, every_frame_values
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
QUALITY_MEANINGS = {
    Quality.MEASURED: "seen and kept",
    Quality.MISSING: "no place known",
    Quality.FILLED: "told from before and after a short gap",
    Quality.OUTLIER: "far from its path or its body, so not used",
    Quality.SWAPPED: "the pose took left for right; put right",
    Quality.OCCLUDED: "hardly seen by the pose network, used all the same",
    Quality.OUT_OF_VIEW: "outside the picture, so not used",
    Quality.BETWEEN: "told from the frames around, where no pose was looked for",
}
PLANE = (
    "Not a place in the picture: in pixels of the runner's own plane, seen square from the side, "
    "level and without the camera's movement as far as these are known. x grows the way the "
    "runner faces, from the picture's left edge (below 0 for one who faces left); y grows upward "
    "from the picture's lower edge"
)
TIME_DECIMALS = 4
POSITION_DECIMALS = 1
# Two more digits than the report shows: nothing is lost, and nothing pretends to be exact.
EXTRA_DECIMALS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table: its name, unit and meaning, and a cell for each row."""

    name: str
    unit: str
    meaning: str
    cells: Cells


def write_tables(analysis: Analysis, folder: Path) -> tuple[Path, ...]:
    """Write frames.csv, steps.csv and the dictionary of their columns into ``folder``."""
    every = at_every_frame(analysis)
    tables = {FRAMES_FILE: frame_columns(every), STEPS_FILE: step_columns(every)}
    for name, columns in tables.items():
        with (folder / name).open("wb") as file:
            write_lines(file, [column.name for column in columns], [c.cells for c in columns])
    rows = [
        [inert(text) for text in (name, column.name, column.unit, column.meaning)]
        for name, columns in tables.items()
        for column in columns
    ]
    # All three tables are ASCII, so no spreadsheet needs a byte order mark to read them.
    with (folder / COLUMNS_FILE).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([["file", "column", "unit", "meaning"], *rows])
    return tuple(folder / name for name in (*tables, COLUMNS_FILE))


def frame_columns(every: EveryFrame) -> list[Column]:
    """Return the columns of frames.csv: time, quality, contact, metrics, then positions."""
    events = every.analysis.events
    columns = [
        Column("frame", "", "Number of the frame in the file, from 0", Numbers(every.frame_index)),
        Column("time_s", "s", "Real time from the file's first frame", _times(every.time_s)),
        *_quality_columns(every.quality),
        *(_contact_column(every.time_s, events, side) for side in Side),
    ]
    values = every_frame_values(every)
    for row in REPORTED:
        columns.extend(_metric_column(row, name, values[name]) for name in columns_of(row).values())
    columns.extend(_position_columns(every))
    return columns


def step_columns(every: EveryFrame) -> list[Column]:
    """Return the columns of steps.csv: number, side, times, confidence, then every step metric."""
    steps, table = every.analysis.steps, every.analysis.step_table
    contacts, toe_offs, confidence = (
        np.array(
            [(step.contact_s, step.toe_off_s, step.confidence) for step in steps], dtype=np.float64
        )
        .reshape(-1, 3)
        .T
    )
    numbers = np.array([step.index + 1 for step in steps], dtype=np.float64)
    sides = tuple(Side)
    landing = Words(
        tuple(inert(str(side)) for side in sides),
        np.array([sides.index(step.side) for step in steps], dtype=np.intp),
    )
    frames = Numbers(_nearest_frames(every, contacts))
    columns = [
        Column("step", "", "Number of the step, from 1", Numbers(numbers)),
        Column("side", "", "The foot that lands", landing),
        Column("initial_contact_s", "s", "The foot touches the ground", _times(contacts)),
        Column("toe_off_s", "s", "The same foot leaves the ground", _times(toe_offs)),
        Column("initial_contact_frame", "", "The frame nearest to initial contact", frames),
        Column(
            "confidence",
            "",
            "How sure the detection of the contact is, from 0 to 1",
            Numbers(confidence, 2),
        ),
    ]
    columns.extend(_metric_column(d, d.key, table.columns[d.key]) for d in STEP_METRICS)
    return columns


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


def _times(time_s: FloatArray) -> Numbers:
    return Numbers(time_s, TIME_DECIMALS)


def _nearest_frames(every: EveryFrame, times_s: FloatArray) -> FloatArray:
    """Return the numbers of the frames nearest to moments (n,)."""
    after = np.clip(np.searchsorted(every.time_s, times_s), 1, len(every) - 1)
    before_s, after_s = every.time_s[after - 1], every.time_s[after]
    is_before = np.abs(before_s - times_s) <= np.abs(after_s - times_s)
    numbers: FloatArray = every.frame_index[after - is_before]
    return numbers


def _quality_columns(quality: NDArray[np.uint8]) -> Iterable[Column]:
    words_explained = "; ".join(f"{quality_word(f)}: {m}" for f, m in QUALITY_MEANINGS.items())
    for part, points in BODY_PARTS.items():
        indices = [keypoint(name) for name in points]
        flags = np.bitwise_or.reduce(quality[:, indices], axis=1)
        known, numbers = np.unique(flags, return_inverse=True)
        words = tuple(inert(quality_word(flag)) for flag in known.tolist())
        meaning = (
            f"What happened to any point of the {part.replace('_', ' ')}, joined by a plus sign. "
            f"{words_explained}"
        )
        yield Column(f"quality_{part}", "", meaning, Words(words, numbers))


def _contact_column(time_s: FloatArray, events: GaitEvents, side: Side) -> Column:
    meaning = f"1 while the {side} foot is on the ground, 0 in swing, empty where not known"
    return Column(f"contact_{side}", "", meaning, Numbers(contact_state(time_s, events, side)))


def _metric_column(definition: MetricDefinition, name: str, values: FloatArray) -> Column:
    meaning = f"{definition.label}. {definition.definition} Positive: {definition.positive}."
    cells = Numbers(values, definition.decimals + EXTRA_DECIMALS)
    return Column(name, definition.unit, meaning, cells)


def _position_columns(every: EveryFrame) -> Iterable[Column]:
    track = every.analysis.keypoints
    for name in TRACED_POINTS:
        for side in Side:
            path = track.point(name, side)
            for axis, meaning in ((0, "forward in the running direction"), (1, "upward")):
                yield Column(
                    f"{side}_{name}_{'xy'[axis]}_px",
                    "px",
                    f"Cleaned position of the {side} {name.replace('_', ' ')}, {meaning}. {PLANE}",
                    Numbers(every.told(path[:, axis]), POSITION_DECIMALS),
                )


def inert(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
