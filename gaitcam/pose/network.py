"""Runs one network of a model bundle, on one core or on a graphics processor."""

import atexit
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gaitcam.errors import PoseError
from gaitcam.pose.quiet import quiet_stderr, silence_stderr
from gaitcam.pose.trimming import keep_outputs
from gaitcam.vocabulary import CPU, GPU


class Network(Protocol):
    """A loaded network; ``device`` is what it runs on."""

    device: str

    def run(self, image: NDArray[np.float32]) -> None:
        """Feed one picture (side, side, 3)."""

    def output(self, number: int) -> NDArray[np.float32]:
        """Return a copy of a wanted output of the last run."""


def load_network(bundle: Path, member: str, outputs: tuple[int, ...], device: str = CPU) -> Network:
    """Load ``member`` of ``bundle`` with the ``outputs`` that are wanted.

    Raises `PoseError` when LiteRT cannot start; where the graphics processor is asked for and
    cannot do it, the network runs on a core.
    """
    network = _trimmed(bundle, member, outputs)
    try:
        if device == GPU:
            with suppress(RuntimeError):
                return CompiledNetwork(network, GPU)
        return InterpretedNetwork(network)
    except (ImportError, OSError) as problem:
        raise PoseError(
            f"LiteRT, which runs the pose networks, cannot start ({problem}): "
            "install gaitcam again, or choose the mediapipe engine"
        ) from problem


class InterpretedNetwork:
    """A network on one core."""

    def __init__(self, network: bytes) -> None:
        """Prepare a TFLite ``network``."""
        self.device = CPU
        # Here, not at the top: `gaitcam --help` must not pay for it.
        from ai_edge_litert.interpreter import Interpreter

        with quiet_stderr():
            self._interpreter: Any = Interpreter(model_content=network, num_threads=1)
            self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [each["index"] for each in self._interpreter.get_output_details()]

    def run(self, image: NDArray[np.float32]) -> None:
        """Feed one picture (side, side, 3)."""
        self._interpreter.set_tensor(self._input, image[np.newaxis])
        self._interpreter.invoke()

    def output(self, number: int) -> NDArray[np.float32]:
        """Return a copy of a wanted output of the last run."""
        values: NDArray[np.float32] = self._interpreter.get_tensor(self._outputs[number])[0]
        return values


class CompiledNetwork:
    """A network that LiteRT has compiled for a device."""

    def __init__(self, network: bytes, device: str) -> None:
        """Compile a TFLite ``network``; raises `RuntimeError` where the device cannot run it."""
        self.device = device
        from ai_edge_litert.compiled_model import CompiledModel
        from ai_edge_litert.hardware_accelerator import HardwareAccelerator

        accelerator = HardwareAccelerator.GPU if device == GPU else HardwareAccelerator.CPU
        with quiet_stderr():
            self._model: Any = CompiledModel.from_buffer(
                network, hardware_accel=accelerator, environment=_environment()
            )
            self._inputs = self._model.create_input_buffers(0)
            self._outputs = self._model.create_output_buffers(0)
        (name,) = self._model.get_signature_list()
        details = self._model.get_output_tensor_details(name)
        names = self._model.get_signature_list()[name]["outputs"]
        self._shapes = [tuple(details[each]["shape"]) for each in names]

    def run(self, image: NDArray[np.float32]) -> None:
        """Feed one picture (side, side, 3)."""
        self._inputs[0].write(np.ascontiguousarray(image).ravel())
        self._model.run_by_index(0, self._inputs, self._outputs)

    def output(self, number: int) -> NDArray[np.float32]:
        """Return a copy of a wanted output of the last run."""
        shape = self._shapes[number]
        values: NDArray[np.float32] = self._outputs[number].read(int(np.prod(shape)), np.float32)
        whole: NDArray[np.float32] = values.reshape(shape)
        return np.asarray(whole[0], np.float32)


@cache
def _environment() -> Any:
    """Return what compiled networks share."""
    from ai_edge_litert import __file__ as package
    from ai_edge_litert.environment import Environment, EnvironmentOptions

    # It logs its end when the process ends, past all that Python could catch.
    atexit.register(silence_stderr)
    folder = str(Path(package).resolve().parent)
    return Environment.create(options=EnvironmentOptions(runtime_path=folder))


@cache
def _trimmed(bundle: Path, member: str, outputs: tuple[int, ...]) -> bytes:
    """Return the network ``member`` of ``bundle``, reduced to ``outputs``; the same for all."""
    with zipfile.ZipFile(bundle) as archive:
        return keep_outputs(archive.read(member), outputs)
