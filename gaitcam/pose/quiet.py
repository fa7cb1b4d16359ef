"""Keep native libraries from writing into a newcomer's terminal."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The descriptor belongs to the whole process: one thread at a time may swap it.
_swapping = threading.Lock()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what native code writes to the error stream into nothing, for the block's time.

    The model libraries write log lines straight to the file descriptor when a model is loaded,
    past Python's ``sys.stderr``.  Errors still come as exceptions.
    """
    with _swapping:
        try:
            kept = os.dup(2)
        except OSError:  # no error stream, as under pythonw
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


def silence_stderr() -> None:
    """Send what is written to the error stream into nothing from now on."""
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
