"""What a rule is: a metric, the range that it is compared with, and the words for each case.

Sentences are templates over the run's facts (`facts.py`); one that needs a fact which the
clip does not give is left out.  Rules are data: `landing_rules.py`, `stance_rules.py`,
`posture_rules.py`, `symmetry_rule.py`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from gaitcam.findings.finding import FindingKind, ReferenceRange
from gaitcam.vocabulary import Side

INFINITY = float("inf")


class Place(StrEnum):
    """Where a value lies relative to its range."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"
    NO_RANGE = "no_range"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: a correction, and a sentence of its own where it can be sharper."""

    correction_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say of a value in one place.

    ``titles``: the first whose facts are known is used.  ``why`` are ids of corrections
    that tell what it means for the back; at most three ``actions``, the first first.
    """

    kind: FindingKind
    titles: tuple[str, ...]
    explanation: tuple[str, ...]
    why: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How one metric is read; without a citable ``band`` it is reported, not judged.

    ``measured`` are sentences that stand before whatever the verdict says; ``side`` is the foot
    that is read alone.
    """

    key: str
    metric_key: str
    band: ReferenceRange | None
    verdicts: dict[Place, Verdict]
    evidence: tuple[str, ...]
    papers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    is_estimate: bool = False
    measured: tuple[str, ...] = ()
    side: Side | None = None

    def with_verdict(self, place: Place, verdict: Verdict) -> "Rule":
        """Return the same rule with another verdict for one place."""
        return replace(self, verdicts={**self.verdicts, place: verdict})


EVIDENCE_IS_THIN = (
    "That a way of running causes back pain has not been shown: a review of 97 studies found "
    "no difference in how far back, pelvis and hips move (Smith 2022)."
)
NO_JOINT_DIFFERENCE = (
    "In 104 runners, those with and without low-back pain moved their joints alike (Drozda 2024)."
)
