"""Many cells of a table as text at once.

A Python object for each cell takes a hundred bytes and a third of a microsecond; ten minutes of
frames have two million cells.  So a column is turned into a matrix of ASCII bytes, one row a
cell, in which zero bytes are left out when the table is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray

Bytes = NDArray[np.uint8]
CHUNK = 10_000  # numbers are written four digits at a time
DIGITS = 8  # before the point, and at most after it
COMMA, LINE_END, MINUS, POINT = b",\n-."
ROWS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Cells of numbers (n,), rounded, without trailing zeros; NaN is an empty cell.

    Without ``decimals`` they are whole numbers.
    """

    values: FloatArray
    decimals: int = 0

    def __len__(self) -> int:
        return len(self.values)

    def text(self, rows: slice) -> Bytes:
        """Return some cells as bytes (n, width)."""
        return number_text(self.values[rows], self.decimals)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Cells of words: ``words`` by number, and the number (n,) of each cell's word."""

    words: tuple[str, ...]
    numbers: NDArray[np.integer]

    def __len__(self) -> int:
        return len(self.numbers)

    def text(self, rows: slice) -> Bytes:
        """Return some cells as bytes (n, width)."""
        text: Bytes = _as_bytes(np.array(self.words, dtype="S"))[self.numbers[rows]]
        return text


Cells = Numbers | Words


class _Digits(NamedTuple):
    """What each number below `CHUNK` looks like, four ASCII bytes in one word of memory."""

    full: NDArray[np.uint32]
    leading: NDArray[np.uint32]
    ending: NDArray[np.uint32]


def number_text(values: FloatArray, decimals: int) -> Bytes:
    """Return numbers (n,) as bytes (n, width): ``-12.5``, ``7.0``; without decimals ``7``."""
    scaled = np.rint(values * 10.0**decimals)
    known = np.isfinite(scaled)
    size = np.where(known, np.abs(scaled), 0.0).astype(np.int64)
    whole, part = np.divmod(size, 10**decimals)
    sign = np.where(np.signbit(scaled), MINUS, 0).astype(np.uint8)[:, np.newaxis]
    text = [sign, _whole_text(whole)]
    if decimals:
        point = np.full_like(sign, POINT)
        text += [point, _part_text(part * 10 ** (DIGITS - decimals))]
    joined = np.concatenate(text, axis=1)
    joined[~known] = 0
    return joined


def write_lines(file: BinaryIO, header: Sequence[str], columns: Sequence[Cells]) -> None:
    """Write a table with these columns, all of one length, a part of its rows at a time."""
    file.write(",".join(header).encode("ascii") + b"\n")
    for start in range(0, len(columns[0]), ROWS_AT_ONCE):
        file.write(_lines(columns, slice(start, start + ROWS_AT_ONCE)))


def _lines(columns: Sequence[Cells], rows: slice) -> bytes:
    pieces = []
    for column in columns:
        text = column.text(rows)
        pieces += [text, np.full((len(text), 1), COMMA, np.uint8)]
    table = np.concatenate(pieces, axis=1)
    table[:, -1] = LINE_END
    return table[table > 0].tobytes()


def _whole_text(numbers: NDArray[np.int64]) -> Bytes:
    """Return whole numbers up to eight digits without leading zeros (n, 8)."""
    digits = _digits()
    high, low = np.divmod(numbers, CHUNK)
    first = np.where(high > 0, digits.leading[high], 0)
    second = np.where(high > 0, digits.full[low], digits.leading[low])
    return _side_by_side(first, second)


def _part_text(numbers: NDArray[np.int64]) -> Bytes:
    """Return eight digits after the point without trailing zeros, but for the first (n, 8)."""
    digits = _digits()
    high, low = np.divmod(numbers, CHUNK)
    first = np.where(low > 0, digits.full[high], digits.ending[high])
    first = np.where(numbers > 0, first, digits.leading[0])
    return _side_by_side(first, digits.ending[low])


def _side_by_side(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> Bytes:
    return _as_bytes(np.stack([first, second], axis=1).astype(np.uint32))


def _as_bytes(values: NDArray[np.generic]) -> Bytes:
    """Return the memory of an array, one row an item of its first axis."""
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)


@cache
def _digits() -> _Digits:
    full = [f"{number:04d}" for number in range(CHUNK)]
    return _Digits(
        _four_bytes(full),
        _four_bytes([text.lstrip("0") or "0" for text in full]),
        _four_bytes([text.rstrip("0") for text in full]),
    )


def _four_bytes(texts: list[str]) -> NDArray[np.uint32]:
    return np.array(texts, dtype="S4").view(np.uint32)
