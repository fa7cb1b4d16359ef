"""The rotated square of the picture that the landmark network looks at."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.video.picture import AnyPicture, Picture, warp_rgb

# The square reaches this much beyond the circle around hips and head (or feet).
MARGIN = 1.25
# A region that is off by more than this, as parts of its side, fits badly.
FARTHEST_OFF = 0.12
SIZE_OFF = 0.15


@dataclass(frozen=True, slots=True)
class Region:
    """A square: centre and side in px of the picture, turned clockwise by ``rotation_rad``."""

    x: float
    y: float
    side: float
    rotation_rad: float

    @classmethod
    def around(cls, centre: FloatArray, rim: FloatArray) -> "Region":
        """Return the square for a runner with mid-hip ``centre`` and ``rim`` above the head.

        ``rim`` is the point of the circle around the body that lies along the trunk; both
        networks give the two points.  The runner stands upright in the square.
        """
        across, up = float(rim[0] - centre[0]), float(centre[1] - rim[1])
        rotation = math.pi / 2 - math.atan2(up, across)
        side = 2 * math.hypot(across, up) * MARGIN
        return cls(float(centre[0]), float(centre[1]), side, _wrapped(rotation))

    def cut(self, image: AnyPicture, pixels: int, border: int) -> NDArray[np.uint8]:
        """Return the square as an upright picture of ``pixels`` a side.

        ``border`` is what OpenCV paints beyond the picture's edge.
        """
        if isinstance(image, Picture):
            return image.warp(self._to_image(pixels), pixels, border)
        return warp_rgb(image, self._to_image(pixels), pixels, border)

    def place(self, unit_points: FloatArray) -> FloatArray:
        """Return points (N, 2), given from 0 to 1 across the square, in px of the picture."""
        to_image = self._to_image(1)
        placed: FloatArray = unit_points @ to_image[:, :2].T + to_image[:, 2]
        return placed

    def turn(self, points: FloatArray) -> FloatArray:
        """Return directions (N, 2) of the upright square as directions of the picture."""
        cos, sin = math.cos(self.rotation_rad), math.sin(self.rotation_rad)
        turned: FloatArray = points @ np.array([[cos, sin], [-sin, cos]])
        return turned

    def fits(self, better: "Region") -> bool:
        """Return whether this region is near enough to the one that its landmarks suggest."""
        off = np.hypot(self.x - better.x, self.y - better.y) / better.side
        return bool(off < FARTHEST_OFF and abs(self.side / better.side - 1) < SIZE_OFF)

    def _to_image(self, pixels: int) -> FloatArray:
        """Return the (2, 3) map from the square's own pixels to the picture's."""
        scale = self.side / pixels
        cos, sin = math.cos(self.rotation_rad) * scale, math.sin(self.rotation_rad) * scale
        half = pixels / 2
        return np.array(
            [
                [cos, -sin, self.x - half * cos + half * sin],
                [sin, cos, self.y - half * sin - half * cos],
            ]
        )


def neighbourhood(region: Region) -> Region:
    """Return an upright square twice as wide about ``region``: an ordinary view for a detector."""
    return Region(region.x, region.y, 2 * region.side, 0.0)


def _wrapped(angle_rad: float) -> float:
    """Return the angle between -pi and pi."""
    return angle_rad - 2 * math.pi * math.floor((angle_rad + math.pi) / (2 * math.pi))
