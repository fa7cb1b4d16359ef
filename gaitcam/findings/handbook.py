"""The records of the handbook: what the five articles advise on running with a sore back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CorrectionKind(StrEnum):
    """What sort of entry a correction is."""

    CAUSE = "cause"
    ANATOMY = "anatomy"
    FORM = "form"
    EXERCISE = "exercise"
    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"
    MOBILITY = "mobility"
    LOAD = "load"
    RECOVERY = "recovery"
    SHOES = "shoes"
    SURFACE = "surface"
    POSTURE = "posture"
    SLEEP = "sleep"
    HYDRATION = "hydration"
    NUTRITION = "nutrition"
    SELF_CHECK = "self_check"
    SIGN = "sign"
    EVIDENCE = "evidence"
    CASE = "case"
    TREATMENT = "treatment"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an article; ``without_advice`` says why it yields no entry, if so."""

    section_id: str
    name: str
    without_advice: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One of the five articles; author and site are empty where the article names none."""

    article_id: str
    title: str
    author: str
    site: str
    sections: Mapping[str, Section]

    @property
    def citation(self) -> str:
        """Return a line for a list of sources, such as ``A4: title. Author, site.``."""
        by = ", ".join(part for part in (self.author, self.site) if part)
        return f"{self.article_id}: {self.title}. {by or 'No author named'}."


@dataclass(frozen=True, slots=True)
class Source:
    """A section of an article, with its names ready to print."""

    article_id: str
    article_title: str
    section_id: str
    section: str

    @property
    def key(self) -> str:
        """Return article and section as in the data, such as ``A1/checklist``."""
        return f"{self.article_id}/{self.section_id}"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that the articles say, in our own words.

    ``sources`` has the main one first; ``serves`` holds keys of `FINDING_LABELS`; ``dose``
    (how much, how often) and ``note`` (what we add) may be empty.
    """

    correction_id: str
    topic: str
    kind: CorrectionKind
    text: str
    sources: tuple[Source, ...]
    serves: tuple[str, ...]
    dose: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a disagreement."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question on which the articles differ; ``reading`` is how gaitcam takes it."""

    disagreement_id: str
    topic: str
    positions: tuple[Position, ...]
    reading: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that should be looked at by a professional."""

    flag_id: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the weekly list, and the entry that explains it."""

    text: str
    correction_id: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One movement test: the question, the answer hoped for, and what to do otherwise."""

    text: str
    good_answer: str
    otherwise: str
    correction_id: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Handbook:
    """All that the articles yield; mappings keep the order of the files."""

    articles: Mapping[str, Article]
    corrections: Mapping[str, Correction]
    disagreements: tuple[Disagreement, ...]
    red_flags: tuple[RedFlag, ...]
    checklist: tuple[ChecklistItem, ...]
    self_screen: tuple[SelfTest, ...]

    def serving(self, finding_key: str) -> tuple[Correction, ...]:
        """Return the entries that serve a finding, in the file's order."""
        return tuple(c for c in self.corrections.values() if finding_key in c.serves)

    def disagreements_on(self, finding_key: str) -> tuple[Disagreement, ...]:
        """Return the disagreements that bear on a finding."""
        return tuple(d for d in self.disagreements if finding_key in d.serves)
