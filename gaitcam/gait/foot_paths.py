"""The legs' paths relative to the hips, on an even clock: what all event rules look at."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.vocabulary import Side

GRID_HZ = 240.0
LONGEST_GAP_S = 0.1  # a longer stretch without a pose stays empty
POINTS: tuple[str, ...] = ("knee", "ankle", "heel", "foot_index")
SIDES: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class FootPaths:
    """Knee, ankle, heel and toe of both legs seen from the middle of the hips.

    ``time_s`` (N,) even steps of 1 / `GRID_HZ` on the track's clock; ``relative``
    (2 sides, N, 4 points, 2) in leg lengths, x anterior, y up, NaN where the pose is absent;
    ``is_trusted`` (2, N): whether ankle, heel and toe were all measured in the picture.
    """

    time_s: FloatArray
    relative: FloatArray
    is_trusted: BoolArray

    def path(self, side: Side, point: str) -> FloatArray:
        """Return one point's path, shape (N, 2) [leg lengths]."""
        return self.relative[SIDES.index(side), :, POINTS.index(point)]


def trace_feet(track: KeypointTrack) -> FootPaths:
    """Express both legs relative to the middle of the hips on an even time grid."""
    start, end = float(track.time_s[0]), float(track.time_s[-1])
    time_s = start + np.arange(int((end - start) * GRID_HZ) + 1) / GRID_HZ
    origin = track.middle("hip")
    relative = np.stack(
        [
            np.stack(
                [_on_grid(track.time_s, track.point(p, side) - origin, time_s) for p in POINTS],
                axis=1,
            )
            for side in SIDES
        ]
    )
    trusted = np.stack([_trusted_on_grid(track, side, time_s) for side in SIDES])
    return FootPaths(time_s, relative / track.view.leg_length_px, trusted)


def _on_grid(time_s: FloatArray, path: FloatArray, grid_s: FloatArray) -> FloatArray:
    """Interpolate a path over its finite samples; NaN outside them and in long gaps."""
    finite = np.isfinite(path).all(axis=1)
    if finite.sum() < 2:
        return np.full((len(grid_s), 2), np.nan)
    known_s = time_s[finite]
    values: FloatArray = CubicSpline(known_s, path[finite])(grid_s)
    after = np.clip(np.searchsorted(known_s, grid_s, side="right"), 1, len(known_s) - 1)
    gap_s = known_s[after] - known_s[after - 1]
    limit_s = max(LONGEST_GAP_S, 2.5 * float(np.median(np.diff(time_s))))
    empty = (grid_s < known_s[0]) | (grid_s > known_s[-1] + 1e-9) | (gap_s > limit_s)
    values[empty] = np.nan
    return values


def _trusted_on_grid(track: KeypointTrack, side: Side, grid_s: FloatArray) -> BoolArray:
    """Take the trust of the nearest frame."""
    trusted = np.all([track.is_trusted(p, side) for p in POINTS[1:]], axis=0)
    middles = 0.5 * (track.time_s[1:] + track.time_s[:-1])
    nearest: BoolArray = trusted[np.searchsorted(middles, grid_s)]
    return nearest
