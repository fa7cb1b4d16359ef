"""The legs' paths relative to the hips, on an even clock: what all event rules look at."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.track import KeypointTrack, keypoint
from gaitcam.vocabulary import Quality, Side

GRID_HZ = 240.0
LONGEST_GAP_S = 0.1  # a longer stretch without a pose stays empty
POINTS: tuple[str, ...] = ("knee", "ankle", "heel", "foot_index")
SIDES: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
DOUBT = Quality.MISSING | Quality.FILLED | Quality.OUTLIER | Quality.OUT_OF_VIEW


@dataclass(frozen=True, slots=True, eq=False)
class FootPaths:
    """Knee, ankle, heel and toe of both legs seen from the middle of the hips.

    ``time_s`` (N,) even steps of 1 / `GRID_HZ` on the track's clock; ``relative``
    (2 sides, N, 4 points, 2) in leg lengths, x anterior, y up, NaN where the pose is absent;
    ``hip_height`` (N,) of the hips' middle about its trend, in leg lengths; ``trust`` (2, N)
    from 0 to 1: the share of ankle, heel and toe that was measured in the picture, an
    occluded point counting half.
    """

    time_s: FloatArray
    relative: FloatArray
    hip_height: FloatArray
    trust: FloatArray

    def path(self, side: Side, point: str) -> FloatArray:
        """Return one point's path, shape (N, 2) [leg lengths]."""
        return self.relative[SIDES.index(side), :, POINTS.index(point)]


def trace_feet(track: KeypointTrack) -> FootPaths:
    """Express both legs relative to the middle of the hips on an even time grid."""
    start, end = float(track.time_s[0]), float(track.time_s[-1])
    grid_s = start + np.arange(int((end - start) * GRID_HZ) + 1) / GRID_HZ
    hips, leg_px = track.middle("hip"), track.view.leg_length_px
    relative = np.stack([_leg(track, side, hips, grid_s) for side in SIDES])
    return FootPaths(
        time_s=grid_s,
        relative=relative / leg_px,
        hip_height=_about_trend(grid_s, _on_grid(track.time_s, hips, grid_s)[:, 1]) / leg_px,
        trust=np.stack([_trust_on_grid(track, side, grid_s) for side in SIDES]),
    )


def _leg(track: KeypointTrack, side: Side, hips: FloatArray, grid_s: FloatArray) -> FloatArray:
    paths = [_on_grid(track.time_s, track.point(p, side) - hips, grid_s) for p in POINTS]
    return np.stack(paths, axis=1)


def _on_grid(time_s: FloatArray, path: FloatArray, grid_s: FloatArray) -> FloatArray:
    """Interpolate a path over its finite samples; NaN outside them and in long gaps."""
    from scipy.interpolate import CubicSpline

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


def _about_trend(time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Take the straight trend off: a runner who nears the camera rises in the picture."""
    known = np.isfinite(values)
    if known.sum() < 3:
        return values
    trend = np.polynomial.Polynomial.fit(time_s[known], values[known], 1)
    return np.asarray(values - trend(time_s), dtype=np.float64)


def _trust_on_grid(track: KeypointTrack, side: Side, grid_s: FloatArray) -> FloatArray:
    """Take the trust of the nearest frame."""
    flags = track.quality[:, [keypoint(point, side) for point in POINTS[1:]]]
    occluded = (flags & Quality.OCCLUDED) != 0
    trust = np.where(occluded, 0.5, 1.0) * ((flags & DOUBT) == 0)
    middles = 0.5 * (track.time_s[1:] + track.time_s[:-1])
    nearest: FloatArray = trust.mean(axis=1)[np.searchsorted(middles, grid_s)]
    return nearest
