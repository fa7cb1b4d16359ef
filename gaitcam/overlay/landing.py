"""The moment of landing: a ring around the foot and the bar from hip to foot, held a while."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.overlay.layer import Scene, lay_centred
from gaitcam.overlay.moment import Landing, Moment
from gaitcam.overlay.sprites import faded, pill
from gaitcam.overlay.strokes import circle, dashed, dots, stroke
from gaitcam.overlay.style import WHITE, side_colour

FADE_SHARE = 0.25  # the last part of the time a bar is held, in which its label fades
FADE_STEPS = 16  # few enough to be made once
RING_S = 0.12
RING_LEG = (0.09, 0.17)  # its radius at the contact and when it goes, in leg lengths
TICK_LEG = 0.045
BELOW_ANKLE_LEG = 0.11
MOVED_LEG = 0.12


@dataclass(frozen=True, slots=True)
class LandingLayer:
    """Draws the latest landing as it was, until it is ``hold_s`` old or the next one comes."""

    hold_s: float

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw the bar and its distance at the height of the ankle; the ring at first only."""
        landing, age_s = moment.landing, moment.landing_age_s
        if landing is None or not age_s <= self.hold_s:
            return scene
        hips, ankle = landing.body.middle("hip"), landing.body.at("ankle", landing.side)
        if not np.isfinite(hips + ankle).all():
            return scene
        if age_s < RING_S:
            _draw_ring(scene, landing, age_s / RING_S)
        plumb = hips + ((ankle - hips) @ scene.up) * scene.up
        if _has_moved_on(scene, moment, hips):
            _draw_plumb(scene, hips, plumb)
        _draw_bar(scene, landing, plumb, ankle)
        _draw_distance(scene, landing, 0.5 * (plumb + ankle), self._strength(age_s))
        return scene

    def _strength(self, age_s: float) -> float:
        fade_s = FADE_SHARE * self.hold_s
        return float(np.clip((self.hold_s - age_s) / fade_s, 0.0, 1.0)) if fade_s > 0 else 1.0


def _has_moved_on(scene: Scene, moment: Moment, hips: FloatArray) -> bool:
    """Tell whether the runner has left the place of the landing, so that it needs its own line."""
    if moment.body is None:
        return True
    moved = (moment.body.middle("hip") - hips) @ scene.ahead
    return not abs(moved) < MOVED_LEG * scene.view.leg_length_px


def _draw_plumb(scene: Scene, hips: FloatArray, plumb: FloatArray) -> None:
    style = scene.style
    dashed(scene.canvas, [np.array([hips, plumb])], WHITE, style.thin_line, style.dash)
    dots(scene.canvas, hips[np.newaxis], 0.9 * style.line, WHITE, style.thin_line)


def _draw_bar(scene: Scene, landing: Landing, plumb: FloatArray, ankle: FloatArray) -> None:
    tick = TICK_LEG * scene.view.leg_length_px * scene.up
    ends = [np.array([end - tick, end + tick]) for end in (plumb, ankle)]
    colour = side_colour(landing.side, scene.view)
    stroke(scene.canvas, [np.array([plumb, ankle]), *ends], colour, scene.style.line)


def _draw_distance(scene: Scene, landing: Landing, middle: FloatArray, strength: float) -> None:
    words = landing.overstride
    if not words:
        return
    label = pill(words, scene.style.body_text, side_colour(landing.side, scene.view))
    if strength < 1.0:
        label = faded(label, round(FADE_STEPS * strength) / FADE_STEPS)
    below = BELOW_ANKLE_LEG * scene.view.leg_length_px + 0.7 * label.height
    lay_centred(scene, label, middle - below * scene.up)


def _draw_ring(scene: Scene, landing: Landing, share: float) -> None:
    heel, toe = (landing.body.at(name, landing.side) for name in ("heel", "foot_index"))
    middle = 0.5 * (heel + toe)
    radius = (RING_LEG[0] + share * (RING_LEG[1] - RING_LEG[0])) * scene.view.leg_length_px
    ring = circle(middle, radius)
    stroke(scene.canvas, [ring], side_colour(landing.side, scene.view), scene.style.thin_line)
