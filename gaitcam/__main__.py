"""What the installed command starts, and ``python -m gaitcam``."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C while it is still loading ends it quietly, too."""
    try:
        from gaitcam.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
