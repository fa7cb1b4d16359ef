"""What it costs in accuracy to find the pose in fewer frames than were filmed.

    python -m gaitcam.validation.pose_rates DIR --landmarks-cache CACHE

DIR and CACHE are those of `gaitcam.validation`.  The landmarks are thinned out evenly, from
each frame that they can start with; all that follows is done as for a clip.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from gaitcam.pose.estimator import EVERY_FRAME
from gaitcam.validation.agreement import measure_agreement
from gaitcam.validation.clip_truth import ClipTruth, read_clip_truths
from gaitcam.validation.compare import BOTH, Comparison, compare, run_program, settings_for
from gaitcam.validation.event_cases import thin_out
from gaitcam.validation.landmark_cache import read_landmarks
from gaitcam.validation.markdown import number, table
from gaitcam.vocabulary import EventKind

FEWEST_HZ = 29.0
# Key of the catalog, its words, factor and decimals.
METRICS = (
    ("cadence_spm", "cadence [steps/min]", 1.0, 2),
    ("contact_time_s", "contact time [ms]", 1000.0, 0),
    ("overstride_m", "foot ahead of hips [cm]", 100.0, 1),
    ("trunk_lean_deg", "lean [deg]", 1.0, 1),
    ("knee_flexion_at_ic_deg", "knee at contact [deg]", 1.0, 1),
)
EVENTS = {EventKind.INITIAL_CONTACT: "initial contact [ms]", EventKind.TOE_OFF: "toe-off [ms]"}


def compare_rates(folder: Path, cache: Path) -> str:
    """Return a table: filmed rate and that of the poses, errors of events and of metrics."""
    clips = [clip for clip in read_clip_truths(folder) if clip.is_rendered and clip.is_for_timing]
    found: dict[tuple[int, int], list[Comparison]] = {}
    for clip in clips:
        for step, comparison in _thinned(clip, cache):
            found.setdefault((round(clip.rate_hz), step), []).append(comparison)
    head = [
        "frames/s",
        "poses/s",
        "clips",
        *EVENTS.values(),
        *(words for _, words, _, _ in METRICS),
    ]
    return table(head, [_row(*rates, found[rates]) for rates in sorted(found)])


def _thinned(clip: ClipTruth, cache: Path) -> Iterator[tuple[int, Comparison]]:
    """Yield the comparison of every frame, every second and every fourth, and the step."""
    settings = settings_for(clip).changed("pose", poses_per_s=EVERY_FRAME)
    landmarks = read_landmarks(clip.video, settings, cache)
    for step in (1, 2, 4):
        if clip.rate_hz / step < FEWEST_HZ:
            return
        for first in range(step):
            yield step, compare(clip, run_program(clip, thin_out(landmarks, step, first)))


def _row(filmed_hz: int, step: int, comparisons: Sequence[Comparison]) -> list[str]:
    clips = len({comparison.clip.name for comparison in comparisons})
    cells = [str(filmed_hz), str(round(filmed_hz / step)), str(clips)]
    cells += [_event_cell(comparisons, kind) for kind in EVENTS]
    return cells + [
        _metric_cell(comparisons, key, factor, decimals) for key, _, factor, decimals in METRICS
    ]


def _event_cell(comparisons: Sequence[Comparison], kind: EventKind) -> str:
    """Return bias and RMSE over all events."""
    events = [event for each in comparisons for event in each.events if event.kind is kind]
    found = measure_agreement((event.clip.name, 1000.0 * event.error_s) for event in events)
    return f"{number(found.bias, 1, signed=True)} / {number(found.rmse, 1)}"


def _metric_cell(comparisons: Sequence[Comparison], key: str, factor: float, decimals: int) -> str:
    """Return the mean absolute error over clips."""
    errors = [
        factor * metric.error
        for each in comparisons
        for metric in each.metrics
        if metric.key == key and metric.leg == BOTH
    ]
    return number(float(np.mean(np.abs(errors))), decimals)


def main() -> None:
    """Print the table of docs/PERFORMANCE.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--landmarks-cache", metavar="CACHE", type=Path, required=True)
    arguments = parser.parse_args()
    print(compare_rates(arguments.folder, arguments.landmarks_cache))


if __name__ == "__main__":
    main()
