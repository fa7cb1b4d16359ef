"""Find a pose model bundle and make sure that it is whole."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gaitcam.errors import ModelFileError

MODEL_NAMES = ("lite", "full", "heavy")
MANIFEST_NAME = "MANIFEST.toml"
_REMEDY = "install gaitcam again, or rebuild it with models/build_models.py"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A bundle that was found whole: its name, where it lies, its checksum."""

    name: str
    path: Path
    sha256: str


@cache
def find_model(name: str) -> ModelFile:
    """Return the bundle ``name`` (``lite``, ``full`` or ``heavy``), checked once per process.

    Looks into the installed package first, then into a checkout.  Raises `ModelFileError`
    when the bundle is missing or differs from its manifest.
    """
    return find_model_in(_bundle_folder(), name)


def find_model_in(folder: Path, name: str) -> ModelFile:
    """Return the bundle ``name`` of ``folder``, checked against the manifest beside it."""
    entry = _manifest_entry(folder / MANIFEST_NAME, name)
    path = folder / str(entry["file"])
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise ModelFileError(
            f"{path}: the pose model cannot be read ({reason}); {_REMEDY}"
        ) from None
    if found != entry["sha256"]:
        raise ModelFileError(
            f"{path}: the pose model is damaged: sha256 is {found[:12]}..., "
            f"expected {str(entry['sha256'])[:12]}...; {_REMEDY}"
        )
    return ModelFile(name, path, found)


def _bundle_folder() -> Path:
    """Return the folder of the bundles: inside the package, else the checkout's."""
    package = Path(__file__).parents[1]
    installed = package / "bundled" / "models"
    return installed if installed.is_dir() else package.parent / "models"


def _manifest_entry(manifest: Path, name: str) -> dict[str, Any]:
    """Return what ``manifest`` says of the bundle ``name``."""
    if name not in MODEL_NAMES:
        raise ModelFileError(f"model {name!r} is unknown: choose one of {', '.join(MODEL_NAMES)}")
    try:
        bundles = tomllib.loads(manifest.read_text(encoding="utf-8"))["bundles"]
        entry: dict[str, Any] = bundles[name]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as problem:
        raise ModelFileError(
            f"{manifest}: the list of pose models is missing or damaged; {_REMEDY}"
        ) from problem
    return entry
