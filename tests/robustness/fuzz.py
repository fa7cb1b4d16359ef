"""Read thousands of damaged clips; none may crash, hang or end in a traceback."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.robustness.mutations import Mutation, chance, cuts, flipped_header, nasty_boxes, zeroed
from tests.robustness.reading import Reader

GOOD = ("read", "refused")


@dataclass(slots=True)
class FuzzResult:
    """How often each kind of damage (by clip) ended how, and everything that must not be."""

    outcomes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    peak_mb: int = 0

    @property
    def cases(self) -> int:
        """How many damaged files were read."""
        return sum(counter.total() for counter in self.outcomes.values())

    def add(self, clip: str, mutation: Mutation, answer: dict[str, Any]) -> None:
        """Count one answer."""
        counter = self.outcomes.setdefault((clip, mutation.kind), Counter())
        counter[answer["kind"]] += 1
        self.peak_mb = max(self.peak_mb, answer["peak_mb"])
        is_sentence = answer["kind"] != "refused" or "\n" not in answer["text"]
        if answer["kind"] not in GOOD or not is_sentence:
            place = f"{clip}: {mutation.kind}, {mutation.place}"
            self.failures.append((place, answer["kind"], answer["text"]))


def all_mutations(content: bytes, count: int, seed: int) -> Iterator[Mutation]:
    """Yield every systematic damage of a file, then ``count`` by chance."""
    yield from flipped_header(content)
    yield from cuts(content)
    yield from zeroed(content)
    yield from nasty_boxes(content)
    yield from chance(content, count, seed)


def fuzz(clips: list[Path], count: int, seed: int = 1, keep: Path | None = None) -> FuzzResult:
    """Damage every clip in every way and read it; keep what failed in the folder ``keep``."""
    result = FuzzResult()
    with tempfile.TemporaryDirectory() as folder, Reader() as reader:
        for number, clip in enumerate(clips):
            damaged = Path(folder) / f"damaged{clip.suffix}"
            for mutation in all_mutations(clip.read_bytes(), count, seed + number):
                damaged.write_bytes(mutation.content)
                failures = len(result.failures)
                result.add(clip.name, mutation, reader.read(damaged))
                if keep is not None and len(result.failures) > failures:
                    name = f"{failures:04d}-{clip.stem}{clip.suffix}"
                    (keep / name).write_bytes(mutation.content)
    return result
