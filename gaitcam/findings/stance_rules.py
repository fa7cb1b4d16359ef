"""Rules on the foot on the ground: foot strike, knee, contact time."""

from gaitcam.findings.finding import FindingKind, ReferenceRange
from gaitcam.findings.landing_rules import QUICKER_STEPS, UNDER_THE_HIPS
from gaitcam.findings.rules import (
    EVIDENCE_IS_THIN,
    NO_JOINT_DIFFERENCE,
    Action,
    Place,
    Rule,
    Verdict,
)

_STRIKE = (
    "At contact the sole is tilted {foot_inclination_at_ic_deg}, toes up counting as positive.",
    "There is no limit at which this angle counts as wrong (Souza 2016).",
)

FOOT_STRIKE = Rule(
    key="foot_strike",
    metric_key="foot_inclination_at_ic_deg",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("You land on the {foot_strike}", "How your foot lands"),
            (*_STRIKE, "Articles A2 and A3 prefer the middle of the foot."),
            (),
        ),
    },
    evidence=(
        "A steeper foot goes with more braking and more load on the knee (Wille 2014); where "
        "the foot lands matters as much as which part of it.",
        EVIDENCE_IS_THIN,
    ),
    papers=("wille-2014", "souza-2016", "smith-2022", "heiderscheit-2011"),
    related=("heel_to_hip_at_ic_leg_ratio",),
)

HEEL_FIRST_AHEAD = Verdict(
    FindingKind.INFORMATION,
    ("You land on the heel, with the foot ahead of you",),
    (
        *_STRIKE,
        "A heel landing is common and no fault in itself; together with a foot that lands "
        "ahead, it is what articles A1 and A3 warn of.",
        "Bring the foot under you first: the strike often follows.",
    ),
    ("cause-heavy-heel",),
    (QUICKER_STEPS, Action("form-midfoot"), Action("form-incline-treadmill")),
)

HEEL_FIRST = Verdict(
    FindingKind.INFORMATION,
    ("You land on the heel",),
    (
        *_STRIKE,
        "Most runners do; articles A2 and A3 prefer the middle of the foot.",
        "{foot_is_close}, so your landing needs no change.",
    ),
    ("cause-heavy-heel",),
)

KNEE = Rule(
    key="knee_flexion",
    metric_key="peak_knee_flexion_stance_deg",
    measured=("The knee bends up to {peak_knee_flexion_stance_deg} under load.",),
    band=ReferenceRange(
        37.3,
        55.3,
        "deg",
        "46.3°, give or take 4.5°, in 45 runners (Heiderscheit 2011): mean and two standard "
        "deviations",
    ),
    verdicts={
        Place.BELOW: Verdict(
            FindingKind.CHANGE,
            ("Your knee bends little while the foot is down: {peak_knee_flexion_stance_deg}",),
            (
                "Much less than 45° suggests little cushioning (Souza 2016).",
                "The articles do not speak of the knee, but they ask for light landings.",
            ),
            ("cause-heavy-heel",),
            (
                Action(
                    "form-neutral-spine",
                    "Land lightly, as if to make no sound, and let the knee give.",
                ),
                Action("exercise-compound"),
                UNDER_THE_HIPS,
            ),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your knee cushions the landing: it bends {peak_knee_flexion_stance_deg}",),
            ("That is usual.",),
        ),
        Place.ABOVE: Verdict(
            FindingKind.INFORMATION,
            ("Your knee bends a lot while the foot is down: {peak_knee_flexion_stance_deg}",),
            ("That is more than is usual; no article warns of it.",),
            ("cause-weak-hips",),
        ),
    },
    evidence=(
        "Women with pain of the sacroiliac joint landed with a straighter knee than women "
        "without (Whitney 2022).",
        NO_JOINT_DIFFERENCE,
    ),
    papers=("heiderscheit-2011", "souza-2016", "whitney-2022", "drozda-2024"),
    related=("knee_flexion_at_ic_deg",),
)

CONTACT_TIME = Rule(
    key="contact_time",
    metric_key="contact_time_s",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("Each foot is on the ground for {contact_time_s}",),
            (
                "That is {duty_factor_ratio} of a full stride.",
                "Contact gets shorter with speed, so there is no range for all; at an easy "
                "2.7 m/s, groups of adults averaged 270 to 280 ms (Karamanidis & Arampatzis "
                "2005).",
            ),
        ),
    },
    evidence=("We know of no study that ties the time on the ground to back pain.",),
    papers=("karamanidis-2005",),
    related=("duty_factor_ratio", "flight_time_s"),
)

STANCE_RULES = (KNEE, FOOT_STRIKE, CONTACT_TIME)
