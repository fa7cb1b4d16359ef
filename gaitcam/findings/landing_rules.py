"""Rules on where and how often the foot lands: overstride and cadence."""

from gaitcam.findings.finding import FindingKind, ReferenceRange
from gaitcam.findings.rules import (
    EVIDENCE_IS_THIN,
    INFINITY,
    NO_JOINT_DIFFERENCE,
    Action,
    Place,
    Rule,
    Verdict,
)

QUICKER_STEPS = Action(
    "form-shorter-quicker-steps",
    "Shorten your stride a little and step quicker: on easy runs try {cadence_plus_5} steps a "
    "minute, 5 % more than now, as was tested (Heiderscheit 2011); once that feels natural, up to "
    "{cadence_goal}.",
)
UNDER_THE_HIPS = Action("form-foot-under-hips")
FILM_THE_OTHER_SIDE = Action(
    "form-gait-assessment",
    "Film yourself from the other side, too: a leg is measured better when it is near the camera. "
    "If left and right differ there as well, show both clips to a physiotherapist.",
)
METRONOME = Action(
    "form-metronome",
    "Let a metronome app set the beat for a few minutes at a time; then film yourself again "
    "and compare.",
)

_DISTANCE = (
    "At contact your ankle is {overstride_leg_ratio} of a leg length ahead of the middle of "
    "your hips."
)
_IN_METRES = "That is {overstride_m}."
_SIDES = "Left foot {overstride_leg_ratio_left}, right foot {overstride_leg_ratio_right}."
_SHIN = (
    "Your shin is at {shank_angle_at_ic_deg} from vertical (plus: the ankle is ahead of the "
    "knee), and your knee is bent {knee_flexion_at_ic_deg}."
)
_REACHING_BRAKES = "A foot that reaches out past the knee brakes you at each landing."
_NO_LIMIT = (
    "Everyone lands a little ahead of the hips, further at speed, and no study gives a limit: "
    "we compare with runners measured in a laboratory at easy to moderate speed."
)

# Above this the ankle is ahead of the knee by more than 2D video may err (Dingenen 2018).
VERTICAL_SHIN_DEG = 5.0

OVERSTRIDE = Rule(
    key="overstride",
    metric_key="overstride_leg_ratio",
    measured=(_DISTANCE, _IN_METRES, _SIDES, _SHIN),
    band=ReferenceRange(
        low=-INFINITY,
        high=0.25,
        unit="leg lengths",
        source="16 to 23 % of leg length in three runners at 2.0 to 3.5 m/s, measured with "
        "markers and force plates (computed from public data: Fukuchi 2017; Hamner & Delp "
        "2013), and 2 % for the error of video; and a shin that is not about vertical "
        "(Lieberman 2015, Souza 2016)",
    ),
    verdicts={
        Place.ABOVE: Verdict(
            FindingKind.CHANGE,
            (
                "Your foot lands far ahead of your hips: {overstride_m}",
                "Your foot lands far ahead of your hips: {overstride_leg_ratio} of your leg",
            ),
            (_REACHING_BRAKES, _NO_LIMIT),
            ("cause-overstriding",),
            (QUICKER_STEPS, UNDER_THE_HIPS, METRONOME),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your foot lands close under you: no overstriding",),
            (_NO_LIMIT,),
            ("cause-overstriding",),
        ),
    },
    evidence=(
        "Braking grows with the distance from foot to hip, and impact with that from foot to "
        "knee (Lieberman 2015, 14 runners); the distance also goes with the load on the knee "
        "(Wille 2014).",
        "Women with pain of the sacroiliac joint reached further out with the shin than women "
        "without (Whitney 2022, 18 and 63 runners).",
        NO_JOINT_DIFFERENCE,
        EVIDENCE_IS_THIN,
    ),
    papers=(
        "lieberman-2015",
        "souza-2016",
        "fukuchi-2017",
        "hamner-2013",
        "heiderscheit-2011",
        "dingenen-2018",
        "wille-2014",
        "whitney-2022",
        "drozda-2024",
        "smith-2022",
    ),
    related=(
        "overstride_m",
        "shank_angle_at_ic_deg",
        "heel_to_hip_at_ic_leg_ratio",
        "knee_flexion_at_ic_deg",
    ),
)

# Far ahead of the hips, but below the knee.
AHEAD_BELOW_KNEE = Verdict(
    FindingKind.INFORMATION,
    ("Your foot lands ahead of your hips, but below your knee",),
    (
        "The shin is about vertical, which is what studies advise (Lieberman 2015), so this is "
        "no overstriding.",
        _NO_LIMIT,
    ),
    ("cause-overstriding",),
)

# What is told where one foot is judged alone.
ONE_FOOT_MEASURED = (
    _DISTANCE,
    _IN_METRES,
    _SIDES,
    "Your {far_foot} shin is at {far_foot_shin_deg} from vertical (plus: the ankle is ahead of the "
    "knee), and that knee is bent {far_foot_knee_deg}.",
)
# The mean of both feet lies within the range, or too near to its edge to say.
ONE_FOOT_AHEAD = Verdict(
    FindingKind.CHANGE,
    (
        "Your {far_foot} foot lands far ahead of your hips: {far_foot_m}",
        "Your {far_foot} foot lands far ahead of your hips: {far_foot_leg_ratio} of your leg",
    ),
    (
        "Both feet together are not clearly outside the range; the {far_foot} foot alone is.",
        _REACHING_BRAKES,
        _NO_LIMIT,
    ),
    ("cause-overstriding", "cause-uneven-stride"),
    (
        FILM_THE_OTHER_SIDE,
        UNDER_THE_HIPS,
        QUICKER_STEPS,
    ),
)

SLOWEST_USUAL_CADENCE_SPM = 154.0  # 77 strides/min, self-chosen at 2.4 m/s (van Oeveren 2017)

_CADENCES = (
    "Article A1 asks everyone for 170 to 180.",
    "Height and speed matter: inexperienced runners left to themselves took 154 to 160 at "
    "2.4 to 2.9 m/s (van Oeveren 2017).",
)

CADENCE = Rule(
    key="cadence",
    metric_key="cadence_spm",
    measured=("You take {cadence_spm} steps a minute.",),
    band=ReferenceRange(170.0, 180.0, "spm", "Article A1: 170 to 180 steps a minute"),
    verdicts={
        Place.BELOW: Verdict(
            FindingKind.CHANGE,
            ("Your cadence is below article A1's range: {cadence_spm} steps a minute",),
            (
                *_CADENCES,
                "What was tested is 5 to 10 % more than one's own (Heiderscheit 2011).",
            ),
            ("cause-overstriding",),
            (QUICKER_STEPS, METRONOME, Action("form-cadence")),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your cadence is in article A1's range: {cadence_spm} steps a minute",),
            _CADENCES,
            ("cause-overstriding",),
        ),
        Place.ABOVE: Verdict(
            FindingKind.INFORMATION,
            ("Your cadence is quick: {cadence_spm} steps a minute",),
            (
                "That is more than article A1 asks for.",
                "No article asks anyone to slow their steps.",
                *_CADENCES,
            ),
            ("cause-overstriding",),
        ),
    },
    evidence=(
        "Runners with low-back pain took fewer steps than those without: 166, give or take 10, "
        "against 171, give or take 9 (Drozda 2024, 104 runners).",
        "In runners with a quicker cadence the spine shrank less over an hour's run (Rodacki "
        "2024, 15 runners).",
        "Steps 5 % quicker took load off the knee, and 10 % off the hip too (Heiderscheit 2011, "
        "45 runners). Whether they ease back pain has not been tested.",
    ),
    papers=("drozda-2024", "rodacki-2024", "heiderscheit-2011", "van-oeveren-2017"),
    related=("step_time_s", "stride_time_s"),
)

# Below the article's range, but usual, and no foot that clearly lands far ahead.
USUAL_CADENCE = Verdict(
    FindingKind.INFORMATION,
    ("Your cadence is {cadence_spm} steps a minute, below article A1's 170",),
    (
        *_CADENCES,
        "{foot_is_close}, so your steps need no change.",
        "If your back is sore after runs, 5 % more ({cadence_plus_5}) is a small thing to try.",
    ),
    ("cause-overstriding",),
    (QUICKER_STEPS,),
)

LANDING_RULES = (OVERSTRIDE, CADENCE)
