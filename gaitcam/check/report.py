"""The check of a clip, as records: one row for each thing that matters when filming."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum

from gaitcam.errors import GaitError, PoseError


class Judgement(StrEnum):
    """How well one thing was filmed; ``unknown`` where the clip does not tell."""

    PASS = "pass"
    WEAK = "weak"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing: what was found, what it means for the numbers, how to film it better.

    ``advice`` is empty where there is nothing to better.
    """

    key: str
    label: str
    found: str
    judgement: Judgement
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All rows, in order of the table."""

    rows: tuple[CheckRow, ...]

    @property
    def is_usable(self) -> bool:
        """Whether the clip can be measured: nothing fails."""
        return not self.of(Judgement.FAIL)

    def of(self, judgement: Judgement) -> tuple[CheckRow, ...]:
        """Return the rows with one judgement."""
        return tuple(row for row in self.rows if row.judgement is judgement)

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        failed, weak = self.of(Judgement.FAIL), self.of(Judgement.WEAK)
        if failed:
            reasons = ", ".join(f"{row.label.lower()} ({row.found})" for row in failed)
            return f"This clip cannot be judged: {reasons}."
        if weak:
            return f"This clip can be measured; weaker for: {_named(weak)}."
        return "This clip is good for measuring."


@contextmanager
def explained_by(report: CheckReport) -> Iterator[None]:
    """Add what failed in a clip's check to an error that comes of it."""
    try:
        yield
    except (GaitError, PoseError) as problem:
        failed = report.of(Judgement.FAIL)
        if not failed:
            raise
        reasons = "; ".join(f"{row.label.lower()}: {row.found}" for row in failed)
        raise type(problem)(f"{problem} (the check of the clip fails: {reasons})") from problem


def as_plain(report: CheckReport) -> dict[str, object]:
    """Return the report as plain nested values, for JSON."""
    rows = [asdict(row) for row in report.rows]
    return {"is_usable": report.is_usable, "verdict": report.verdict, "rows": rows}


def _named(rows: tuple[CheckRow, ...]) -> str:
    return ", ".join(row.label.lower() for row in rows)
