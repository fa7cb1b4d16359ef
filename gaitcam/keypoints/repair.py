"""Mends the raw pose over time: exchanged left and right, stray points, short gaps.

All functions take paths in the image, shape (F, 33, 2) [px], NaN where there is no pose.
"""

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.keypoints.rhythm import fit_rhythm
from gaitcam.keypoints.smoothing import local_quadratic
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

# Points that the model exchanges together: knees often without the feet, arms by themselves.
SWAP_GROUPS: tuple[tuple[str, ...], ...] = (
    ("knee",),
    ("ankle", "heel", "foot_index"),
    ("elbow", "wrist"),
)
TRUNK = ("shoulder", "hip")
STRAY = 0.35  # leg lengths that a trunk cannot jump from one frame to the next
LEAST_RHYTHM = 0.5  # share of the movement that the periodic model must explain
LOWER_LEG = ("knee", "ankle", "heel", "foot_index")
MERGED = 0.12  # leg lengths: no nearer do a runner's legs come from knee to toes all at once
SWAP_MARGIN = 0.01  # squared leg lengths: 10 cm against 10 cm for a leg of one metre


def exchange(image_px: FloatArray, swapped: BoolArray, names: tuple[str, ...]) -> FloatArray:
    """Return a copy with left and right of ``names`` exchanged in the frames ``swapped`` (F,)."""
    mended = image_px.copy()
    for name in names:
        left, right = KEYPOINT_INDEX[f"left_{name}"], KEYPOINT_INDEX[f"right_{name}"]
        mended[swapped, left] = image_px[swapped, right]
        mended[swapped, right] = image_px[swapped, left]
    return mended


def find_swaps(
    image_px: FloatArray, time_s: FloatArray, leg_length_px: float, names: tuple[str, ...]
) -> BoolArray:
    """Return the frames (F,) in which left and right of ``names`` are exchanged.

    In running, left-minus-right is periodic.  A frame in which it points against its own
    periodic model is exchanged; where the model is near zero (the limbs pass each other)
    nothing can be told and the model's labels stand.  A clip without rhythm is left alone.
    """
    difference = np.concatenate(
        [
            image_px[:, KEYPOINT_INDEX[f"left_{n}"]] - image_px[:, KEYPOINT_INDEX[f"right_{n}"]]
            for n in names
        ],
        axis=1,
    ) / (leg_length_px * np.sqrt(len(names)))
    rhythm = fit_rhythm(difference, time_s)
    if rhythm.explained < LEAST_RHYTHM:
        return np.zeros(len(image_px), dtype=bool)
    agreement = np.sum(difference * rhythm.values, axis=1)
    swapped: BoolArray = np.nan_to_num(agreement) < -SWAP_MARGIN
    return swapped


def find_merged_legs(image_px: FloatArray, leg_length_px: float) -> BoolArray:
    """Return the frames (F,) in which both lower legs are seen at one place.

    When a leg swings past behind the other, the model sometimes takes the other one for it, for
    a few frames.  Which of them is then wrong, and for how long, cannot be told for sure.
    """
    left, right = ([KEYPOINT_INDEX[f"{side}_{n}"] for n in LOWER_LEG] for side in Side)
    apart = np.linalg.norm(image_px[:, left] - image_px[:, right], axis=2).max(axis=1)
    merged: BoolArray = apart < MERGED * leg_length_px
    return merged


def find_stray_poses(image_px: FloatArray, leg_length_px: float) -> BoolArray:
    """Return the frames (F,) whose whole trunk lies elsewhere than in the frames around it.

    The model sometimes sees the runner upside down or takes something else for him: shoulders
    or hips then jump by a good part of a leg length against the median of nine frames.
    """
    from scipy.ndimage import median_filter

    trunk = [KEYPOINT_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in TRUNK]
    path = image_px[:, trunk]
    known = np.isfinite(path[:, 0, 0])
    if not known.any():
        return np.zeros(len(path), dtype=bool)
    usual = median_filter(path[known], size=(9, 1, 1), mode="nearest")
    stray = np.zeros(len(path), dtype=bool)
    stray[known] = np.linalg.norm(path[known] - usual, axis=2).max(axis=1) > STRAY * leg_length_px
    return stray


def find_outliers(
    image_px: FloatArray, time_s: FloatArray, window_s: float, limit_px: float
) -> BoolArray:
    """Return the points (F, 33) that leave the smooth path of their own keypoint.

    The path is a quadratic fitted to the neighbours within ``window_s`` without the frame
    itself; a point further from it than ``limit_px`` and than five times that keypoint's usual
    distance is an outlier.  Done twice, the second time without the first ones, since a group
    of them bends the path.
    """
    outlier = np.zeros(image_px.shape[:2], dtype=bool)
    for _ in range(2):
        kept = np.where(outlier[:, :, None], np.nan, image_px)
        expected = local_quadratic(kept, time_s, window_s, leave_out=True)
        distance = np.linalg.norm(image_px - expected, axis=2)
        usual = np.median(np.nan_to_num(distance), axis=0)
        outlier = np.nan_to_num(distance) > np.maximum(limit_px, 5.0 * usual)
    return outlier


def fill_gaps(
    path_px: FloatArray, time_s: FloatArray, longest_s: float
) -> tuple[FloatArray, BoolArray]:
    """Fill gaps of at most ``longest_s`` in one path (F, 2); return it and the filled frames.

    A cubic through two known points on either side of the gap, which keeps the speed of a
    swinging foot; longer gaps and the ends stay NaN.
    """
    filled = path_px.copy()
    missing = ~np.isfinite(path_px[:, 0])
    known = np.flatnonzero(~missing)
    was_filled = np.zeros(len(path_px), dtype=bool)
    for place in np.flatnonzero(np.diff(known) > 1):
        left, right = known[place], known[place + 1]
        if time_s[right] - time_s[left] > longest_s:
            continue
        support = known[max(place - 1, 0) : place + 3]
        gap = np.arange(left + 1, right)
        filled[gap] = _interpolate(time_s[support], path_px[support], time_s[gap])
        was_filled[gap] = True
    return filled, was_filled


def _interpolate(known_s: FloatArray, values: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Evaluate the polynomial through all known points (2 to 4) at other times."""
    start = known_s[0]
    scale = known_s[-1] - start
    coefficients = np.polyfit((known_s - start) / scale, values, len(known_s) - 1)
    powers = np.vander((wanted_s - start) / scale, len(known_s))
    result: FloatArray = powers @ coefficients
    return result
