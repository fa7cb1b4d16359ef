"""Measure the program against clips with truth, and write docs/VALIDATION.md.

python -m gaitcam.validation DIR [--landmarks-cache CACHE] [--out docs/VALIDATION.md]
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gaitcam.errors import GaitcamError
from gaitcam.pose.estimator import ESTIMATORS, EVERY_FRAME, PoseSettings
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.settings import Settings
from gaitcam.validation.clip_truth import ClipTruth, read_clip_truths
from gaitcam.validation.compare import compare, run_program, settings_for
from gaitcam.validation.document import Clips, write_document
from gaitcam.validation.landmark_cache import read_landmarks
from gaitcam.validation.left_out import leave_each_out

FITTED_ON = ("synthetic", "real", "markers")


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
    pose = Settings().pose
    found, failures = _read_all(truths, cache, pose)
    shipped = [compare(t, run_program(t, found[t.name])) for t in truths if t.name in found]
    left_out = None
    if all((folder / part).is_dir() for part in FITTED_ON):
        names = sorted(ESTIMATORS, key=lambda name: name != pose.engine)
        settings = [replace(pose, engine=name, poses_per_s=EVERY_FRAME) for name in names]
        engines = [_read_all(truths, cache, each)[0] for each in settings]
        print("fitting again without each runner ...", file=sys.stderr)
        left_out = Clips.sort(leave_each_out(shipped, folder, engines))
    return write_document(Clips.sort(shipped), left_out, failures)


def _read_all(
    truths: Sequence[ClipTruth], cache: Path | None, pose: PoseSettings
) -> tuple[dict[str, LandmarkTrack], list[str]]:
    """Return the landmarks of all clips by name, and why some have none."""
    landmarks, failures = {}, []
    for truth in truths:
        print(f"{truth.name}, {pose.engine} ...", file=sys.stderr)
        settings = settings_for(truth).changed("pelvis", markers=truth.pelvis_markers)
        try:
            landmarks[truth.name] = read_landmarks(truth.video, replace(settings, pose=pose), cache)
        except GaitcamError as problem:
            failures.append(f"{truth.name} could not be analysed: {problem}")
    return landmarks, failures


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
