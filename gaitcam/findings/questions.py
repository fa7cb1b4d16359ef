"""The questions about what a clip cannot show: load, shoes, strength, rest, pain.

They are data: the profile file is read and written, and the questions are asked, from this
list alone.  A question's key is the key in the file and the field of `Profile`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from gaitcam.errors import SettingsError

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
    """One question; ``group`` is the heading it stands under, ``unit`` that of a number."""

    key: str
    group: str
    text: str
    kind: AnswerKind
    unit: str = ""
    choices: tuple[str, ...] = ()

    @property
    def prompt(self) -> str:
        """Return the question with its unit or its choices in brackets."""
        details = ", ".join(part for part in (self.unit, " | ".join(self.choices)) if part)
        return f"{self.text} ({details})" if details else self.text


HARD_SURFACES = ("concrete", "asphalt")
SURFACES = (*HARD_SURFACES, "grass", "trail", "track", "treadmill")
PAIN_TIMES = ("during", "right_after", "next_day")

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
    ),
    Question("is_restarting", _LOAD, "Are you coming back after a break?", _YES_NO),
    Question("rest_days_per_week", _LOAD, "On how many days a week do you not run?", _NUMBER),
    Question("does_cross_train", _LOAD, "Do you also swim, cycle or do yoga?", _YES_NO),
    Question("shoe_distance", _LOAD, "How far have your shoes run?", _NUMBER, unit="km or mi"),
    Question(
        "surfaces",
        _LOAD,
        "What do you run on?",
        AnswerKind.CHOICES,
        choices=SURFACES,
    ),
    Question(
        "warm_up_minutes", _BODY, "How long is your warm-up before a run?", _NUMBER, unit="minutes"
    ),
    Question("stretches_after_runs", _BODY, "Do you stretch after runs?", _YES_NO),
    Question(
        "stretch_days_per_week",
        _BODY,
        "On how many days a week do you stretch hip flexors and hamstrings?",
        _NUMBER,
    ),
    Question(
        "strength_sessions_per_week",
        _BODY,
        "How many strength sessions do you do a week?",
        _NUMBER,
    ),
    Question(
        "strength_covers_core",
        _BODY,
        "Do your strength sessions cover the core and the buttocks?",
        _YES_NO,
    ),
    Question("sitting_hours_per_day", _DAY, "How many hours a day do you sit?", _NUMBER),
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
    ),
    Question("pain_days", _PAIN, "For how long have you had the pain?", _NUMBER, unit="days"),
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


_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


def parse_answer(question: Question, text: str) -> Answer | None:
    """Return what a typed answer means; ``None`` for an empty one (skip the question).

    Lists are separated by commas.  Raises `SettingsError` that says what is expected.
    """
    text = text.strip().lower()
    if not text:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    readers: dict[AnswerKind, Callable[[], object]] = {
        AnswerKind.YES_NO: lambda: _yes_no(question, text),
        AnswerKind.NUMBER: lambda: _number(question, text),
        AnswerKind.NUMBERS: lambda: [_number(question, part) for part in parts],
        AnswerKind.CHOICE: lambda: text,
        AnswerKind.CHOICES: lambda: parts,
    }
    return check_answer(question, readers[question.kind]())


def _yes_no(question: Question, text: str) -> bool:
    if text not in _YES and text not in _NO:
        raise _wrong(question, text)
    return text in _YES


def _number(question: Question, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise _wrong(question, text) from None


def check_answer(question: Question, value: object) -> Answer:
    """Return a value from a profile file as the question's type; raises `SettingsError`."""
    checks: dict[AnswerKind, Callable[[object], bool]] = {
        AnswerKind.YES_NO: lambda v: isinstance(v, bool),
        AnswerKind.NUMBER: _is_amount,
        AnswerKind.NUMBERS: lambda v: isinstance(v, list) and all(map(_is_amount, v)),
        AnswerKind.CHOICE: lambda v: v in question.choices,
        AnswerKind.CHOICES: lambda v: (
            isinstance(v, list) and bool(v) and all(x in question.choices for x in v)
        ),
    }
    if not checks[question.kind](value):
        raise _wrong(question, value)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, bool | str):
        return value
    return float(str(value))


def _is_amount(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(float(str(value))) and float(str(value)) >= 0


def _wrong(question: Question, value: object) -> SettingsError:
    expected = {
        AnswerKind.YES_NO: "true or false (yes or no)",
        AnswerKind.NUMBER: "a number of 0 or more",
        AnswerKind.NUMBERS: "a list of numbers of 0 or more",
        AnswerKind.CHOICE: f"one of {', '.join(question.choices)}",
        AnswerKind.CHOICES: f"a list of {', '.join(question.choices)}",
    }
    return SettingsError(f"'{question.key}' needs {expected[question.kind]}, not {value!r}.")
