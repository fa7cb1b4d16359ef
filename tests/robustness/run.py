"""Try everything that can be wrong with a clip, and write docs/ROBUSTNESS.md about it.

    python -m tests.robustness.run [CLIP ...]

More real clips can be named; they are damaged like the bundled one.  Takes some minutes on
one core.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import av

from tests.robustness.bad_files import BAD_FILES
from tests.robustness.clips import Recipe, even_times, source_pictures, write_clip
from tests.robustness.difficult import DIFFICULT
from tests.robustness.difficult import faults as reading_faults
from tests.robustness.document import Row, document
from tests.robustness.fuzz import fuzz
from tests.robustness.people import SCENES, read_source
from tests.robustness.people import faults as people_faults
from tests.robustness.reading import Reader
from tests.robustness.whole_clips import WHOLE_CLIPS, faults, read_original

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "fixtures" / "clips" / "demo_overstride.mp4"
TRUTH = ROOT / "fixtures" / "truth" / "demo_overstride.json"
DOCUMENT = ROOT / "docs" / "ROBUSTNESS.md"
BY_CHANCE = 150
SHORT_FRAMES = 8


def difficult_rows(folder: Path) -> list[Row]:
    """Read every difficult clip."""
    pictures = source_pictures(DEMO)
    rows = []
    for case in DIFFICULT:
        found = reading_faults(case, pictures, folder)
        rows.append(Row(case.title, "as filmed", "; ".join(found) or "as filmed", not found))
    return rows


def people_rows(folder: Path) -> list[Row]:
    """Follow the runner in every scene with people."""
    source = read_source(DEMO, TRUTH)
    rows = []
    for scene in SCENES:
        found = people_faults(scene, source, folder)
        expected = f"{scene.people} seen, the runner followed"
        rows.append(Row(scene.title, expected, "; ".join(found) or expected, not found))
    return rows


def whole_rows(folder: Path) -> list[Row]:
    """Analyse every clip as a user films it."""
    original = read_original(DEMO)
    rows = []
    for number, case in enumerate(WHOLE_CLIPS):
        place = folder / f"whole-{number}"
        place.mkdir()
        got, found = faults(case, original, place)
        text = "; ".join([got, *found])
        rows.append(Row(case.title, case.expected, text, not found))
    return rows


def bad_rows(folder: Path) -> list[Row]:
    """Offer every bad file to a reading process."""
    rows = []
    with Reader() as reader:
        for number, case in enumerate(BAD_FILES):
            place = folder / str(number)
            place.mkdir()
            path = case.make(place, DEMO)
            answer = reader.read(path)
            text = answer["text"].replace(str(path), path.name or "FOLDER")
            got = text.replace(str(place), "FOLDER")
            rows.append(Row(case.title, "refused", got, answer["kind"] == "refused"))
    return rows


def fuzz_clips(named: Sequence[Path], folder: Path) -> list[Path]:
    """Make short clips of every kind, to be damaged."""
    pictures = source_pictures(DEMO)
    times_s = even_times(30, SHORT_FRAMES)
    recipes = (
        Recipe(name="hevc-10-bit.mov", codec="libx265", pix_fmt="yuv420p10le", turned_deg=90),
        Recipe(name="vp9.webm", codec="libvpx-vp9"),
        Recipe(name="h264.mkv"),
        Recipe(name="h264.ts"),
        Recipe(name="sound-and-data.mov", has_sound=True, has_data=True),
    )
    made = [
        write_clip(replace(recipe, times_s=times_s), pictures, folder / recipe.name)
        for recipe in recipes
    ]
    return [*made, *(_shortened(clip, folder / f"real-{clip.name}") for clip in (DEMO, *named))]


def _shortened(clip: Path, path: Path) -> Path:
    """Copy the first frames of a real clip as they are."""
    with av.open(str(clip)) as source, av.open(str(path), "w") as container:
        stream = source.streams.video[0]
        copy = container.add_stream_from_template(stream)
        for index, packet in enumerate(source.demux(stream)):
            if packet.dts is None or index == SHORT_FRAMES:
                break
            packet.stream = copy
            container.mux(packet)
    return path


def main() -> int:
    """Run everything; return 1 if anything is not as it must be."""
    parser = argparse.ArgumentParser(description="Try everything that can be wrong with a clip.")
    parser.add_argument("clips", nargs="*", type=Path, help="more real clips to damage")
    named = parser.parse_args().clips
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken, whole = difficult_rows(folder), whole_rows(folder)
        people, refused = people_rows(folder), bad_rows(folder)
        damaged = fuzz(fuzz_clips(named, folder), BY_CHANCE)
    DOCUMENT.write_text(document(taken, whole, people, refused, damaged), encoding="utf-8")
    rows = (*taken, *whole, *people, *refused)
    is_good = all(row.is_good for row in rows) and not damaged.failures
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
