"""A finding: one sentence about the clip, with its grounds and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from gaitcam.vocabulary import Side


class FindingKind(StrEnum):
    """How a finding is meant."""

    CHANGE = "change"  # outside the range by more than the interval: worth a change
    GOOD = "good"  # inside the range
    UNCERTAIN = "within_measurement_error"  # outside or inside, but by too little to say
    INFORMATION = "information"  # a value without a judgement


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """A band to compare with; an open end is infinite.  ``source`` is a citation."""

    low: float
    high: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One correction and the article section that teaches it.

    ``correction_id`` is the entry in ``corrections.toml``; ``article_id`` is A1 to A5.
    """

    correction_id: str
    text: str
    article_id: str
    article_title: str
    section: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one metric says; the interval is that of the run's summary.

    ``moments_s`` are real times of frames that show it, ``sure`` is high, medium or low.
    ``why_ids`` are the corrections behind ``why_for_the_back``, ``paper_ids`` the papers
    (`PAPERS`) behind ``evidence``, ``related_metrics`` keys of the summary that belong to it.
    The finding ``symmetry`` carries a difference, left minus right, and a moment of each foot;
    one with a ``side`` is about that foot alone.
    """

    key: str
    kind: FindingKind
    title: str
    metric_key: str
    value: float
    interval: tuple[float, float]
    n: int
    unit: str
    reference: ReferenceRange | None
    sure: str
    explanation: str
    why_for_the_back: str
    evidence: str
    advice: tuple[Advice, ...]
    moments_s: tuple[float, ...]
    why_ids: tuple[str, ...] = ()
    paper_ids: tuple[str, ...] = ()
    related_metrics: tuple[str, ...] = ()
    side: Side | None = None
