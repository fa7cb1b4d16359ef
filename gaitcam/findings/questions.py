"""The questions about what a clip cannot show: load, shoes, strength, rest, pain.

They are data: the profile file is read and written, and the questions are asked, from this
list alone.  A question's key is the key in the file and the field of `Profile`.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

Answer = bool | float | str | tuple[float, ...] | tuple[str, ...]


class AnswerKind(StrEnum):
    """What sort of answer a question takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    NUMBERS = "numbers"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``group`` is the heading it stands under, ``unit`` that of a number.

    No number is larger than ``most``: what lies beyond is a slip of the pen or impossible.
    """

    key: str
    group: str
    text: str
    kind: AnswerKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    most: float = math.inf

    @property
    def spoken(self) -> str:
        """Return the question as it is asked, with how to answer it in brackets."""
        example = "for instance 30 35 50" if self.kind is AnswerKind.NUMBERS else ""
        yes_no = "yes or no" if self.kind is AnswerKind.YES_NO else ""
        choices = ", ".join(self.choices).replace("_", " ")
        details = ", ".join(filter(None, (self.unit, example, yes_no, choices)))
        return f"{self.text} ({details})" if details else self.text

    @property
    def prompt(self) -> str:
        """Return the question as it stands in the file, with its unit or its choices."""
        details = ", ".join(part for part in (self.unit, " | ".join(self.choices)) if part)
        return f"{self.text} ({details})" if details else self.text


HARD_SURFACES = ("concrete", "asphalt")
SURFACES = (*HARD_SURFACES, "grass", "trail", "track", "treadmill")
PAIN_TIMES = ("during", "right_after", "next_day")
HOURS_A_DAY, DAYS_A_WEEK, DAYS_A_YEAR = 24, 7, 365
# Beyond what any runner does, in km or miles, minutes and sessions.
MOST_WEEKLY_DISTANCE, MOST_SHOE_DISTANCE = 500, 10_000
MOST_WARM_UP_MINUTES, MOST_SESSIONS_A_WEEK = 120, 14

_LOAD, _BODY, _DAY, _TESTS, _PAIN = (
    "Running",
    "Strength and mobility",
    "The rest of the day",
    "Three small tests",
    "Your back",
)
_YES_NO, _NUMBER = AnswerKind.YES_NO, AnswerKind.NUMBER

QUESTIONS: tuple[Question, ...] = (
    Question(
        "distance_unit",
        _LOAD,
        "Do you count in kilometres or miles?",
        AnswerKind.CHOICE,
        choices=("km", "mi"),
    ),
    Question(
        "weekly_distances",
        _LOAD,
        "How far did you run in each of the last weeks, oldest first?",
        AnswerKind.NUMBERS,
        unit="km or mi",
        most=MOST_WEEKLY_DISTANCE,
    ),
    Question("is_restarting", _LOAD, "Are you coming back after a break?", _YES_NO),
    Question(
        "rest_days_per_week",
        _LOAD,
        "On how many days a week do you not run?",
        _NUMBER,
        most=DAYS_A_WEEK,
    ),
    Question("does_cross_train", _LOAD, "Do you also swim, cycle or do yoga?", _YES_NO),
    Question(
        "shoe_distance",
        _LOAD,
        "How far have your shoes run?",
        _NUMBER,
        unit="km or mi",
        most=MOST_SHOE_DISTANCE,
    ),
    Question(
        "surfaces",
        _LOAD,
        "What do you run on?",
        AnswerKind.CHOICES,
        choices=SURFACES,
    ),
    Question(
        "warm_up_minutes",
        _BODY,
        "How long is your warm-up before a run?",
        _NUMBER,
        unit="minutes",
        most=MOST_WARM_UP_MINUTES,
    ),
    Question("stretches_after_runs", _BODY, "Do you stretch after runs?", _YES_NO),
    Question(
        "stretch_days_per_week",
        _BODY,
        "On how many days a week do you stretch hip flexors and hamstrings?",
        _NUMBER,
        most=DAYS_A_WEEK,
    ),
    Question(
        "strength_sessions_per_week",
        _BODY,
        "How many strength sessions do you do a week?",
        _NUMBER,
        most=MOST_SESSIONS_A_WEEK,
    ),
    Question(
        "strength_covers_core",
        _BODY,
        "Do your strength sessions cover the core and the buttocks?",
        _YES_NO,
    ),
    Question(
        "sitting_hours_per_day",
        _DAY,
        "How long do you sit on a usual day?",
        _NUMBER,
        unit="hours",
        most=HOURS_A_DAY,
    ),
    Question("sleeps_well", _DAY, "Do you sleep regularly and well?", _YES_NO),
    Question("drinks_enough", _DAY, "Do you drink enough through the day?", _YES_NO),
    Question("can_plank_60_s", _TESTS, "Can you stay in a plank for a full minute?", _YES_NO),
    Question(
        "feels_glutes_in_bridge",
        _TESTS,
        "Do you feel your buttocks work in a bridge?",
        _YES_NO,
    ),
    Question(
        "hip_is_tight_in_lunge",
        _TESTS,
        "Is the front of your hip tight when you lunge?",
        _YES_NO,
    ),
    Question("has_pain", _PAIN, "Does your lower back hurt in or after running?", _YES_NO),
    Question("pain_times", _PAIN, "When does it hurt?", AnswerKind.CHOICES, choices=PAIN_TIMES),
    Question(
        "pain_place",
        _PAIN,
        "Where does it hurt?",
        AnswerKind.CHOICE,
        choices=("middle", "one_side", "both_sides"),
    ),
    Question(
        "pain_hours_after_run",
        _PAIN,
        "How long does the pain last after a run?",
        _NUMBER,
        unit="hours",
        most=HOURS_A_DAY * DAYS_A_YEAR,
    ),
    Question(
        "pain_days",
        _PAIN,
        "For how long have you had the pain?",
        _NUMBER,
        unit="days",
        most=100 * DAYS_A_YEAR,
    ),
    Question("pain_is_sharp", _PAIN, "Is the pain sharp or shooting?", _YES_NO),
    Question("pain_spreads", _PAIN, "Does the pain spread, for instance down a leg?", _YES_NO),
    Question("has_numbness", _PAIN, "Do you feel numbness or tingling?", _YES_NO),
    Question("pain_worsens", _PAIN, "Is the pain getting worse over time?", _YES_NO),
    Question(
        "pain_limits_daily_life", _PAIN, "Does the pain get in the way of daily life?", _YES_NO
    ),
    Question(
        "has_back_condition",
        _PAIN,
        "Do you have a known back condition, such as a slipped disc or sciatica?",
        _YES_NO,
    ),
)

QUESTION_OF: dict[str, Question] = {question.key: question for question in QUESTIONS}


def quote_answer(key: str, answer: bool | float) -> str:
    """Return a question with its answer, so that the answer is understood where it stands."""
    question = QUESTION_OF[key]
    if isinstance(answer, bool):
        return f"{question.text} {'Yes' if answer else 'No'}."
    return f"{question.text} {answer:g} {question.unit}."
