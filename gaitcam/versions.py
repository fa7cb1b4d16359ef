"""Which versions of gaitcam and of the packages beneath it are at work."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

# Those that the numbers depend on.
PACKAGES = ("ai-edge-litert", "av", "mediapipe", "numpy", "opencv-contrib-python", "scipy")


@cache  # each is read from a file
def version_of(package: str) -> str:
    """Return the version of an installed package; ``unknown`` where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def package_versions() -> dict[str, str]:
    """Return the versions of `PACKAGES`."""
    return {package: version_of(package) for package in PACKAGES}
