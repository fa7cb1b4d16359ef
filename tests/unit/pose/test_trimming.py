"""A network without the outputs that nobody asks for computes the others as before."""

import zipfile

import numpy as np
import pytest

from gaitcam.pose.model_files import MODEL_NAMES, find_model
from gaitcam.pose.network import InterpretedNetwork
from gaitcam.pose.networks import LANDMARK_NETWORK, LANDMARK_OUTPUTS
from gaitcam.pose.trimming import keep_outputs

IMAGE = np.random.default_rng(0).random((256, 256, 3), np.float32)


def read_network(model: str) -> bytes:
    with zipfile.ZipFile(find_model(model).path) as archive:
        return archive.read(LANDMARK_NETWORK)


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_what_is_kept_is_the_same_bit_for_bit(model: str) -> None:
    network = read_network(model)
    whole = InterpretedNetwork(network)
    trimmed = InterpretedNetwork(keep_outputs(network, LANDMARK_OUTPUTS))
    whole.run(IMAGE)
    trimmed.run(IMAGE)
    for number, kept in enumerate(LANDMARK_OUTPUTS):
        assert np.array_equal(trimmed.output(number), whole.output(kept))


def test_what_leads_to_no_kept_output_is_left_out() -> None:
    network = read_network("full")
    everything = keep_outputs(network, range(5))
    assert count_operators(everything) == count_operators(network)
    assert count_operators(keep_outputs(network, LANDMARK_OUTPUTS)) < count_operators(network) - 20


def test_outputs_come_in_the_order_asked_for() -> None:
    backwards = InterpretedNetwork(keep_outputs(read_network("lite"), (3, 1, 0)))
    backwards.run(IMAGE)
    assert [backwards.output(number).shape for number in range(3)] == [(64, 64, 39), (1,), (195,)]


def count_operators(network: bytes) -> int:
    from ai_edge_litert.schema_py_generated import Model

    graph = Model.GetRootAsModel(network, 0).Subgraphs(0)
    return int(graph.OperatorsLength())
