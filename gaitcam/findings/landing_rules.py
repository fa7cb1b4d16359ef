"""Rules on how the foot meets the ground: overstride, cadence, foot strike, knee, contact."""

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
    "minute, 5 % more than now; once that feels natural, up to {cadence_plus_10}.",
)
UNDER_THE_HIPS = Action("form-foot-under-hips")
METRONOME = Action(
    "form-metronome",
    "Let a metronome app set the beat for a few minutes at a time; then film yourself again "
    "and compare.",
)

_SHIN = (
    "At contact your shin is at {shank_angle_at_ic_deg} from vertical; plus means that the "
    "ankle is ahead of the knee."
)
_DISTANCE = "The ankle is {overstride_m} ahead of the middle of your hips"
_DISTANCES = (
    _DISTANCE + ", {overstride_leg_ratio} of your leg length.",
    "Everyone lands a little ahead of the hips, and no study gives a limit for the distance "
    "itself; so it is the shin that is compared.",
)

OVERSTRIDE = Rule(
    key="overstride",
    metric_key="shank_angle_at_ic_deg",
    band=ReferenceRange(
        low=-INFINITY,
        high=5.0,
        unit="deg",
        source="Shin about vertical at landing (Lieberman 2015; Souza 2016 reads it the same "
        "way just after contact); 5 deg allowed, since 2D video cannot show less than "
        "2.2 to 4.8 deg (Dingenen 2018)",
    ),
    verdicts={
        Place.ABOVE: Verdict(
            FindingKind.CHANGE,
            (
                "Your foot lands far ahead of your hips: {overstride_m}",
                "Your foot lands far ahead of your hips: {overstride_leg_ratio} of your leg",
                "Your foot lands far ahead of you",
            ),
            (
                _SHIN,
                "The foot reaches out past the knee, so each landing brakes you.",
                *_DISTANCES,
            ),
            ("cause-overstriding",),
            (QUICKER_STEPS, UNDER_THE_HIPS, METRONOME),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your foot lands close to below your knee: no overstriding",),
            (_SHIN, "So the ankle is not far ahead of the knee.", *_DISTANCES),
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
        "dingenen-2018",
        "wille-2014",
        "whitney-2022",
        "drozda-2024",
        "smith-2022",
    ),
    related=(
        "overstride_m",
        "overstride_leg_ratio",
        "heel_to_hip_at_ic_leg_ratio",
        "knee_flexion_at_ic_deg",
    ),
)

SLOWEST_USUAL_CADENCE_SPM = 154.0  # 77 strides/min, self-chosen at 2.4 m/s (van Oeveren 2017)

_CADENCES = (
    "Article A1 asks everyone for 170 to 180.",
    "Height and speed matter: left to themselves, runners new to it took 154 to 160 at "
    "2.4 to 2.9 m/s (van Oeveren 2017).",
)

CADENCE = Rule(
    key="cadence",
    metric_key="cadence_spm",
    band=ReferenceRange(170.0, 180.0, "spm", "Article A1: 170 to 180 steps a minute"),
    verdicts={
        Place.BELOW: Verdict(
            FindingKind.CHANGE,
            ("Your cadence is low: {cadence_spm} steps a minute",),
            (
                "You take {cadence_spm} steps a minute.",
                *_CADENCES,
                "What was tested is 5 to 10 % more than one's own, for you {cadence_plus_5} to "
                "{cadence_plus_10}.",
            ),
            ("cause-overstriding",),
            (QUICKER_STEPS, METRONOME, Action("form-cadence")),
        ),
        Place.INSIDE: Verdict(
            FindingKind.GOOD,
            ("Your cadence is in the articles' range: {cadence_spm} steps a minute",),
            ("You take {cadence_spm} steps a minute.", *_CADENCES),
            ("cause-overstriding",),
        ),
        Place.ABOVE: Verdict(
            FindingKind.GOOD,
            ("Your cadence is quick: {cadence_spm} steps a minute",),
            (
                "You take {cadence_spm} steps a minute, more than the articles ask for.",
                "None of them asks anyone to slow their steps.",
                *_CADENCES,
            ),
            ("cause-overstriding",),
        ),
    },
    evidence=(
        "Runners with low-back pain took fewer steps than those without: 166, give or take 10, "
        "against 171, give or take 9 (Drozda 2024, 104 runners).",
        "With a quicker cadence the spine shrank less over an hour's run (Rodacki 2024, 15 "
        "runners).",
        "Steps 5 % quicker took load off the knee, and 10 % off the hip too (Heiderscheit 2011, "
        "45 runners). Whether they ease back pain has not been tested.",
    ),
    papers=("drozda-2024", "rodacki-2024", "heiderscheit-2011", "van-oeveren-2017"),
    related=("step_time_s", "stride_time_s"),
)

# Below the article's range, but usual, and the foot does not land far ahead.
USUAL_CADENCE = Verdict(
    FindingKind.INFORMATION,
    ("Your cadence is {cadence_spm} steps a minute, below article A1's 170",),
    (
        "You take {cadence_spm} steps a minute.",
        *_CADENCES,
        "Your foot does not land far ahead of you, so nothing speaks for a change; if your "
        "back is sore after runs, 5 % more ({cadence_plus_5}) is a small thing to try.",
    ),
    ("cause-overstriding",),
    (QUICKER_STEPS,),
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
    papers=("wille-2014", "souza-2016", "smith-2022"),
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
        "Most runners do. Articles A2 and A3 prefer the middle of the foot; your foot does not "
        "land far ahead of you, so nothing speaks for a change.",
    ),
    ("cause-heavy-heel",),
)

KNEE = Rule(
    key="knee_flexion",
    metric_key="peak_knee_flexion_stance_deg",
    band=ReferenceRange(
        37.3,
        55.3,
        "deg",
        "46.3, give or take 4.5 deg, in 45 runners (Heiderscheit 2011): mean and two standard "
        "deviations",
    ),
    verdicts={
        Place.BELOW: Verdict(
            FindingKind.CHANGE,
            ("Your knee bends little while the foot is down: {peak_knee_flexion_stance_deg}",),
            (
                "The knee bends up to {peak_knee_flexion_stance_deg} under load.",
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
            (
                "The knee bends up to {peak_knee_flexion_stance_deg} under load.",
                "That is usual.",
            ),
        ),
        Place.ABOVE: Verdict(
            FindingKind.INFORMATION,
            ("Your knee bends a lot while the foot is down: {peak_knee_flexion_stance_deg}",),
            (
                "The knee bends up to {peak_knee_flexion_stance_deg} under load, more than is "
                "usual; no article warns of that.",
            ),
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
                "2.7 m/s, groups of adults averaged 0.27 to 0.28 s (Karamanidis & Arampatzis "
                "2005).",
            ),
        ),
    },
    evidence=("We know of no study that ties the time on the ground to back pain.",),
    papers=("karamanidis-2005",),
    related=("duty_factor_ratio", "flight_time_s"),
)

LANDING_RULES = (OVERSTRIDE, CADENCE, KNEE, FOOT_STRIKE, CONTACT_TIME)
