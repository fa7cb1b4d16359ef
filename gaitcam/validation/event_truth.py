"""True event times of rendered clips and of real clips labelled by eye."""

import json
from pathlib import Path

import numpy as np

from gaitcam.validation.marker_runs import Times
from gaitcam.vocabulary import EventKind, Side

LABELS = {EventKind.INITIAL_CONTACT: "IC", EventKind.TOE_OFF: "TO"}


def read_rendered_events(truth_file: Path) -> Times:
    """Read the exact events [s] of a rendered clip's truth file."""
    events = json.loads(truth_file.read_text())["events"]
    return {
        (kind, side): np.array(events[side.value][f"{kind}_s"])
        for kind in EventKind
        for side in Side
    }


def read_labelled_events(label_file: Path) -> Times:
    """Read events labelled by eye as times [s].

    A label is the first frame in which the new state is seen, with a first and last possible
    frame: the event itself lies between the frame before and that frame, so half a frame is
    taken off the middle of the range.
    """
    labels = json.loads(label_file.read_text())
    rate = float(labels["fps"])
    found: dict[tuple[str, str], list[float]] = {}
    for event in labels["events"]:
        first, last = event["range"]
        time_s = 0.5 * (first + last - 1) / rate
        found.setdefault((event["kind"], event["side"]), []).append(time_s)
    return {
        (kind, side): np.array(sorted(found.get((LABELS[kind], side.value), [])))
        for kind in EventKind
        for side in Side
    }
