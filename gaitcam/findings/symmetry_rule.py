"""The rule on left and right: which differences are compared, and how they are told."""

from gaitcam.findings.finding import FindingKind, ReferenceRange
from gaitcam.findings.landing_rules import FILM_THE_OTHER_SIDE
from gaitcam.findings.rules import Place, Rule, Verdict

USUAL_DIFFERENCE_DEG = 3.0

SYMMETRY_BAND = ReferenceRange(
    -USUAL_DIFFERENCE_DEG,
    USUAL_DIFFERENCE_DEG,
    "deg",
    "Angles of healthy runners differ by 2 to 3° between the legs (63 college runners, "
    "Gait & Posture 2023)",
)

# The angles of left and right that are compared: what each is called, and what more of it is.
SYMMETRY_METRICS = {
    "shank_angle_at_ic_deg": ("shin at contact", "further out in front"),
    "knee_flexion_at_ic_deg": ("knee bend at contact", "more"),
    "peak_knee_flexion_stance_deg": ("knee bend under load", "more"),
    "thigh_angle_at_to_deg": ("thigh at toe-off", "further forward"),
}

_STANDS_OUT = (
    "Compared: {compared_angles}. What stands out most, with its error in mind: "
    "{uneven_metric}, {difference}."
)
_BESIDES = "More than the measurement errs: {other_differences}."
_FAR_LEG = (
    "The leg away from the camera is measured less well: film the other side too before you act "
    "on this."
)
_UNEVEN = Verdict(
    FindingKind.CHANGE,
    ("Left and right differ: {uneven_metric}",),
    (_FAR_LEG,),
    ("cause-uneven-stride",),
    (FILM_THE_OTHER_SIDE,),
)

# No angle differs clearly, but something else does for which no usual difference is known.
UNEVEN_OTHERWISE = Verdict(
    FindingKind.INFORMATION,
    ("Left and right differ: {other_difference}",),
    ("The angles themselves do not differ by more than they err.", _FAR_LEG),
    ("cause-uneven-stride",),
    (FILM_THE_OTHER_SIDE,),
)
# What else is compared, and how a difference is told.
OTHER_DIFFERENCES = {
    "overstride_leg_ratio": "the {side} foot lands {size} of a leg further ahead of the hips",
    "contact_time_s": "the {side} foot stays {size} longer on the ground",
    "step_time_s": "after the {side} foot the next one lands {size} later",
}

SYMMETRY = Rule(
    key="symmetry",
    metric_key="",
    measured=(_STANDS_OUT, _BESIDES),
    band=SYMMETRY_BAND,
    verdicts={
        Place.BELOW: _UNEVEN,
        Place.ABOVE: _UNEVEN,
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Left and right are alike",),
            ("Healthy runners differ that much.",),
            ("cause-uneven-stride",),
        ),
    },
    evidence=(
        "Uneven runners were not hurt more often than even ones (Malisoux 2024, 836 runners); "
        "small differences are the rule.",
    ),
    papers=("asymmetry-2023", "malisoux-2024"),
    related=("contact_time_s", "overstride_leg_ratio"),
)
