"""Who was seen in a clip besides the runner, as it is kept with the landmarks."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """A person at one moment.

    ``frame_index``: the file's frame; ``shown_s``: its time on the file's clock; ``box_px``:
    left, top, right, bottom.
    """

    frame_index: int
    shown_s: float
    box_px: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class People:
    """Several people, in order of their numbers, which begin with 1; ``followed`` is one of them.

    Those in the frame of the first one are numbered from left to right; the others, who are not
    in it, follow in order of their first sight.
    """

    seen: tuple[SeenPerson, ...]
    followed: int

    def __post_init__(self) -> None:
        if not 1 <= self.followed <= len(self.seen):
            raise ValueError(f"followed: expected 1 to {len(self.seen)}, got {self.followed}")

    @property
    def frame_index(self) -> int:
        """The frame that shows most of them."""
        return self.seen[0].frame_index

    @classmethod
    def from_plain(cls, plain: dict[str, Any] | None) -> "People | None":
        """Return what ``dataclasses.asdict`` made plain."""
        if plain is None:
            return None
        seen = [
            SeenPerson(p["frame_index"], p["shown_s"], tuple(p["box_px"])) for p in plain["seen"]
        ]
        return cls(tuple(seen), plain["followed"])


def describe_people(people: People) -> str:
    """Return who was followed of several people, in a sentence."""
    return (
        f"{len(people.seen)} people (or a mirror, a poster) were seen; the one marked "
        f"{people.followed} in people.jpg was followed; choose another with --person."
    )


def describe_followed(people: People, width: int) -> str:
    """Return which of several people was followed, and where in the picture that one is."""
    left, _, right, _ = people.seen[people.followed - 1].box_px
    place = name_place(0.5 * (left + right), width)
    return f"number {people.followed}, {place} of the picture, is followed"


def name_place(x: float, width: int) -> str:
    """Return in words in which third of a picture ``x`` lies."""
    third = int(3 * min(max(x / width, 0.0), 0.999))
    return ("on the left", "in the middle", "on the right")[third]
