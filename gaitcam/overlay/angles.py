"""The line of gravity, the lean of the trunk and the bend of the near knee."""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.overlay.layer import Scene, lay_centred
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import pill
from gaitcam.overlay.strokes import arc, dashed, stroke, wedge
from gaitcam.overlay.style import NEAR, WHITE

# Lengths as shares of the trunk (hips to shoulders), the leg or the thigh.
LINE_ABOVE_HIPS_TRUNK = 1.45
LINE_BELOW_HIPS_LEG = 1.1
LEAN_ARC_TRUNK = 0.72
KNEE_ARC_THIGH = 0.3
KNEE_LABEL_THIGH = (0.6, -0.22)  # ahead and up: where limbs pass least
TINT = 0.45
SMALLEST_KNEE_ARC_DEG = 4.0


def draw_gravity(scene: Scene, moment: Moment) -> Scene:
    """Draw the vertical through the middle of the hips, from over the head to the ground."""
    if moment.body is not None:
        hips, style = moment.body.middle("hip"), scene.style
        trunk = _length(moment.body.middle("shoulder") - hips)
        top = hips + LINE_ABOVE_HIPS_TRUNK * trunk * scene.up
        bottom = hips - LINE_BELOW_HIPS_LEG * scene.view.leg_length_px * scene.up
        line = np.array([top, bottom])
        dashed(scene.canvas, [line], WHITE, max(2, style.thin_line - 1), 1.5 * style.dash)
    return scene


def draw_trunk_lean(scene: Scene, moment: Moment) -> Scene:
    """Draw the angle between trunk and gravity, and its value beside the top of the line."""
    lean_deg = moment.values.get("trunk_lean_deg", np.nan)
    if moment.body is None or not np.isfinite(lean_deg):
        return scene
    hips = moment.body.middle("hip")
    along = moment.body.middle("shoulder") - hips
    trunk = _length(along)
    if not np.isfinite(trunk):
        return scene
    bow = arc(hips, LEAN_ARC_TRUNK * trunk, scene.up, along)
    wedge(scene.canvas, np.vstack([hips, bow]), WHITE, TINT)
    stroke(scene.canvas, [bow], WHITE, max(2, scene.style.thin_line - 1))
    label = pill(f"{scene.style.angle.text(lean_deg)} lean", scene.style.body_text)
    aside = 0.5 * label.width + 0.6 * scene.style.body_text
    centre = hips + (LINE_ABOVE_HIPS_TRUNK - 0.1) * trunk * scene.up - aside * scene.ahead
    lay_centred(scene, label, centre)
    return scene


def draw_knee_flexion(scene: Scene, moment: Moment) -> Scene:
    """Draw the near knee's flexion: from the line of the thigh to the shank."""
    near = scene.view.near_side
    flexion_deg = moment.values.get(f"knee_flexion_{near}_deg", np.nan)
    if moment.body is None or not np.isfinite(flexion_deg):
        return scene
    hip, knee, ankle = moment.body.line(("hip", "knee", "ankle"), near)
    thigh = knee - hip
    length = _length(thigh)
    if not np.isfinite(length + _length(ankle - knee)):
        return scene
    if flexion_deg > SMALLEST_KNEE_ARC_DEG:
        onward = np.array([knee, knee + 1.25 * KNEE_ARC_THIGH * thigh])
        bow = arc(knee, KNEE_ARC_THIGH * length, thigh, ankle - knee)
        wedge(scene.canvas, np.vstack([knee, bow]), NEAR, TINT)
        stroke(scene.canvas, [onward, bow], NEAR, max(2, scene.style.thin_line - 1))
    label = pill(scene.style.angle.text(flexion_deg), scene.style.body_text)
    ahead, up = KNEE_LABEL_THIGH
    centre = knee + ahead * length * scene.ahead + up * length * scene.up
    lay_centred(scene, label, centre)
    return scene


def _length(vector: FloatArray) -> float:
    return float(np.hypot(vector[0], vector[1]))
