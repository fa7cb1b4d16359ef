"""How numbers are shown: the unit for readers, metric or imperial, and its digits."""

from dataclasses import dataclass
from enum import StrEnum

MINUS = "−"
CM_PER_INCH = 2.54


class UnitSystem(StrEnum):
    """What lengths and speeds are shown in; angles and times are the same in both."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class DisplayUnit:
    """A unit for readers: ``shown = factor * stored``, with so many decimals."""

    label: str
    factor: float
    decimals: int
    is_tight: bool = False  # no space between number and sign: 7.3°

    def number(self, value: float | None) -> str:
        """Return the number alone, with a true minus sign; a dash where there is none."""
        if value is None:
            return "–"
        text = f"{self.factor * value:.{self.decimals}f}"
        is_zero = float(text) == 0.0
        return text.lstrip("-") if is_zero else text.replace("-", MINUS)

    def rounded(self, value: float) -> str:
        """Return the number without digits that say nothing: ``170``, ``37.3``."""
        text = self.number(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def text(self, value: float | None) -> str:
        """Return number and unit: ``7.3°``, ``28.9 cm``."""
        if value is None or not self.label:
            return self.number(value)
        return f"{self.number(value)}{'' if self.is_tight else ' '}{self.label}"


DEGREES = DisplayUnit("°", 1.0, 1, is_tight=True)
SHARED: dict[str, DisplayUnit] = {
    "deg": DEGREES,
    "s": DisplayUnit("ms", 1000.0, 0),
    "steps/min": DisplayUnit("steps/min", 1.0, 1),
    "spm": DisplayUnit("steps/min", 1.0, 1),
    "ratio": DisplayUnit("%", 100.0, 1),
    "leg lengths": DisplayUnit("% of leg", 100.0, 1),
    "": DisplayUnit("", 1.0, 1),
}
METRIC = SHARED | {
    "m": DisplayUnit("cm", 100.0, 1),
    "m/s": DisplayUnit("m/s", 1.0, 2),
}
IMPERIAL = SHARED | {
    "m": DisplayUnit("in", 100.0 / CM_PER_INCH, 1),
    "m/s": DisplayUnit("mph", 2.236936, 1),
}
# Rounder, for numbers that are read while the picture moves.
DEGREES_AT_A_GLANCE = DisplayUnit("°", 1.0, 0, is_tight=True)
LEG_AT_A_GLANCE = DisplayUnit("% of leg", 100.0, 0)
LENGTHS_AT_A_GLANCE = {
    UnitSystem.METRIC: DisplayUnit("cm", 100.0, 0),
    UnitSystem.IMPERIAL: DisplayUnit("in", 100.0 / CM_PER_INCH, 1),
}


def display_unit(unit: str, system: UnitSystem) -> DisplayUnit:
    """Return how a stored unit is shown; one that is not known is shown as it is."""
    units = IMPERIAL if system == UnitSystem.IMPERIAL else METRIC
    return units.get(unit, DisplayUnit(unit, 1.0, 2))
