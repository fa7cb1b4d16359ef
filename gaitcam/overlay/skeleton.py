"""The runner's limbs: the far side thin and dashed, the near side bold."""

import numpy as np

from gaitcam.overlay.layer import Scene
from gaitcam.overlay.moment import Body, Moment
from gaitcam.overlay.strokes import dashed, dots, stroke
from gaitcam.overlay.style import FAR, NEAR, WHITE, Colour
from gaitcam.vocabulary import Side

ARM = ("shoulder", "elbow", "wrist")
FAR_LEG = ("hip", "knee", "ankle", "heel", "foot_index")
NEAR_LEG = (*FAR_LEG, "ankle")
JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")


def draw_far_limbs(scene: Scene, moment: Moment) -> Scene:
    """Draw the arm and leg away from the camera, dashed."""
    if moment.body is not None:
        side, style = scene.view.near_side.other, scene.style
        lines = [moment.body.line(names, side) for names in (ARM, FAR_LEG)]
        dashed(scene.canvas, lines, FAR, style.thin_line, style.dash)
        _draw_joints(scene, moment.body, side, FAR, 0.8 * style.thin_line)
    return scene


def draw_near_limbs(scene: Scene, moment: Moment) -> Scene:
    """Draw the arm and leg towards the camera."""
    if moment.body is not None:
        side, style = scene.view.near_side, scene.style
        lines = [moment.body.line(names, side) for names in (ARM, NEAR_LEG)]
        stroke(scene.canvas, lines, NEAR, style.line)
        _draw_joints(scene, moment.body, side, WHITE, 0.62 * style.line)
    return scene


def draw_trunk(scene: Scene, moment: Moment) -> Scene:
    """Draw the line from the middle of the hips to that of the shoulders and to the ear."""
    if moment.body is not None:
        body, style = moment.body, scene.style
        shoulders = body.middle("shoulder")
        neck = np.array([shoulders, body.at("ear", scene.view.near_side)])
        stroke(scene.canvas, [neck], WHITE, style.thin_line)
        stroke(scene.canvas, [np.array([body.middle("hip"), shoulders])], WHITE, style.line)
    return scene


def _draw_joints(scene: Scene, body: Body, side: Side, colour: Colour, radius: float) -> None:
    dots(scene.canvas, body.line(JOINTS, side), radius, colour, scene.style.thin_line)
