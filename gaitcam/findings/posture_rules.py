"""Rules on how the body is carried: trunk, head, hips, pelvis, bounce, arms."""

from dataclasses import replace

from gaitcam.findings.finding import FindingKind, ReferenceRange
from gaitcam.findings.rules import (
    EVIDENCE_IS_THIN,
    NO_JOINT_DIFFERENCE,
    Action,
    Place,
    Rule,
    Verdict,
)

_LEAN = "While a foot is on the ground, your trunk leans {trunk_lean_deg} from the vertical."
_LEAN_ARTICLES = (
    "The articles differ: upright (A2), a slight forward lean (A3), and not too far forward "
    "(A1, A5) or back (A2)."
)

TRUNK_LEAN = Rule(
    key="trunk_lean",
    metric_key="trunk_lean_deg",
    measured=(_LEAN,),
    band=ReferenceRange(
        0.0,
        15.0,
        "deg",
        "7.3°, give or take 3.6°, in 24 runners at 3.4 m/s (Teng & Powers 2014): about mean "
        "and two standard deviations",
    ),
    verdicts={
        Place.BELOW: Verdict(
            FindingKind.CHANGE,
            ("You lean back: {trunk_lean_deg}",),
            ("A minus sign means back.", _LEAN_ARTICLES),
            ("cause-lean-back",),
            (
                Action(
                    "form-slight-lean",
                    "Let the whole body tip forward a little from the ankles, not from the waist.",
                ),
                Action("form-engage-core"),
                Action("exercise-plank"),
            ),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your trunk lean is in the usual range: {trunk_lean_deg} forward",),
            (_LEAN_ARTICLES,),
            ("cause-lean-forward", "cause-lean-back"),
        ),
        Place.ABOVE: Verdict(
            FindingKind.CHANGE,
            ("You lean far forward: {trunk_lean_deg}",),
            ("More than most runners do.", _LEAN_ARTICLES),
            ("cause-lean-forward",),
            (
                Action("form-upright", "Run taller: think of a string that lifts your head."),
                Action("exercise-plank"),
                Action("form-engage-core"),
            ),
        ),
    },
    evidence=(
        "Leaning forward takes load off the knee (Teng & Powers 2014). We know of no study that "
        "ties it to back pain in runners.",
        NO_JOINT_DIFFERENCE,
    ),
    papers=("teng-2014", "drozda-2024"),
    related=("trunk_lean_at_ic_deg",),
)

UPPER_BODY = Rule(
    key="upper_body",
    metric_key="head_forward_deg",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("Your ears are {head_forward_deg} forward of your shoulders",),
            (
                "Measured from shoulders to ears, against the vertical.",
                "About 8 of 10 of your steps lay {head_forward_deg_range}.",
                "Some forward angle is ordinary, and there is no range to compare with. Look at "
                "the pictures: is the neck long and the upper back open, or are you hunching?",
            ),
            ("cause-hunching",),
            (
                Action("form-relaxed-shoulders"),
                Action("form-upright"),
                Action("mobility-thoracic"),
            ),
        ),
    },
    evidence=("We know of no study that ties the carriage of the head to back pain in runners.",),
)

HIP_EXTENSION = Rule(
    key="hip_extension",
    metric_key="thigh_angle_at_to_deg",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("At toe-off your thigh is at {thigh_angle_at_to_deg} (minus: behind you)",),
            (
                "About 8 of 10 of your steps lay {thigh_angle_at_to_deg_range}.",
                "How much a runner needs is not known and depends on speed (Souza 2016), so "
                "this is not judged.",
                "If it seems little: is the front of your hip tight when you lunge (A1's "
                "self-test)?",
            ),
            ("cause-tight-hip-flexors", "cause-weak-glutes"),
            (
                Action("mobility-hip-flexors"),
                Action("exercise-glute-bridge"),
                Action("mobility-daily"),
            ),
        ),
    },
    evidence=(
        "Runners who extend the hip less tip the pelvis further forward (Schache 2000, 14 "
        "athletes; Franz 2009, 73 runners). How supple the hip was on the couch did not tell "
        "how it moved in running (Schache 2000).",
        EVIDENCE_IS_THIN,
    ),
    papers=("souza-2016", "schache-2000", "franz-2009", "smith-2022"),
    related=("peak_thigh_flexion_swing_deg",),
)

PELVIS_ACTIONS = (
    Action("exercise-glute-bridge"),
    Action("exercise-dead-bug"),
    Action("mobility-hip-flexors"),
)
PELVIS = Rule(
    key="pelvic_tilt",
    metric_key="pelvic_tilt_estimate_deg",
    band=None,
    is_estimate=True,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("Pelvic tilt, an estimate: {pelvic_tilt_estimate_deg} forward",),
            (
                "A side view without markers does not show the pelvis. This figure is derived "
                "from trunk and thighs, can be off by more than 10°, and is not judged.",
                "Measured with markers, runners differ widely: 10 to 30°, and about 20° between "
                "two people at the same task (Schache 2000).",
            ),
            ("cause-pelvic-tilt",),
            PELVIS_ACTIONS,
        ),
    },
    evidence=(
        "The pelvis moved alike in runners with and without low-back pain (Drozda 2024).",
        EVIDENCE_IS_THIN,
    ),
    papers=("schache-2000", "drozda-2024", "smith-2022"),
    related=("thigh_angle_at_to_deg", "trunk_lean_deg"),
)

# With stickers on the pelvis the tilt is measured; it still has no range of right and wrong.
MEASURED_PELVIS = replace(
    PELVIS,
    metric_key="pelvic_tilt_measured_deg",
    is_estimate=False,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("Pelvic tilt, measured: {pelvic_tilt_measured_deg} forward",),
            (
                "This is the line between your two stickers, over the stride. A sticker that sits "
                "{sticker_slip} off changes it by about 4°.",
                "Runners differ widely: 10 to 30°, and about 20° between two people at the same "
                "task (Schache 2000), so it is not judged.",
            ),
            ("cause-pelvic-tilt",),
            PELVIS_ACTIONS,
        ),
    },
)

BOUNCE = Rule(
    key="bounce",
    metric_key="vertical_oscillation_leg_ratio",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            (
                "Your trunk and head rise and fall by {vertical_oscillation_m} with each step",
                "Your trunk and head rise and fall by {vertical_oscillation_leg_ratio} of your leg "
                "length",
            ),
            (
                "That is {vertical_oscillation_leg_ratio} of your leg length.",
                "It depends on speed and height, so there is no range for all. If you bounce "
                "more than you like, quicker steps lower it (Heiderscheit 2011).",
            ),
            (),
            (Action("form-neutral-spine"),),
        ),
    },
    evidence=("We know of no study that ties bounce to back pain.",),
    papers=("heiderscheit-2011",),
    related=("vertical_oscillation_m",),
)

ARMS = Rule(
    key="arm_swing",
    metric_key="arm_swing_deg",
    band=None,
    verdicts={
        Place.NO_RANGE: Verdict(
            FindingKind.INFORMATION,
            ("Your upper arm swings through {arm_swing_deg}",),
            (
                "Measured on the arm that the camera sees; its elbow is bent {elbow_flexion_deg}.",
                "Article A2 asks for a natural swing in time with the legs and loose shoulders; "
                "there is no range to compare with.",
            ),
            (),
            (Action("form-arm-swing"), Action("form-relaxed-shoulders")),
        ),
    },
    evidence=(
        "Arms that swing save energy and keep trunk and pelvis from turning (Arellano & Kram "
        "2014).",
    ),
    papers=("arellano-2014",),
    related=("elbow_flexion_deg",),
)

POSTURE_RULES = (TRUNK_LEAN, HIP_EXTENSION, PELVIS, BOUNCE, UPPER_BODY, ARMS)
