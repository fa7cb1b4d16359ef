"""The runner's own account of what a clip cannot show, read from a TOML file."""

import json
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gaitcam.errors import SettingsError
from gaitcam.files import check_ordinary
from gaitcam.findings.answers import check_answer
from gaitcam.findings.questions import QUESTION_OF, QUESTIONS, Answer

LARGEST_PROFILE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Profile:
    """The answers to `QUESTIONS`; ``None`` where a question was left out.

    Distances are in ``distance_unit`` (km unless given), weekly ones oldest first.
    """

    distance_unit: str = "km"
    weekly_distances: tuple[float, ...] | None = None
    is_restarting: bool | None = None
    rest_days_per_week: float | None = None
    does_cross_train: bool | None = None
    shoe_distance: float | None = None
    surfaces: tuple[str, ...] | None = None
    warm_up_minutes: float | None = None
    stretches_after_runs: bool | None = None
    stretch_days_per_week: float | None = None
    strength_sessions_per_week: float | None = None
    strength_covers_core: bool | None = None
    sitting_hours_per_day: float | None = None
    sleeps_well: bool | None = None
    drinks_enough: bool | None = None
    can_plank_60_s: bool | None = None
    feels_glutes_in_bridge: bool | None = None
    hip_is_tight_in_lunge: bool | None = None
    has_pain: bool | None = None
    pain_times: tuple[str, ...] | None = None
    pain_place: str | None = None
    pain_hours_after_run: float | None = None
    pain_days: float | None = None
    pain_is_sharp: bool | None = None
    pain_spreads: bool | None = None
    has_numbness: bool | None = None
    pain_worsens: bool | None = None
    pain_limits_daily_life: bool | None = None
    has_back_condition: bool | None = None


def read_profile(path: Path) -> Profile:
    """Return the profile in a TOML file; raises `SettingsError` that names file and fault."""
    try:
        check_ordinary(path, LARGEST_PROFILE_BYTES)
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"The profile {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"The profile {path} is not a text file in UTF-8.") from error
    try:
        return parse_profile(text)
    except SettingsError as error:
        raise SettingsError(f"In the profile {path}: {error}") from error


def parse_profile(text: str) -> Profile:
    """Return the profile that a TOML text holds; raises `SettingsError`."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"This is not valid TOML: {error}.") from error
    return make_profile(table)


def make_profile(answers: dict[str, Any]) -> Profile:
    """Return the profile of answers by key; an unknown key is a `SettingsError`."""
    for key in answers:
        if key not in QUESTION_OF:
            near = get_close_matches(key, QUESTION_OF, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise SettingsError(f"There is no question '{key}'.{hint}")
    checked: dict[str, Any] = {key: _checked(key, value) for key, value in answers.items()}
    return Profile(**checked)


def _checked(key: str, value: object) -> Answer:
    """Return a value as its question's type; an error tells the key too, to be found in a file."""
    try:
        return check_answer(QUESTION_OF[key], value)
    except SettingsError as error:
        raise SettingsError(f"{key}: {error}") from None


def profile_as_toml(profile: Profile) -> str:
    """Return a profile as TOML, each answer under its question; unanswered ones as comments."""
    blocks: list[str] = []
    group = ""
    for question in QUESTIONS:
        if question.group != group:
            group = question.group
            blocks.append(f"# ---- {group}\n")
        blocks.append(f"# {question.prompt}\n{_line(question.key, profile)}\n")
    return "\n".join(blocks)


def _line(key: str, profile: Profile) -> str:
    answer: Answer | None = getattr(profile, key)
    if answer is None:
        return f"# {key} ="
    # Of the kinds of answer here JSON and TOML write all alike.
    return f"{key} = {json.dumps(answer, ensure_ascii=False)}"


def is_empty(profile: Profile) -> bool:
    """Tell whether no question was answered."""
    return all(
        getattr(profile, field.name) is None
        for field in fields(profile)
        if field.name != "distance_unit"
    )
