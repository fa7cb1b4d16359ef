"""Measure the program against clips with truth, and write docs/VALIDATION.md.

python -m gaitcam.validation DIR [--landmarks-cache CACHE] [--out docs/VALIDATION.md]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gaitcam.errors import GaitcamError
from gaitcam.pose.estimator import ESTIMATORS
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.settings import Settings
from gaitcam.validation.clip_truth import ClipTruth, read_clip_truths
from gaitcam.validation.compare import compare, run_program, settings_for
from gaitcam.validation.document import Clips, write_document
from gaitcam.validation.landmark_cache import read_landmarks
from gaitcam.validation.left_out import leave_each_out


def main() -> None:
    """Read the options, run, write."""
    options = _options()
    try:
        text = validate(options.folder, options.landmarks_cache)
    except GaitcamError as problem:
        sys.exit(f"gaitcam.validation: {problem}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8")
    print(f"wrote {options.out}")


def validate(folder: Path, cache: Path | None) -> str:
    """Return the document on all clips with truth in a folder."""
    truths = read_clip_truths(folder)
    if not truths:
        raise GaitcamError(f"{folder}: no clip (.mp4) with truth (.json) beside it")
    engines = [_read_all(truths, cache, engine) for engine in _engines()]
    shipped = [compare(truth, run_program(truth, engines[0][truth.name])) for truth in truths]
    print("fitting again without each runner ...", file=sys.stderr)
    left_out = leave_each_out(shipped, folder, engines)
    return write_document(Clips.sort(shipped), Clips.sort(left_out))


def _engines() -> list[str]:
    """Return the program's own pose engine, then the others, which the timing model has seen."""
    own = Settings().pose.engine
    return [own, *(name for name in ESTIMATORS if name != own)]


def _read_all(
    truths: Sequence[ClipTruth], cache: Path | None, engine: str
) -> dict[str, LandmarkTrack]:
    landmarks = {}
    for truth in truths:
        print(f"{truth.name}, {engine} ...", file=sys.stderr)
        settings = settings_for(truth).changed("pelvis", markers=truth.pelvis_markers)
        settings = settings.changed("pose", engine=engine)
        landmarks[truth.name] = read_landmarks(truth.video, settings, cache)
    return landmarks


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m gaitcam.validation",
        description="Measure gaitcam against clips with truth and write the result as Markdown.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="clips and markers with truth")
    parser.add_argument("--landmarks-cache", metavar="CACHE", type=Path, help="keeps the poses")
    parser.add_argument("--out", type=Path, default=Path("docs/VALIDATION.md"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
