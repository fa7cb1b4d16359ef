"""How the annotated video is made."""

from dataclasses import dataclass

from gaitcam.errors import SettingsError
from gaitcam.units import UnitSystem


@dataclass(frozen=True, slots=True)
class OverlaySettings:
    """Choices for the annotated video.

    ``side_by_side`` puts the untouched picture to the left of the annotated one.
    ``slowmo_contacts`` plays the ``slowmo_reach_s`` before and after each initial contact
    ``slowmo_factor`` times slower and rests ``slowmo_rest_s`` on the contact itself; without
    it the video keeps the source's timing.  ``hold_s`` is how long (real time) the bar from
    hip to foot stays after a contact.  ``units``: what lengths are told in.
    """

    side_by_side: bool = False
    slowmo_contacts: bool = False
    slowmo_factor: float = 4.0
    slowmo_reach_s: float = 0.08
    slowmo_rest_s: float = 0.5
    hold_s: float = 0.35
    units: UnitSystem = UnitSystem.METRIC

    def __post_init__(self) -> None:
        if self.slowmo_factor < 1.0:
            raise SettingsError(
                f"overlay.slowmo_factor is {self.slowmo_factor}: give 1 or more (4 plays the "
                "contacts at a quarter of the speed)"
            )
        for name in ("slowmo_reach_s", "slowmo_rest_s", "hold_s"):
            if getattr(self, name) < 0.0:
                raise SettingsError(
                    f"overlay.{name} is {getattr(self, name)}: give seconds, 0 or more"
                )
