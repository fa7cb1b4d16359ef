"""Load, shoes, surfaces, strength and mobility against the articles' numbers."""

from itertools import pairwise

from gaitcam.findings.profile_file import Profile
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind, make_finding
from gaitcam.findings.questions import HARD_SURFACES

KM_PER_MILE = 1.609344
MOST_WEEKLY_INCREASE = 0.10  # A1, A4
MOST_RESTART_MILES = (10.0, 11.0)  # A4: in the first week, and in the second
SHOE_MILES = (300.0, 500.0)  # A3, A5
LEAST_STRENGTH_SESSIONS = 2  # A1, A4
LEAST_WARM_UP_MINUTES = 5  # A1
EVERY_DAY = 7


def _largest_step(profile: Profile) -> tuple[float, float, float] | None:
    """Return the largest growth from one week to the next, and both weeks' distances."""
    weeks = profile.weekly_distances or ()
    steps = [
        (round(later / earlier - 1, 6), earlier, later)
        for earlier, later in pairwise(weeks)
        if earlier
    ]
    return max(steps, default=None)


def check_weekly_increase(profile: Profile) -> ProfileFinding | None:
    """Check the largest step in weekly distance against the 10 % rule."""
    step = _largest_step(profile)
    if step is None:
        return None
    increase, earlier, later = step
    answer = f"Your largest step was from {earlier:g} to {later:g} {profile.distance_unit} a week"
    if increase > MOST_WEEKLY_INCREASE:
        return make_finding(
            "weekly_increase",
            ProfileKind.CHANGE,
            f"Your weekly distance grew by {100 * increase:.0f} %",
            f"{answer}; 10 % more would have been {1.1 * earlier:.3g}.",
            "load-ten-percent",
        )
    return make_finding(
        "weekly_increase",
        ProfileKind.GOOD,
        "Your weekly distance grows gently",
        f"{answer}." if increase > 0 else "Your distance did not grow.",
        "load-ten-percent",
    )


def _miles(distance: float, profile: Profile) -> float:
    return distance if profile.distance_unit == "mi" else distance / KM_PER_MILE


def check_restart(profile: Profile) -> ProfileFinding | None:
    """Check the first two weeks after a break.

    Of larger steps within that, or later ones, `check_weekly_increase` speaks; there is no praise
    beside it.
    """
    weeks = (profile.weekly_distances or ())[: len(MOST_RESTART_MILES)]
    if not profile.is_restarting or not weeks:
        return None
    within = [
        _miles(week, profile) <= most for week, most in zip(weeks, MOST_RESTART_MILES, strict=False)
    ]
    step = _largest_step(profile)
    if all(within) and step is not None and step[0] > MOST_WEEKLY_INCREASE:
        return None
    titles = ("You start again with a lot", "You add a lot in the second week")
    return make_finding(
        "restart_distance",
        ProfileKind.GOOD if all(within) else ProfileKind.CHANGE,
        "You start again gently" if all(within) else titles[within.index(False)],
        f"First weeks in the list: {', '.join(f'{w:g}' for w in weeks)} {profile.distance_unit}.",
        "load-restart",
        () if all(within) else ("load-ten-percent",),
    )


def check_rest(profile: Profile) -> ProfileFinding | None:
    """Check for days without running."""
    if profile.rest_days_per_week is None:
        return None
    rests = profile.rest_days_per_week >= 1
    return make_finding(
        "rest",
        ProfileKind.GOOD if rests else ProfileKind.CHANGE,
        "You have days without running" if rests else "You run every day",
        f"Days without running: {profile.rest_days_per_week:g} a week.",
        "recovery-between-hard-runs",
        () if rests else ("cross-training-days",),
    )


def check_shoes(profile: Profile) -> ProfileFinding | None:
    """Check the shoes' distance."""
    if profile.shoe_distance is None:
        return None
    miles = _miles(profile.shoe_distance, profile)
    due, over = SHOE_MILES
    if miles > over:
        kind, title = ProfileKind.CHANGE, "Your shoes are past their distance"
    elif miles >= due:
        kind, title = ProfileKind.CHANGE, "Your shoes are due to be replaced"
    else:
        kind, title = ProfileKind.GOOD, "Your shoes are fresh enough"
    return make_finding(
        "shoes",
        kind,
        title,
        f"Your shoes have run {profile.shoe_distance:g} {profile.distance_unit}.",
        "shoes-replace",
        ("shoes-fit",) if kind is ProfileKind.CHANGE else (),
    )


def check_surfaces(profile: Profile) -> ProfileFinding | None:
    """Check for hard ground only."""
    if not profile.surfaces:
        return None
    only_hard = all(surface in HARD_SURFACES for surface in profile.surfaces)
    return make_finding(
        "surfaces",
        ProfileKind.CHANGE if only_hard else ProfileKind.GOOD,
        "You run on hard ground only" if only_hard else "You do not run on hard ground only",
        f"You run on {', '.join(profile.surfaces)}.",
        "surface-vary",
        ("surface-soft", "surface-smooth") if only_hard else (),
    )


def check_strength(profile: Profile) -> ProfileFinding | None:
    """Check the number of strength sessions."""
    sessions = profile.strength_sessions_per_week
    if sessions is None:
        return None
    enough = sessions >= LEAST_STRENGTH_SESSIONS
    return make_finding(
        "strength",
        ProfileKind.GOOD if enough else ProfileKind.CHANGE,
        "You train strength often enough" if enough else "Too little strength training",
        f"Strength sessions: {sessions:g} a week; the articles ask for 2 to 3.",
        "strength-sessions",
        () if enough else ("exercise-glute-bridge", "exercise-dead-bug", "exercise-plank"),
    )


def check_warm_up(profile: Profile) -> ProfileFinding | None:
    """Check the warm-up before runs."""
    minutes = profile.warm_up_minutes
    if minutes is None:
        return None
    enough = minutes >= LEAST_WARM_UP_MINUTES
    return make_finding(
        "warm_up",
        ProfileKind.GOOD if enough else ProfileKind.CHANGE,
        "You warm up" if enough else "Your warm-up is short or missing",
        f"Warm-up: {minutes:g} minutes; article A1 asks for 5 to 10.",
        "warm-up-dynamic",
        () if enough else ("warm-up-moves", "warm-up-core"),
    )


def check_stretching(profile: Profile) -> ProfileFinding | None:
    """Check for daily stretches."""
    days = profile.stretch_days_per_week
    if days is None:
        return None
    enough = days >= EVERY_DAY
    return make_finding(
        "flexibility",
        ProfileKind.GOOD if enough else ProfileKind.CHANGE,
        "You stretch daily" if enough else "Article A1 asks for daily stretches",
        f"Stretching hip flexors and hamstrings: {days:g} days a week.",
        "mobility-hip-flexors",
        () if enough else ("mobility-daily",),
    )


def check_sitting(profile: Profile) -> ProfileFinding | None:
    """Report the hours of sitting; the articles give no limit."""
    hours = profile.sitting_hours_per_day
    if hours is None:
        return None
    return make_finding(
        "sitting",
        ProfileKind.INFORMATION,
        f"You sit about {hours:g} hours a day",
        f"{hours:g} hours a day. The articles warn of long sitting but give no number.",
        "cause-tight-hip-flexors",
        ("posture-sitting", "mobility-hip-flexors"),
    )
