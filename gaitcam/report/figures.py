"""The numbers of the page: each is read from the summary, and carries where it stands there."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from gaitcam.units import DisplayUnit, UnitSystem, display_unit

Json = dict[str, Any]


class Figures:
    """Writes numbers of one summary as HTML ``<data>`` elements.

    ``data-path`` is the number's place in ``summary.json`` and ``value`` the number stored
    there, so that the page can be checked against the file, by a reader or by a test.
    """

    def __init__(self, summary: Json, system: UnitSystem) -> None:
        self.summary = summary
        self.system = system

    def at(self, path: str) -> Any:
        """Return what stands at ``path``, such as ``metrics.cadence_spm.left.value``."""
        place: Any = self.summary
        for part in path.split("."):
            place = place[int(part)] if isinstance(place, list) else place and place.get(part)
        return place

    def unit(self, unit: str) -> DisplayUnit:
        """Return how a stored unit is shown on this page."""
        return display_unit(unit, self.system)

    def number(self, path: str, unit: str = "", decimals: int | None = None) -> Markup:
        """Return the number at ``path`` in its shown unit, without the unit's name."""
        value = self.at(path)
        if value is None:
            return Markup('<span class="none" title="not known">–</span>')
        shown = self.unit(unit)
        if decimals is not None:
            shown = DisplayUnit(shown.label, shown.factor, decimals, shown.is_tight)
        return Markup('<data value="{}" data-path="{}" data-unit="{}">{}</data>').format(
            value, path, unit, shown.number(value)
        )

    def quantity(self, path: str, unit: str, decimals: int | None = None) -> Markup:
        """Return the number at ``path`` with its unit."""
        shown = self.unit(unit)
        if self.at(path) is None or not shown.label:
            return self.number(path, unit, decimals)
        number = self.number(path, unit, decimals)
        if shown.is_tight:
            return Markup("{}{}").format(number, shown.label)
        return Markup('{}<span class="unit">&nbsp;{}</span>').format(number, shown.label)

    def interval(
        self, path: str, unit: str, decimals: int | None = None, word: str = "to"
    ) -> Markup:
        """Return the two ends at ``path`` as ``7.8 to 16.5°``; nothing if they are not known."""
        if self.at(path) is None or None in self.at(path):
            return Markup("")
        low = self.number(f"{path}.0", unit, decimals)
        return Markup("{} {} {}").format(low, word, self.quantity(f"{path}.1", unit, decimals))

    def plain(self, value: float | None, unit: str) -> str:
        """Return a value and its unit as text, for labels and for the text report."""
        return self.unit(unit).text(value)

    def plain_interval(self, ends: Sequence[float | None], unit: str) -> str:
        """Return ``7.8 to 16.5°`` as text; empty if not known."""
        low, high = ends
        if low is None or high is None:
            return ""
        shown = self.unit(unit)
        return f"{shown.number(low)} to {shown.text(high)}"
