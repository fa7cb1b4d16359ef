"""docs/ROBUSTNESS.md, as text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.robustness.fuzz import FuzzResult
from tests.robustness.reader import MEMORY_LIMIT_BYTES
from tests.robustness.reading import TIME_LIMIT_S

HEAD = """# Robustness: what was tried, and what came of it

Made by `python -m tests.robustness.run`; do not edit. The clips are made from the
demonstration clip by `tests/robustness/clips.py`, so that everyone can repeat the run.

## Summary

| group | cases | as they must be |
|---|---:|---:|
"""

TAKEN = """
## Clips that must be read

*As filmed* means: the size of the upright picture with square pixels; every frame at its own
time, within half a millisecond where the container counts in milliseconds; times in real
seconds for slow motion; the picture the right way up with its colours (for HDR: the same
bright and dark places); and an annotated video with the same times and none of the phone's
tags.

| clip | expected | got |
|---|---|---|
"""

PEOPLE = """
## Clips with several people, or a small one

*Followed* means: the runner's hips in the rendered clip are the ones that were found, in no
frame somebody else's, and in all but the frames in which he is hidden.

| clip | expected | got |
|---|---|---|
"""

REFUSED = """
## Files that must be refused

In one sentence, with the file's name and what to do, without a look at the network.

| file | expected | got |
|---|---|---|
"""

WHOLE = """
## Whole clips as users film them

Made from the first seconds of the demonstration clip (158.0 steps/min, lean 13°; its pose says
12.2°) by `tests/robustness/whole_clips.py` and analysed as `gaitcam analyze` does. *As in the
original* means: cadence within 1.5 steps/min, trunk lean within 3°. *Got* begins with the
numbers; then come the notes, by their first sentences.

| clip | expected | got |
|---|---|---|
"""

DAMAGED = """
## Damaged clips

Each clip is read to its end in a process of its own with {memory:.0f} GB of memory and
{seconds:g} s of time. *Read* means that all frames have the clip's size and ascending times;
*refused* means one sentence. Anything else (a traceback, a crash, a hang, too much memory)
is a failure. Header bytes are all flipped, one at a time; cuts are made at every 1 %.
The most memory that a reading process took was {peak} MB.

| clip | damage | cases | read | refused | failed |
|---|---|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a table."""

    title: str
    expected: str
    got: str
    is_good: bool


def document(
    taken: list[Row],
    whole: list[Row],
    people: list[Row],
    refused: list[Row],
    damaged: FuzzResult,
) -> str:
    """Return the whole document."""
    groups = (
        _group("clips that must be read", len(taken), _good(taken)),
        _group("whole clips as users film them", len(whole), _good(whole)),
        _group("clips with several people, or a small one", len(people), _good(people)),
        _group("files that must be refused", len(refused), _good(refused)),
        _group("damaged clips", damaged.cases, damaged.cases - len(damaged.failures)),
    )
    head = DAMAGED.format(
        memory=MEMORY_LIMIT_BYTES / (1 << 30), seconds=TIME_LIMIT_S, peak=damaged.peak_mb
    )
    tables = ((TAKEN, taken), (WHOLE, whole), (PEOPLE, people), (REFUSED, refused))
    parts = [part for title, rows in tables for part in (title, *_rows(rows))]
    return "".join((HEAD, *groups, *parts, head, *_outcomes(damaged), *_failures(damaged)))


def _good(rows: list[Row]) -> int:
    return sum(row.is_good for row in rows)


def _group(name: str, cases: int, good: int) -> str:
    return f"| {name} | {cases} | {good} |\n"


def _rows(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        mark = "" if row.is_good else "**not as expected:** "
        yield f"| {row.title} | {row.expected} | {mark}{_cell(row.got)} |\n"


def _outcomes(damaged: FuzzResult) -> Iterable[str]:
    for (clip, kind), counts in damaged.outcomes.items():
        failed = counts.total() - counts["read"] - counts["refused"]
        yield (
            f"| {clip} | {kind} | {counts.total()} | {counts['read']} | {counts['refused']} "
            f"| {failed} |\n"
        )
    total: Counter[str] = sum(damaged.outcomes.values(), Counter())
    yield (
        f"| all | | {damaged.cases} | {total['read']} | {total['refused']} "
        f"| {len(damaged.failures)} |\n"
    )


def _failures(damaged: FuzzResult) -> Iterable[str]:
    if damaged.failures:
        yield "\n## Failures\n\n"
    for place, kind, text in damaged.failures:
        yield f"- {place}: {kind}: {_cell(text)[-300:]}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
