"""Layers draw one thing each on a scene and hand it on, so that they compose."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from gaitcam.arrays import FloatArray, frozen
from gaitcam.keypoints.track import View
from gaitcam.overlay.canvas import Canvas
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import Sprite, lay
from gaitcam.overlay.style import Style
from gaitcam.vocabulary import Direction


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One picture to draw on, the renderer's own and changed in place.

    ``floor`` is the row [px] that labels beside the feet must stay above.
    """

    canvas: Canvas
    view: View
    style: Style
    floor: int

    @property
    def up(self) -> FloatArray:
        """The direction against gravity in the picture, a unit vector (2,), y down."""
        return _up(self.view.up_lean_deg)

    @property
    def ahead(self) -> FloatArray:
        """The level direction that the runner faces in the picture, a unit vector (2,)."""
        return _ahead(self.view.up_lean_deg, self.view.direction is Direction.RIGHT)


@lru_cache
def _up(lean_deg: float) -> FloatArray:
    lean = np.radians(lean_deg)
    return frozen(np.array([np.sin(lean), -np.cos(lean)]), (2,), "up")


@lru_cache
def _ahead(lean_deg: float, faces_right: bool) -> FloatArray:
    up = _up(lean_deg)
    right = np.array([-up[1], up[0]])
    return frozen(right if faces_right else -right, (2,), "ahead")


class Layer(Protocol):
    """Anything that draws on a scene what a moment holds."""

    def __call__(self, scene: Scene, moment: Moment) -> Scene:
        """Draw and return the scene."""


def draw_all(layers: Sequence[Layer], scene: Scene, moment: Moment) -> Scene:
    """Draw ``layers`` in order, the later over the earlier."""
    for layer in layers:
        scene = layer(scene, moment)
    return scene


def lay_centred(scene: Scene, label: Sprite, centre: FloatArray) -> None:
    """Lay a label around ``centre``, moved inside the picture where it would stick out."""
    width = scene.canvas.width
    gap = scene.style.margin // 2
    left = min(max(centre[0] - 0.5 * label.width, gap), width - gap - label.width)
    top = min(max(centre[1] - 0.5 * label.height, gap), scene.floor - gap - label.height)
    lay(scene.canvas, label, left, top)
