"""Colours and sizes of everything that is drawn, in one place.

Near and far side differ in colour (amber and sky blue, which all common kinds of colour
blindness keep apart: Okabe & Ito, Color Universal Design, 2008), in weight and in dashes.
"""

from dataclasses import dataclass

from gaitcam.keypoints.track import View
from gaitcam.units import DEGREES_AT_A_GLANCE, DisplayUnit
from gaitcam.vocabulary import Side

Colour = tuple[int, int, int]

NEAR: Colour = (255, 176, 32)
FAR: Colour = (96, 190, 255)
WHITE: Colour = (255, 255, 255)
PALE: Colour = (196, 204, 216)
INK: Colour = (14, 18, 26)

PANEL_OPACITY = 0.78
REFERENCE_PIXELS = (1280 * 720) ** 0.5


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in px for one picture and one runner.

    Text follows the picture (its area, so that portrait and landscape match) and never
    falls below what can be read; lines follow the runner's leg length.  ``angle`` is how angles
    beside the body are written.
    """

    small_text: int
    body_text: int
    value_text: int
    margin: int
    line: int
    thin_line: int
    dash: float
    angle: DisplayUnit = DEGREES_AT_A_GLANCE


def style_for(width: int, height: int, leg_length_px: float) -> Style:
    """Return the sizes for a picture of ``width`` x ``height`` and a runner's leg [px]."""
    unit = (width * height) ** 0.5 / REFERENCE_PIXELS
    leg = leg_length_px if leg_length_px == leg_length_px else 0.3 * height
    line = round(min(max(0.022 * leg, 3.0), max(5.0 * unit, 3.0)))
    return Style(
        small_text=max(11, round(17 * unit)),
        body_text=max(12, round(21 * unit)),
        value_text=max(17, round(36 * unit)),
        margin=max(6, round(16 * unit)),
        line=line,
        thin_line=max(2, round(0.55 * line)),
        dash=2.3 * line + 1.0,
    )


def side_colour(side: Side, view: View) -> Colour:
    """Return the colour of a side: amber for the near, blue for the far one."""
    return NEAR if side is view.near_side else FAR
