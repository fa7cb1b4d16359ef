"""Leave out the part of a network whose answer nobody asks for.

MediaPipe's landmark networks also paint a segmentation mask, which takes about two fifths of
their time.  Without it the other outputs are the same, bit for bit.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np


def keep_outputs(network: bytes, kept: Sequence[int]) -> bytes:
    """Return a TFLite ``network`` that computes only its outputs number ``kept``, in that order."""
    # Here, not at the top: `gaitcam --help` must not pay for it.
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(network, 0))
    graph = model.subgraphs[0]
    graph.outputs = np.array([graph.outputs[number] for number in kept], np.int32)
    graph.operators = _needed(graph.operators, {int(tensor) for tensor in graph.outputs})
    model.signatureDefs = None
    builder = flatbuffers.Builder(len(network))
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def _needed(operators: Sequence[Any], wanted: set[int]) -> list[Any]:
    """Return the operators, in order, that lead to the ``wanted`` tensors."""
    needed = []
    for operator in reversed(operators):
        if wanted.intersection(map(int, operator.outputs)):
            wanted.update(int(tensor) for tensor in operator.inputs if tensor >= 0)
            needed.append(operator)
    return needed[::-1]
