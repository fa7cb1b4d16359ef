"""What an answer means, typed at a prompt or written in a profile file, and whether it can be.

An error names the question in its own words and says what would fit.
"""

import json
import math
import re
from collections.abc import Callable

from gaitcam.errors import SettingsError
from gaitcam.findings.questions import Answer, AnswerKind, Question

YES, NO = ("yes", "y", "true"), ("no", "n", "false")
# What people type for a choice, and for the unit behind a number.
OTHER_NAMES = {
    **dict.fromkeys(("kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("mile", "miles"), "mi"),
}
UNIT_WORDS = {
    "minutes": ("min", "mins", "minute", "minutes"),
    "hours": ("h", "hour", "hours"),
    "days": ("day", "days"),
}
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
DECIMAL_COMMA = re.compile(r"(\d),(\d)(?!\d)")
COMMA_AND_SPACE = re.compile(r",\s")
SEPARATED_WITHOUT_COMMA = re.compile(r";|\d\s+\d")


def parse_answer(question: Question, text: str) -> Answer | None:
    """Return what a typed answer means; ``None`` for an empty one (skip the question).

    Lists may be separated by spaces, commas or semicolons.  Raises `SettingsError` that says
    what is expected.
    """
    text = text.strip().lower()
    if not text:
        return None
    readers: dict[AnswerKind, Callable[[Question, str], object]] = {
        AnswerKind.YES_NO: _yes_no,
        AnswerKind.NUMBER: _number,
        AnswerKind.NUMBERS: _numbers,
        AnswerKind.CHOICE: lambda _, typed: _choice(typed),
        AnswerKind.CHOICES: _choices,
    }
    value = readers[question.kind](question, text)
    if value is None or not _fits(question, value):
        raise _wrong(question, _expected_typed(question), f'"{text}"')
    return _as_answer(value)


def check_answer(question: Question, value: object) -> Answer:
    """Return a value from a profile file as the question's type; raises `SettingsError`."""
    if not _fits(question, value):
        shown = json.dumps(value, ensure_ascii=False, default=str)
        raise _wrong(question, _expected_in_file(question), shown)
    return _as_answer(value)


def _as_answer(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, bool | str):
        return value
    return float(str(value))


def _fits(question: Question, value: object) -> bool:
    checks: dict[AnswerKind, Callable[[object], bool]] = {
        AnswerKind.YES_NO: lambda v: isinstance(v, bool),
        AnswerKind.NUMBER: lambda v: _is_amount(v, question.most),
        AnswerKind.NUMBERS: lambda v: (
            isinstance(v, list) and all(_is_amount(x, question.most) for x in v)
        ),
        AnswerKind.CHOICE: lambda v: v in question.choices,
        AnswerKind.CHOICES: lambda v: (
            isinstance(v, list) and bool(v) and all(x in question.choices for x in v)
        ),
    }
    return checks[question.kind](value)


def _is_amount(value: object, most: float) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= float(str(value)) <= most


def _yes_no(_: Question, text: str) -> bool | None:
    return text in YES if text in YES + NO else None


def _number(question: Question, text: str) -> float | None:
    """Return a number; its unit may follow, and its decimals a comma."""
    words = "|".join(UNIT_WORDS.get(question.unit, ()))
    text = re.sub(rf"(?<=\d)\s*({words})$", "", text) if words else text
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    return _plain_number(DECIMAL_COMMA.sub(r"\1.\2", text))


def _numbers(_: Question, text: str) -> list[float] | None:
    """Return all numbers of a list; where commas do not separate them they mark decimals.

    Only one digit may follow such a comma: ``30,35 40,45`` are four numbers.
    """
    if SEPARATED_WITHOUT_COMMA.search(text) and not COMMA_AND_SPACE.search(text):
        text = DECIMAL_COMMA.sub(r"\1.\2", text)
    numbers = [_plain_number(part) for part in re.split(r"[\s,;]+", text) if part]
    known = [number for number in numbers if number is not None]
    return known if known and len(known) == len(numbers) else None


def _plain_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _choice(text: str) -> str:
    return OTHER_NAMES.get(text, "_".join(text.split()))


def _choices(question: Question, text: str) -> list[str]:
    """Return the choices named; ``right after`` is one, ``grass trail`` are two."""
    found: list[str] = []
    for part in filter(None, re.split(r"\s*[,;|]\s*|\s+and\s+", text)):
        whole = _choice(part)
        found += [whole] if whole in question.choices else part.split()
    return found


def _expected_typed(question: Question) -> str:
    choices = ", ".join(question.choices).replace("_", " ")
    return {
        AnswerKind.YES_NO: "yes or no",
        AnswerKind.NUMBER: f"a number from 0 to {question.most:g}",
        AnswerKind.NUMBERS: f"numbers from 0 to {question.most:g}, such as 30 35 50",
        AnswerKind.CHOICE: f"one of {choices}",
        AnswerKind.CHOICES: f"one or more of {choices}",
    }[question.kind]


def _expected_in_file(question: Question) -> str:
    choices = ", ".join(json.dumps(choice) for choice in question.choices)
    return {
        AnswerKind.YES_NO: "true or false",
        AnswerKind.NUMBER: f"a number from 0 to {question.most:g}",
        AnswerKind.NUMBERS: f"a list of numbers from 0 to {question.most:g}, such as [30, 35, 50]",
        AnswerKind.CHOICE: f"one of {choices}",
        AnswerKind.CHOICES: f"a list of some of {choices}",
    }[question.kind]


def _wrong(question: Question, expected: str, shown: str) -> SettingsError:
    return SettingsError(f'"{question.text}" needs {expected}, not {shown}.')
