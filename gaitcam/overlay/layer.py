"""Layers draw one thing each on a scene and hand it on, so that they compose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import View
from gaitcam.overlay.moment import Moment
from gaitcam.overlay.sprites import Picture, Sprite, lay
from gaitcam.overlay.style import Style
from gaitcam.vocabulary import Direction


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One picture to draw on: RGB (height, width, 3), the renderer's own and changed in place.

    ``floor`` is the row [px] that labels beside the feet must stay above.
    """

    image: Picture
    view: View
    style: Style
    floor: int

    @property
    def up(self) -> FloatArray:
        """The direction against gravity in the picture, a unit vector (2,), y down."""
        lean = np.radians(self.view.up_lean_deg)
        return np.array([np.sin(lean), -np.cos(lean)])

    @property
    def ahead(self) -> FloatArray:
        """The level direction that the runner faces in the picture, a unit vector (2,)."""
        right = np.array([-self.up[1], self.up[0]])
        return right if self.view.direction is Direction.RIGHT else -right


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
    width = scene.image.shape[1]
    gap = scene.style.margin // 2
    left = min(max(centre[0] - 0.5 * label.width, gap), width - gap - label.width)
    top = min(max(centre[1] - 0.5 * label.height, gap), scene.floor - gap - label.height)
    lay(scene.image, label, left, top)
