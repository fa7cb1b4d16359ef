"""Questions whose answer, yes or no, settles the matter."""

from collections.abc import Callable
from dataclasses import dataclass

from gaitcam.findings.profile_file import Profile
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind, make_finding
from gaitcam.findings.questions import quote_answer


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question whose answer alone decides: ``good`` is the answer hoped for."""

    field: str
    good: bool
    key: str
    good_title: str
    other_title: str
    rule_id: str
    action_ids: tuple[str, ...]


YES_NO_RULES = (
    YesNo(
        "strength_covers_core",
        True,
        "core_strength",
        "Your strength work covers the core",
        "Your strength work leaves out the core",
        "exercise-core",
        ("exercise-plank", "exercise-dead-bug", "exercise-bird-dog"),
    ),
    YesNo(
        "stretches_after_runs",
        True,
        "cool_down",
        "You stretch after runs",
        "No stretches after runs",
        "cool-down-static",
        ("foam-rolling",),
    ),
    YesNo(
        "does_cross_train",
        True,
        "cross_training",
        "You do other sports besides running",
        "Running only",
        "cross-training",
        ("cross-training-days",),
    ),
    YesNo(
        "sleeps_well",
        True,
        "sleep",
        "You sleep well",
        "Your sleep could be better",
        "sleep",
        (),
    ),
    YesNo(
        "drinks_enough",
        True,
        "hydration",
        "You drink enough",
        "You drink too little",
        "hydration",
        (),
    ),
    YesNo(
        "can_plank_60_s",
        True,
        "core_strength",
        "You can hold a plank for 60 seconds",
        "Under 60 seconds of plank: the core may need work",
        "self-screen",
        ("exercise-plank", "exercise-dead-bug"),
    ),
    YesNo(
        "feels_glutes_in_bridge",
        True,
        "strength",
        "Your buttocks work in the bridge",
        "You do not feel your buttocks in the bridge: they may do too little",
        "self-screen",
        ("exercise-glute-bridge", "exercise-clamshell"),
    ),
    YesNo(
        "hip_is_tight_in_lunge",
        False,
        "flexibility",
        "Your hip is free in the lunge",
        "The front of your hip is tight in the lunge",
        "self-screen",
        ("mobility-hip-flexors", "mobility-daily"),
    ),
)


def yes_no_check(item: YesNo) -> Callable[[Profile], ProfileFinding | None]:
    """Return the check of one plain yes or no; it yields nothing without an answer."""

    def check(profile: Profile) -> ProfileFinding | None:
        answer = getattr(profile, item.field)
        if answer is None:
            return None
        is_good = answer is item.good
        return make_finding(
            item.key,
            ProfileKind.GOOD if is_good else ProfileKind.CHANGE,
            item.good_title if is_good else item.other_title,
            quote_answer(item.field, answer),
            item.rule_id,
            () if is_good else item.action_ids,
        )

    return check
