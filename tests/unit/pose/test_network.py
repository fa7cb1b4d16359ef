"""A network gives the same answer however LiteRT runs it; a missing device is no obstacle."""

import numpy as np
import pytest

from gaitcam.pose import network as module
from gaitcam.pose.model_files import find_model
from gaitcam.pose.network import CompiledNetwork, InterpretedNetwork, load_network
from gaitcam.pose.networks import LANDMARK_NETWORK, LANDMARK_OUTPUTS
from gaitcam.vocabulary import CPU, GPU

IMAGE = np.random.default_rng(0).random((256, 256, 3), np.float32)


def test_compiled_and_interpreted_networks_agree() -> None:
    network = module._trimmed(find_model("full").path, LANDMARK_NETWORK, LANDMARK_OUTPUTS)
    one, other = InterpretedNetwork(network), CompiledNetwork(network, CPU)
    one.run(IMAGE)
    other.run(IMAGE)
    for number in range(len(LANDMARK_OUTPUTS)):
        assert one.output(number).shape == other.output(number).shape
        assert np.allclose(one.output(number), other.output(number), atol=1e-4)


def test_without_a_graphics_processor_a_core_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(network: bytes, device: str) -> None:
        raise RuntimeError("no adapter")

    monkeypatch.setattr(module, "CompiledNetwork", refuse)
    network = load_network(find_model("full").path, LANDMARK_NETWORK, LANDMARK_OUTPUTS, GPU)
    assert network.device == CPU
    network.run(IMAGE)
    assert network.output(1).shape == (1,)


def test_whatever_this_machine_has_asking_for_its_graphics_processor_works(
    capfd: pytest.CaptureFixture[str],
) -> None:
    network = load_network(find_model("full").path, LANDMARK_NETWORK, LANDMARK_OUTPUTS, GPU)
    network.run(IMAGE)
    assert np.isfinite(network.output(0)).all()
    assert capfd.readouterr() == ("", "")
