"""docs/SETTINGS.md, written from the settings' classes: ``python -m gaitcam.settings_document``."""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gaitcam.markers.given import FORM
from gaitcam.pose.estimator import ESTIMATORS, EVERY_FRAME, FEWEST_POSES_PER_S, SHORT_S
from gaitcam.pose.model_files import MODEL_NAMES
from gaitcam.settings import SHORTEST_CM, TALLEST_CM, Settings
from gaitcam.vocabulary import DEVICES

PATH = Path(__file__).parents[1] / "docs" / "SETTINGS.md"

INTRODUCTION = """\
# Settings

Written from the settings' classes by `python -m gaitcam.settings_document`; do not edit.

`gaitcam analyze CLIP --config FILE` reads settings from a TOML file. Every section and every key
may be left out: what the file does not name keeps its default. An option on the command line goes
before the file. A section or key that does not exist is refused, with a list of those that do. An
example:

```toml
[runner]
height_cm = 176.0

[video]
start_s = 2.0
end_s = 12.0
```

`cleaning` and `detection` are parts of the method: the accuracy in [VALIDATION.md](VALIDATION.md)
is that of their defaults.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key means; ``option`` is the command-line option that sets it too."""

    values: str
    meaning: str
    option: str = ""


def _one_of(names: Iterable[str]) -> str:
    return ", ".join(f"`{json.dumps(name)}`" for name in names)


SECTIONS = {
    "runner": "The runner.",
    "video": "Which part of the clip is read, and how.",
    "pose": "How the pose is found, and whose.",
    "pelvis": "Stickers on the pelvis, if there are any.",
    "cleaning": "How the pose is cleaned before anything is measured.",
    "detection": "When a contact of a foot with the ground counts.",
}
ENTRIES: dict[str, dict[str, Entry]] = {
    "runner": {
        "height_cm": Entry(
            f"cm, {SHORTEST_CM:g} to {TALLEST_CM:g}",
            "The runner's height without shoes. Without it, distances come in leg lengths.",
            "--height",
        ),
    },
    "video": {
        "start_s": Entry("s, 0 or more", "Read from here on, as a player shows it.", "--start"),
        "end_s": Entry("s, after `start_s`", "Read up to here; else to the end.", "--end"),
        "capture_fps": Entry(
            "frames a second, 1 to 10000",
            "The camera's true rate, for slow motion. Without it, the file or the runner's cadence "
            "tells.",
            "--capture-fps",
        ),
        "device": Entry(_one_of(DEVICES), "What decodes the clip.", "--device"),
    },
    "pose": {
        "model": Entry(_one_of(MODEL_NAMES), "Which pose model.", "--model"),
        "workers": Entry("cores, 1 or more", "How many cores; without it, all.", "--workers"),
        "engine": Entry(
            _one_of(ESTIMATORS),
            "`tracking` looks where the runner is expected; `mediapipe` leaves each frame to "
            "MediaPipe's own landmarker, one by one.",
        ),
        "person": Entry(
            '1, 2, ... or `"left"`, `"centre"`, `"right"`',
            "Whom of several people to follow, as numbered in `people.jpg`. Without it, the runner "
            "is told by legs, size and place.",
            "--person",
        ),
        "poses_per_s": Entry(
            f"a second, {FEWEST_POSES_PER_S:g} to {EVERY_FRAME:g}",
            "In how many frames of a second of real time the pose is looked for; in clips of less "
            f"than {SHORT_S:g} s in all. {EVERY_FRAME:g} is every frame.",
            "--every-frame",
        ),
        "device": Entry(_one_of(DEVICES), "What runs the pose networks.", "--device"),
    },
    "pelvis": {
        "markers": Entry(
            f'`"{FORM}"`',
            "Pixels of the stickers at the front and the back of the pelvis in one frame, and its "
            "time if it is not the first: measures pelvic tilt.",
            "--pelvis-markers",
        ),
    },
    "cleaning": {
        "trunk_cutoff_hz": Entry(
            "Hz, above 0", "Cut-off of the zero-phase low-pass filter for trunk and head."
        ),
        "limb_cutoff_hz": Entry("Hz, above 0", "The same for arms, legs and feet."),
        "longest_gap_s": Entry(
            "s, 0 or more", "Longer gaps in a point's path are not filled but left empty."
        ),
        "outlier_window_s": Entry(
            "s, above 0, at most 2", "How far before and after a frame a point's path is fitted."
        ),
        "outlier_leg_ratio": Entry(
            "leg lengths, above 0", "A point further than this from its fitted path is left out."
        ),
        "low_visibility": Entry(
            "0 to 1",
            "Points that the pose network calls less visible than this are flagged as occluded; "
            "they are used all the same.",
        ),
    },
    "detection": {
        "least_contacts": Entry("1 or more", "With fewer contacts the clip is refused."),
        "least_known": Entry(
            "0 to 1", "The share of the movement about a contact that the clip must show."
        ),
        "largest_misfit": Entry(
            "leg lengths, above 0",
            "A stride that lies further from the runner's common stride is left out.",
        ),
    },
}


def settings_as_markdown() -> str:
    """Return the whole document; each default is that of the class."""
    parts = [INTRODUCTION]
    defaults = Settings()
    for section in dataclasses.fields(defaults):
        part = getattr(defaults, section.name)
        parts.append(
            f"\n## `[{section.name}]`\n\n{SECTIONS[section.name]}\n\n"
            "| key | default | values | what it is | option |\n|---|---|---|---|---|\n"
        )
        parts.extend(
            _line(field.name, getattr(part, field.name), ENTRIES[section.name][field.name])
            for field in dataclasses.fields(part)
        )
    return "".join(parts)


def _line(key: str, default: object, entry: Entry) -> str:
    shown = "not set" if default is None else f"`{json.dumps(default)}`"
    option = f"`{entry.option}`" if entry.option else ""
    return f"| `{key}` | {shown} | {entry.values} | {entry.meaning} | {option} |\n"


if __name__ == "__main__":
    PATH.write_text(settings_as_markdown(), encoding="utf-8")
