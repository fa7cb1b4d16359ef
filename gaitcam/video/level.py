"""How the camera was held, from straight lines in the scene: its roll and its pitch.

Walls, windows, door frames and posts are vertical.  In a picture taken level they stay so; a
rolled camera turns them all, and one that looks up or down lets them converge.  One degree of
roll is one degree of trunk lean, so it is worth knowing.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.video.info import UNKNOWN_LEVEL, CameraLevel, focal_length_px

SHORTEST_LINE = 0.03  # picture heights
STEEPEST_TILT_DEG = 15.0  # what leans more is no vertical line of a hand-held camera
AGREEMENT_DEG = 0.4
# Fewer picture heights of agreeing lines in a frame could be chance: trees, limbs, shadows.
LEAST_SUPPORT = 0.8


def level_of(pictures: Sequence[NDArray[np.uint8]]) -> CameraLevel:
    """Return the camera's roll and pitch from vertical lines in RGB pictures of one size."""
    frames = [np.asarray(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), np.uint8) for each in pictures]
    if not frames:
        return UNKNOWN_LEVEL
    height, width = frames[0].shape[:2]
    with ThreadPoolExecutor(len(frames), thread_name_prefix="level") as pool:
        lines = np.concatenate(list(pool.map(find_steep_lines, frames)))
    return fit_level(lines, (width, height), len(frames))


def find_steep_lines(grey: NDArray[np.uint8]) -> FloatArray:
    """Return the nearly vertical line segments of a picture, shape (n, 4): x, y of both ends."""
    found = cv2.createLineSegmentDetector().detect(grey)[0]
    if found is None:
        return np.empty((0, 4))
    lines = np.asarray(found, dtype=np.float64).reshape(-1, 4)
    is_long = _lengths(lines) > SHORTEST_LINE * grey.shape[0]
    steep: FloatArray = lines[is_long & (np.abs(_tilts_deg(lines)) < STEEPEST_TILT_DEG)]
    return steep


def fit_level(lines: FloatArray, size_px: tuple[int, int], frames: int = 1) -> CameraLevel:
    """Return the roll and pitch under which most of the lines (n, 4) are vertical in the world."""
    from scipy.optimize import least_squares

    if len(lines) < 3:
        return UNKNOWN_LEVEL
    width, height = size_px
    focal_px = focal_length_px(size_px)
    middle = 0.5 * (lines[:, :2] + lines[:, 2:]) - (width / 2.0, height / 2.0)
    tilts, lengths = _tilts_deg(lines), _lengths(lines)

    def misfit(attitude: FloatArray) -> FloatArray:
        expected = expected_tilt_deg(middle, attitude[0], attitude[1], focal_px)
        weighted: FloatArray = (tilts - expected) * np.sqrt(lengths / lengths.mean())
        return weighted

    start = np.array([_commonest(tilts, lengths), 0.0])
    roll, pitch = least_squares(misfit, start, loss="cauchy", f_scale=AGREEMENT_DEG).x
    off = np.abs(tilts - expected_tilt_deg(middle, roll, pitch, focal_px))
    support = float(lengths[off < 2 * AGREEMENT_DEG].sum() / height / frames)
    if support < LEAST_SUPPORT:
        return replace(UNKNOWN_LEVEL, support=support)
    return CameraLevel(float(roll), float(pitch), support)


def expected_tilt_deg(
    middle_px: FloatArray, roll_deg: float, pitch_deg: float, focal_px: float
) -> FloatArray:
    """Return how far a vertical line leans right in the picture at points (n, 2) off its centre.

    All vertical lines run to one vanishing point: above the picture when the camera looks up.
    """
    roll, pitch = np.radians([roll_deg, pitch_deg])
    up = np.array([np.sin(roll) * np.cos(pitch), -np.cos(roll) * np.cos(pitch), np.sin(pitch)])
    across = focal_px * up[0] - middle_px[:, 0] * up[2]
    upward = -(focal_px * up[1] - middle_px[:, 1] * up[2])
    tilt: FloatArray = np.degrees(np.arctan2(across, upward))
    return tilt


def _commonest(tilts_deg: FloatArray, lengths: FloatArray) -> float:
    """Return the tilt near which most length of lines lies."""
    candidates = np.arange(-STEEPEST_TILT_DEG, STEEPEST_TILT_DEG, 0.25)
    near = np.exp(-0.5 * (tilts_deg[None, :] - candidates[:, None]) ** 2)
    return float(candidates[int(np.argmax(near @ lengths))])


def _lengths(lines: FloatArray) -> FloatArray:
    lengths: FloatArray = np.linalg.norm(lines[:, 2:] - lines[:, :2], axis=1)
    return lengths


def _tilts_deg(lines: FloatArray) -> FloatArray:
    """Return how far each line, followed upwards, leans to the right."""
    across, down = (lines[:, 2:] - lines[:, :2]).T
    upwards = np.where(down > 0, -1.0, 1.0)
    tilts: FloatArray = np.degrees(np.arctan2(across * upwards, np.abs(down)))
    return tilts
