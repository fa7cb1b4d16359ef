"""Tables and numbers for a Markdown document."""

from collections.abc import Sequence

import numpy as np

# Unit of the catalog: unit in print, factor, decimals.
PRINTED = {
    "m": ("cm", 100.0, 1),
    "s": ("ms", 1000.0, 0),
    "deg": ("deg", 1.0, 1),
    "leg lengths": ("leg lengths", 1.0, 3),
    "steps/min": ("steps/min", 1.0, 2),
    "ratio": ("ratio", 1.0, 3),
    "m/s": ("m/s", 1.0, 2),
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is left aligned, the others right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    lines = [_line(head), _line(rule)] + [_line(row) for row in rows]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def number(value: float, decimals: int, signed: bool = False) -> str:
    """Return a number in words of a table; a dash when it is not known."""
    if not np.isfinite(value):
        return "–"
    rounded = round(value, decimals) + 0.0  # no minus before a zero
    return f"{rounded:+.{decimals}f}" if signed and rounded else f"{rounded:.{decimals}f}"


def share(part: int, whole: int) -> str:
    """Return ``part`` of ``whole`` and the percentage."""
    return f"{part} of {whole} ({100.0 * part / whole:.0f} %)" if whole else "–"
