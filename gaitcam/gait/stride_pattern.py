"""What a runner's strides have in common: one fine curve out of many coarse ones.

Frames fall at another moment of every stride, so strides laid over one another show far more
of a movement than any single one: at 30 frames/s ten strides sample it every few milliseconds.
Each stride's own timing is then how far it must be moved to lie on the common curve, which
uses all of the movement and not one extreme of one noisy signal.
"""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.gait.foot_paths import GRID_HZ, SIDES, FootPaths
from gaitcam.vocabulary import Side

LAG_S: FloatArray = np.arange(-57, 58) / GRID_HZ  # the pattern's clock, 0 at its anchor
ALIGNED: BoolArray = np.abs(LAG_S) <= 0.16
LEG_CHANNELS = 8  # knee, ankle, heel, toe; x and y of each
HIP_HEIGHT = 16  # channel: 0-7 this leg, 8-15 the other leg, 16 height of the hips
ROUNDS = 4
LARGEST_MOVE_S = 0.02  # per round
LARGEST_MISFIT = 0.05  # leg lengths: a wrong landmark must not pull a stride
LEAST_SAMPLES = 10


@dataclass(frozen=True, slots=True, eq=False)
class StridePattern:
    """The common curve of n strides about an anchor: ``shape`` (17 channels, lags).

    ``anchor_s`` (n,) is when each stride passes the anchor; ``known`` (n,) the share of the
    aligned window in which it has data; ``misfit`` (n,) how far it lies off the common curve,
    root mean square in leg lengths (NaN without data).
    """

    shape: FloatArray
    anchor_s: FloatArray
    known: FloatArray
    misfit: FloatArray


def leg_channels(paths: FootPaths, side: Side) -> FloatArray:
    """Return this leg's points, the other leg's and the hips' height, shape (17, N)."""
    legs = [
        paths.relative[SIDES.index(s)].transpose(1, 2, 0).reshape(LEG_CHANNELS, -1)
        for s in (side, side.other)
    ]
    return np.concatenate([*legs, paths.hip_height[None]])


def cut_windows(channels: FloatArray, start_s: float, anchor_s: FloatArray) -> FloatArray:
    """Return the channels around each anchor, shape (n, 17, lags); NaN outside the data."""
    place = (anchor_s[:, None] + LAG_S - start_s) * GRID_HZ
    last = channels.shape[1] - 1
    index = np.clip(np.floor(place).astype(int), 0, last - 1)
    share = place - index
    windows = channels[:, index]
    windows *= 1.0 - share
    after = channels[:, index + 1]
    after *= share
    windows += after
    windows[:, (place < 0) | (place > last)] = np.nan
    return np.swapaxes(windows, 0, 1)


def align_strides(channels: FloatArray, start_s: float, anchor_s: FloatArray) -> StridePattern:
    """Move each stride onto the common curve of all; the mean anchor stays where it was."""
    anchors = anchor_s
    for _ in range(ROUNDS if len(anchors) > 1 else 0):
        windows = cut_windows(channels, start_s, anchors)
        moves = _moves(windows, common_curve(windows))
        anchors = anchors + moves - moves.mean()
    shape = common_curve(cut_windows(channels, start_s, anchors))
    return describe_strides(channels, start_s, anchors, shape)


def fit_strides(
    channels: FloatArray, start_s: float, anchor_s: FloatArray, shape: FloatArray
) -> StridePattern:
    """Move further strides onto a curve that is already known."""
    anchors = anchor_s
    for _ in range(ROUNDS):
        anchors = anchors + _moves(cut_windows(channels, start_s, anchors), shape)
    return describe_strides(channels, start_s, anchors, shape)


def describe_strides(
    channels: FloatArray, start_s: float, anchor_s: FloatArray, shape: FloatArray
) -> StridePattern:
    """Tell how much of each stride is known and how well it lies on the curve."""
    windows = cut_windows(channels, start_s, anchor_s)[:, :LEG_CHANNELS][..., ALIGNED]
    off = windows - shape[:LEG_CHANNELS, ALIGNED]
    finite = np.isfinite(off)
    count = finite.sum(axis=(1, 2))
    squares = np.where(finite, off, 0.0) ** 2
    mean = squares.sum(axis=(1, 2)) / np.maximum(count, 1)
    misfit = np.where(count > 0, np.sqrt(mean), np.nan)
    return StridePattern(shape, anchor_s, finite.mean(axis=(1, 2)), misfit)


def common_curve(windows: FloatArray) -> FloatArray:
    """Return the median over strides, or the mean of one or two, ignoring what is unknown."""
    known = np.isfinite(windows).sum(axis=0)
    ordered = np.sort(windows, axis=0)  # unknown ones last
    low, high = (
        np.take_along_axis(ordered, np.maximum(place, 0)[np.newaxis] // 2, axis=0)[0]
        for place in (known - 1, known)
    )
    curve: FloatArray = 0.5 * (low + np.where(known > 0, high, np.nan))
    return curve


def _moves(windows: FloatArray, curve: FloatArray) -> FloatArray:
    """Return how much later each stride's anchor should be [s], shape (n,).

    One Gauss-Newton step on the squared distance to the curve, each channel about its own
    mean, since a landmark's place may wander while its movement keeps its time.
    """
    slope = np.gradient(curve, 1.0 / GRID_HZ, axis=1)[:HIP_HEIGHT, ALIGNED]
    off = (windows - curve)[:, :HIP_HEIGHT, ALIGNED]
    both = np.isfinite(off) & np.isfinite(slope)
    both &= both.sum(axis=2, keepdims=True) >= LEAST_SAMPLES
    count = np.maximum(both.sum(axis=2, keepdims=True), 1)
    off, slopes = np.where(both, off, 0.0), np.where(both, slope, 0.0)
    off = np.where(both, off - off.sum(axis=2, keepdims=True) / count, 0.0)
    slopes = np.where(both, slopes - slopes.sum(axis=2, keepdims=True) / count, 0.0)
    off = np.clip(off, -LARGEST_MISFIT, LARGEST_MISFIT)
    weight = np.sum(slopes**2, axis=(1, 2))
    step = np.sum(off * slopes, axis=(1, 2)) / np.maximum(weight, 1e-9)
    moves: FloatArray = -np.clip(step, -LARGEST_MOVE_S, LARGEST_MOVE_S)
    return moves
