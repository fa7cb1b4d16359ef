"""Leave out the part of a network whose answer nobody asks for.

MediaPipe's landmark networks also paint a segmentation mask, which takes about two fifths of
their time.  Without it the other outputs are the same, bit for bit.  Two lists are shortened
where they lie in the file: to write all the weights anew would take a tenth of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Numbers of fields in TensorFlow Lite's schema.
SUBGRAPHS = 2
GRAPH_OUTPUTS, GRAPH_OPERATORS = 2, 3
OPERATOR_INPUTS, OPERATOR_OUTPUTS = 1, 2


def keep_outputs(network: bytes, kept: Sequence[int]) -> bytes:
    """Return a TFLite ``network`` that computes only its outputs number ``kept``, in that order."""
    file = bytearray(network)
    model = _Table(file, int(_words(file, 0, 1)[0]))
    graph = model.tables(SUBGRAPHS)[0]
    outputs = graph.numbers(GRAPH_OUTPUTS)[list(kept)]
    graph.put_numbers(GRAPH_OUTPUTS, outputs)
    operators = _needed(graph.tables(GRAPH_OPERATORS), set(outputs.tolist()))
    graph.put_tables(GRAPH_OPERATORS, operators)
    return bytes(file)


def _needed(operators: Sequence["_Table"], wanted: set[int]) -> list["_Table"]:
    """Return the operators, in order, that lead to the ``wanted`` tensors."""
    needed = []
    for operator in reversed(operators):
        if wanted.intersection(operator.numbers(OPERATOR_OUTPUTS).tolist()):
            wanted.update(operator.numbers(OPERATOR_INPUTS).tolist())
            needed.append(operator)
    return needed[::-1]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table at byte ``start`` of a FlatBuffers ``file``, as flatbuffers.dev/internals tells.

    Its fields that are lists are read and shortened in place.
    """

    file: bytearray
    start: int

    def numbers(self, field: int) -> NDArray[np.int32]:
        """Return a list of whole numbers, as it lies in the file."""
        at = self._list(field)
        return _words(self.file, at + 4, int(_words(self.file, at, 1)[0]))

    def tables(self, field: int) -> list["_Table"]:
        """Return a list of tables; each entry says how much farther on its table lies."""
        places = self._list(field) + 4 * np.arange(1, len(self.numbers(field)) + 1)
        return [_Table(self.file, int(at)) for at in places + self.numbers(field)]

    def put_numbers(self, field: int, numbers: NDArray[np.int32]) -> None:
        """Replace a list of numbers by one that is no longer."""
        at = self._list(field)
        _words(self.file, at, 1)[0] = len(numbers)
        _words(self.file, at + 4, len(numbers))[:] = numbers

    def put_tables(self, field: int, tables: Sequence["_Table"]) -> None:
        """Replace a list of tables by some of them, in their order."""
        places = self._list(field) + 4 * np.arange(1, len(tables) + 1)
        starts = np.array([table.start for table in tables])
        self.put_numbers(field, (starts - places).astype(np.int32))

    def _list(self, field: int) -> int:
        """Return where a list begins, with its length.

        A table begins with the way back to where it is told how far on each field lies.
        """
        layout = self.start - int(_words(self.file, self.start, 1)[0])
        at = self.start + int(np.frombuffer(self.file, "<u2", 1, layout + 4 + 2 * field)[0])
        return at + int(_words(self.file, at, 1)[0])


def _words(file: bytearray, at: int, count: int) -> NDArray[np.int32]:
    return np.frombuffer(file, "<i4", count, at)
