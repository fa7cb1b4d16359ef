"""What the runner tells of themselves, read and checked against the articles' rules."""

from collections.abc import Callable

from gaitcam.findings.answers import parse_answer
from gaitcam.findings.habit_checks import (
    check_rest,
    check_restart,
    check_shoes,
    check_sitting,
    check_strength,
    check_stretching,
    check_surfaces,
    check_warm_up,
    check_weekly_increase,
)
from gaitcam.findings.pain_checks import check_condition, check_flags, check_pain
from gaitcam.findings.profile_file import (
    Profile,
    make_profile,
    parse_profile,
    profile_as_toml,
    read_profile,
)
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind
from gaitcam.findings.questions import QUESTIONS, Question
from gaitcam.findings.yes_no_checks import YES_NO_RULES, yes_no_check

__all__ = [
    "QUESTIONS",
    "Profile",
    "ProfileFinding",
    "ProfileKind",
    "Question",
    "check_profile",
    "make_profile",
    "parse_answer",
    "parse_profile",
    "profile_as_toml",
    "read_profile",
]

CHECKS: tuple[Callable[[Profile], ProfileFinding | None], ...] = (
    check_flags,
    check_condition,
    check_pain,
    check_weekly_increase,
    check_restart,
    check_shoes,
    check_strength,
    check_warm_up,
    check_surfaces,
    check_rest,
    check_stretching,
    *(yes_no_check(rule) for rule in YES_NO_RULES),
    check_sitting,
)


def check_profile(profile: Profile) -> tuple[ProfileFinding, ...]:
    """Return what the articles' rules say of the answers, the most pressing first.

    A question without an answer yields nothing.
    """
    found = [check(profile) for check in CHECKS]
    order = tuple(ProfileKind)
    return tuple(sorted((f for f in found if f), key=lambda f: order.index(f.kind)))
