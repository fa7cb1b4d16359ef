"""Load what is needed later while the pose networks keep the cores busy."""

import sys
from collections.abc import Sequence
from importlib import import_module
from threading import Thread

# Takes as long as finding fifty poses.
SCIENCE = ("scipy.signal", "scipy.optimize", "scipy.interpolate")
# An import keeps Python's lock until somebody has waited so long for it (by default 5 ms); the
# pose's workers need it often, for moments.
PATIENCE_S = 0.0005


def load_meanwhile(names: Sequence[str]) -> None:
    """Import modules in the background; whoever needs one waits for it."""

    def load() -> None:
        usual_s = sys.getswitchinterval()
        sys.setswitchinterval(PATIENCE_S)
        try:
            for name in names:
                import_module(name)
        finally:
            sys.setswitchinterval(usual_s)

    Thread(target=load, name="loading", daemon=True).start()
