"""What to do first: the advice, the finding it comes from, and how sure that one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gaitcam.findings.assess import MOST_ACTIONS, top_actions
from gaitcam.findings.finding import Advice, Finding, FindingKind

LITTLE_SURE = "low"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One piece of advice and the finding that it follows from."""

    advice: Advice
    finding: Finding

    @property
    def is_sure(self) -> bool:
        """Whether the clip shows the finding with more than little sureness."""
        return self.finding.sure != LITTLE_SURE


def first_steps(findings: Sequence[Finding]) -> tuple[FirstStep, ...]:
    """Return the few things to do first; what the clip shows with little sureness comes last.

    Such advice only fills the places that surer findings leave, so that nobody works on what may
    be an error of measurement before what is plain to see.
    """
    sure = _steps(f for f in findings if f.sure != LITTLE_SURE)
    named = {step.advice.correction_id for step in sure}
    unsure = _steps(f for f in findings if f.sure == LITTLE_SURE)
    rest = tuple(step for step in unsure if step.advice.correction_id not in named)
    return (*sure, *rest)[:MOST_ACTIONS]


def _steps(findings: Iterable[Finding]) -> tuple[FirstStep, ...]:
    changes = tuple(f for f in findings if f.kind is FindingKind.CHANGE)
    return tuple(
        FirstStep(advice, next(f for f in changes if advice in f.advice))
        for advice in top_actions(changes)
    )
