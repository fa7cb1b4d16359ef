"""What the runner tells of back pain, against the articles' signs of danger and advice."""

from gaitcam.findings.corrections import load_red_flags
from gaitcam.findings.handbook import RedFlag
from gaitcam.findings.profile_file import Profile
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind, make_finding
from gaitcam.findings.questions import quote_answer

PAIN_HOURS_LIMIT = 24  # A1
PAIN_DAYS_LIMIT = 14  # A5: two weeks
CONDITION = "known-condition"

# The question whose answer raises each red flag: a yes, or a number above the limit.
QUESTION_KEYS = {
    "sharp": "pain_is_sharp",
    "radiating": "pain_spreads",
    "numbness": "has_numbness",
    "over-24-hours": "pain_hours_after_run",
    "over-two-weeks": "pain_days",
    "worsening": "pain_worsens",
    "daily-life": "pain_limits_daily_life",
    CONDITION: "has_back_condition",
}
LIMITS = {"pain_hours_after_run": PAIN_HOURS_LIMIT, "pain_days": PAIN_DAYS_LIMIT}


def raised_flags(profile: Profile) -> tuple[RedFlag, ...]:
    """Return the red flags that the answers raise."""
    return tuple(
        flag for flag in load_red_flags() if _is_raised(QUESTION_KEYS[flag.flag_id], profile)
    )


def _is_raised(key: str, profile: Profile) -> bool:
    answer: bool | float | None = getattr(profile, key)
    return answer is not None and answer > LIMITS.get(key, 0)


def _answers_to(flags: tuple[RedFlag, ...], profile: Profile) -> str:
    keys = [QUESTION_KEYS[flag.flag_id] for flag in flags]
    return " ".join(quote_answer(key, getattr(profile, key)) for key in keys)


def check_flags(profile: Profile) -> ProfileFinding | None:
    """Check for signs of danger in the pain itself."""
    flags = tuple(flag for flag in raised_flags(profile) if flag.flag_id != CONDITION)
    if not flags:
        return None
    return make_finding(
        "pain_urgent",
        ProfileKind.RED_FLAG,
        "Please have your back looked at before you run on",
        _answers_to(flags, profile),
        "professional-medical-advice",
        ("professional-therapist", "pain-note-symptoms"),
        flags,
    )


def check_condition(profile: Profile) -> ProfileFinding | None:
    """Check for a known back condition."""
    flags = tuple(flag for flag in raised_flags(profile) if flag.flag_id == CONDITION)
    if not flags:
        return None
    return make_finding(
        "condition",
        ProfileKind.RED_FLAG,
        "Ask for medical advice on running with your back condition",
        _answers_to(flags, profile),
        "cause-conditions",
        ("professional-medical-advice", "professional-sciatica"),
        flags,
    )


def check_pain(profile: Profile) -> ProfileFinding | None:
    """Check pain without signs of danger; with such signs `check_flags` speaks alone."""
    if profile.has_pain is None or raised_flags(profile):
        return None
    if not profile.has_pain:
        return make_finding(
            "pain_pattern",
            ProfileKind.GOOD,
            "Your back does not hurt",
            "No back pain in or after running.",
            "pain-normal-or-not",
        )
    return make_finding(
        "pain_pattern",
        ProfileKind.CHANGE,
        "Your back hurts: run less for a while and work on the cause",
        _pain_in_words(profile),
        "load-cut-back",
        ("professional-therapist", "load-rebuild"),
    )


def _pain_in_words(profile: Profile) -> str:
    times = [time.replace("_", " ") for time in profile.pain_times or ()]
    details = [
        f"when: {', '.join(times)}" if times else "",
        f"where: {profile.pain_place.replace('_', ' ')}" if profile.pain_place else "",
        _amount("lasting", profile.pain_hours_after_run, "hours after a run"),
        _amount("for", profile.pain_days, "days now"),
    ]
    known = "; ".join(detail for detail in details if detail)
    return f"Your lower back hurts{f' ({known})' if known else ''}."


def _amount(before: str, value: float | None, after: str) -> str:
    return "" if value is None else f"{before} {value:g} {after}"
