"""What a check of the profile yields: one answer against one rule of the articles."""

from dataclasses import dataclass
from enum import StrEnum

from gaitcam.findings.corrections import load_corrections
from gaitcam.findings.finding import Advice
from gaitcam.findings.handbook import RedFlag, Source


class ProfileKind(StrEnum):
    """How a check of the profile is meant, the most pressing first."""

    RED_FLAG = "red_flag"  # a sign to show to a professional
    CHANGE = "change"  # against an article's rule
    INFORMATION = "information"  # the articles give no limit
    GOOD = "good"  # as an article's rule asks


@dataclass(frozen=True, slots=True)
class ProfileFinding:
    """One answer against one rule.

    ``rule`` is the articles' rule in our words, ``rule_id`` its correction, ``sources`` who
    says so; ``advice`` is what helps besides keeping the rule; ``flags`` are the red flags
    that apply, if any.
    """

    key: str
    kind: ProfileKind
    title: str
    answer: str
    rule: str
    rule_id: str
    sources: tuple[Source, ...]
    advice: tuple[Advice, ...]
    flags: tuple[RedFlag, ...] = ()


def make_finding(
    key: str,
    kind: ProfileKind,
    title: str,
    answer: str,
    rule_id: str,
    action_ids: tuple[str, ...] = (),
    flags: tuple[RedFlag, ...] = (),
) -> ProfileFinding:
    """Return a check's finding; rule and actions are ids of corrections."""
    rule = load_corrections()[rule_id]
    return ProfileFinding(
        key=key,
        kind=kind,
        title=title,
        answer=answer,
        rule=rule.text,
        rule_id=rule_id,
        sources=rule.sources,
        advice=tuple(_advice(action_id) for action_id in action_ids),
        flags=flags,
    )


def _advice(correction_id: str) -> Advice:
    entry = load_corrections()[correction_id]
    main = entry.sources[0]
    return Advice(correction_id, entry.text, main.article_id, main.article_title, main.section)
