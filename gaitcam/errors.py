"""What can go wrong, as exceptions whose messages are written for people.

GaitcamError
|-- VideoError        the clip cannot be read
|-- ModelFileError    a pose model is missing or damaged
|-- PoseError         no runner was found in the clip
|-- GaitError         a runner was found, but too few steps to measure
|-- SettingsError     an option or a settings file is wrong
`-- OutputError       a result cannot be written
"""

import math


def printable(text: str) -> str:
    """Return ``text`` on one line: file names may hold line breaks, or orders to a terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class GaitcamError(Exception):
    """Base of all errors that gaitcam raises on purpose; ``exit_code`` is the program's."""

    exit_code = 1


class VideoError(GaitcamError):
    """The clip cannot be read."""


class ModelFileError(GaitcamError):
    """A pose model is missing or damaged."""


class PoseError(GaitcamError):
    """No runner was found in the clip."""


class GaitError(GaitcamError):
    """A runner was found, but too few steps to measure."""


class SettingsError(GaitcamError):
    """An option or a settings file is wrong."""

    exit_code = 2


class OutputError(GaitcamError):
    """A result cannot be written."""


def check_within(
    name: str,
    value: float,
    *,
    least: float = -math.inf,
    above: float = -math.inf,
    most: float = math.inf,
) -> None:
    """Raise `SettingsError` unless a setting is a finite number within its limits."""
    if math.isfinite(value) and least <= value <= most and value > above:
        return
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("above", above), ("from", least), ("to", most))
        if math.isfinite(limit)
    ]
    raise SettingsError(f"{name}: expected a number {' '.join(limits)}, got {value}")
