"""How near each engine's raw landmarks come to the truth of rendered clips.

    python -m gaitcam.validation.pose_engines FOLDER

FOLDER holds clips, each with its truth (JSON) beside it.  Nothing is cleaned or smoothed here:
the figures are the networks' own.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.estimator import ESTIMATORS, PoseSettings, estimate_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.progress import silent
from gaitcam.video.source import VideoSettings, probe_video
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

LEG = ("hip", "knee", "ankle", "heel", "foot_index")
WRONG_MM = 150.0  # an ankle farther off than this is on the wrong leg or between the legs
WHOLE = VideoSettings()


@dataclass(frozen=True, slots=True)
class LegError:
    """One clip's raw error; lengths in mm on the runner, about each joint's own median error.

    ``found``: share of the frames with the runner in view; ``near_mm``, ``far_mm``: 95 % of a
    leg's points err less; ``noise_mm``: from frame to frame; ``wrong``: share of frames with an
    ankle that is off by more than `WRONG_MM`.
    """

    found: float
    near_mm: float
    far_mm: float
    noise_mm: float
    wrong: float


def measure_leg_error(track: LandmarkTrack, truth: dict[str, Any]) -> LegError:
    """Return how far the raw legs of ``track`` are from those of ``truth``."""
    in_view = np.array(truth["frames"]["in_view"], bool)
    near = Side(truth["near_side"])
    errors = {side: _errors_mm(track, truth, side)[in_view] for side in Side}
    off = {side: np.linalg.norm(each - _middle(each), axis=-1) for side, each in errors.items()}
    ankle = LEG.index("ankle")
    is_wrong = np.any([np.linalg.norm(e[:, ankle], axis=-1) > WRONG_MM for e in errors.values()], 0)
    bends = np.concatenate([np.diff(each, 2, axis=0).ravel() for each in errors.values()])
    return LegError(
        found=float(np.mean(track.has_pose[in_view])),
        near_mm=float(np.nanpercentile(off[near], 95)),
        far_mm=float(np.nanpercentile(off[near.other], 95)),
        noise_mm=float(1.4826 * np.nanmedian(np.abs(bends)) / np.sqrt(6)),
        wrong=float(np.mean(is_wrong)),
    )


def _errors_mm(track: LandmarkTrack, truth: dict[str, Any], side: Side) -> FloatArray:
    """Return (F, 5, 2): estimate minus truth of one leg."""
    names = truth["frames"]["keypoint_names"]
    true_px = np.array(truth["frames"]["uv_px"], float)
    mine = [KEYPOINT_INDEX[f"{side}_{joint}"] for joint in LEG]
    theirs = [names.index(f"{side}_{joint}") for joint in LEG]
    errors: FloatArray = track.image_px[:, mine] - true_px[:, theirs]
    return errors * 1000 * float(truth["m_per_px"])


def _middle(errors: FloatArray) -> FloatArray:
    """Return each joint's own median error, (5, 2): a landmark is not the joint."""
    return np.asarray(np.nanmedian(errors, axis=0), float)


def compare_engines(folder: Path, model: str) -> Iterator[str]:
    """Yield the rows of a table: clip by clip, each engine; the mean at the end."""
    everything: dict[str, list[LegError]] = {engine: [] for engine in ESTIMATORS}
    for clip in sorted(folder.glob("*.mp4")):
        truth = json.loads(clip.with_suffix(".json").read_text())
        for engine, errors in everything.items():
            settings = PoseSettings(model=model, engine=engine)
            track = estimate_landmarks(probe_video(clip, WHOLE), WHOLE, settings, silent, every=1)
            errors.append(measure_leg_error(track, truth))
            yield _row(clip.stem, engine, errors[-1])
    for engine, errors in everything.items():
        means = [np.mean([getattr(e, f.name) for e in errors]) for f in fields(LegError)]
        yield _row("**mean**", engine, LegError(*map(float, means)))


def _row(clip: str, engine: str, error: LegError) -> str:
    return (
        f"| {clip} | {engine} | {100 * error.found:.1f} | {error.near_mm:.0f} | "
        f"{error.far_mm:.0f} | {error.noise_mm:.1f} | {100 * error.wrong:.1f} |"
    )


def main() -> None:
    """Print the accuracy table of docs/PERFORMANCE.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="full")
    arguments = parser.parse_args()
    print("| clip | engine | found % | near leg mm | far leg mm | noise mm | wrong leg % |")
    print("|---|---|---|---|---|---|---|")
    for row in compare_engines(arguments.folder, arguments.model):
        print(row, flush=True)


if __name__ == "__main__":
    main()
