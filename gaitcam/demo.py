"""The clip that comes with the package."""

from pathlib import Path

from gaitcam.errors import VideoError

DEMO_NAME = "demo_overstride.mp4"
DEMO_HEIGHT_CM = 176.0


def find_demo_clip() -> Path:
    """Return the demonstration clip of the installed package, or of the checkout."""
    package = Path(__file__).parent
    for folder in (package / "bundled" / "clips", package.parent / "fixtures" / "clips"):
        if (folder / DEMO_NAME).is_file():
            return folder / DEMO_NAME
    raise VideoError(f"{DEMO_NAME} is missing from this installation: install gaitcam again")
