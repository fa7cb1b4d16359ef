"""What the installed command starts, and ``python -m gaitcam``."""

import gc
import os
import sys

# Threads inside the numerical libraries: the pose's own workers keep all cores busy already, so
# theirs would only wait for each other.  Read when the libraries are loaded.
LIBRARY_THREADS = ("OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
# Python looks for rings of dead objects each time so many new ones are alive: by default 700, but
# loading the libraries alone makes a hundred times as many, and all of them stay.
NEW_OBJECTS = 10_000


def run() -> None:
    """Run the command line; Ctrl-C while it is still loading ends it quietly, too."""
    for name in LIBRARY_THREADS:
        os.environ.setdefault(name, "1")
    gc.set_threshold(NEW_OBJECTS)
    try:
        from gaitcam.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # Python would look through all objects before it ends, which takes a tenth of a second.
        gc.freeze()


if __name__ == "__main__":
    run()
