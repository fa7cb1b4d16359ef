"""Load what is needed later while the pose networks keep the cores busy."""

from collections.abc import Sequence
from importlib import import_module
from threading import Thread

# Takes as long as finding fifty poses.
SCIENCE = ("scipy.signal", "scipy.optimize", "scipy.interpolate")


def load_meanwhile(names: Sequence[str]) -> None:
    """Import modules in the background; whoever needs one waits for it."""

    def load() -> None:
        for name in names:
            import_module(name)

    Thread(target=load, name="loading", daemon=True).start()
