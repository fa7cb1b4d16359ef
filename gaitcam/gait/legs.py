"""One leg's strides: where each lands and pushes off, roughly, and what they have in common."""

from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.gait.foot_paths import FootPaths
from gaitcam.gait.moments import (
    ANKLE,
    course,
    highest_at,
    landing_moments,
    landing_posture,
    push_off_moments,
    push_off_posture,
)
from gaitcam.gait.stride_pattern import (
    StridePattern,
    align_strides,
    common_curve,
    cut_windows,
    describe_strides,
    fit_strides,
    leg_channels,
)
from gaitcam.gait.swings import Swing, refine_turn
from gaitcam.vocabulary import Side

# The push-off pattern is anchored this long before the ankle is hindmost: near toe-off.
PUSH_OFF_LEAD_S = 0.07
PUSH_OFF_STRIDE = (0.15, 0.75)  # of the stride after landing, in which the ankle is hindmost
USUAL_STANCE = 0.36  # of the stride from landing anchor to push-off anchor
LARGEST_STANCE_CHANGE_S = 0.045  # from stride to stride of one leg
LARGEST_MISFIT = 0.1  # leg lengths: such a stride is out of place
NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class LegStrides:
    """All strides of one leg: ``landing`` and ``push_off`` patterns, and what they measure.

    Both patterns hold the same strides in the same order: stride k lands after
    ``landing.anchor_s[k]`` and pushes off near ``push_off.anchor_s[k]``.  The first and last
    may be strides of which only a part is in the clip; ``known`` tells.
    ``measures`` are named moments [s], postures [deg] and places [leg lengths] for
    `timing_model`.
    """

    side: Side
    stride_s: float
    landing: StridePattern
    push_off: StridePattern
    measures: dict[str, float]


def follow_leg(
    paths: FootPaths, swings: tuple[Swing, ...], side: Side, stride_s: float
) -> LegStrides | None:
    """Lay all strides of a leg over one another; None when the leg never swings forward."""
    ahead = paths.path(side, "ankle")[:, 0]
    turns = [refine_turn(paths.time_s, ahead, s.time_s) for s in swings if s.side is side]
    seen_s = np.array([turn for turn in turns if np.isfinite(turn)])
    if not len(seen_s):
        return None
    channels, start_s = leg_channels(paths, side), float(paths.time_s[0])
    own_stride_s = _own_stride_s(seen_s, stride_s)
    seen = align_strides(channels, start_s, seen_s)
    seen = _centred(channels, start_s, seen, 0.0)
    landing_s = _complete(seen.anchor_s, own_stride_s, paths.time_s)
    landing = _with_all(channels, start_s, seen, landing_s)
    push_off = _follow_push_off(paths, side, channels, landing.anchor_s, own_stride_s)
    landing, push_off = _agree(channels, start_s, landing, push_off)
    measures = _measures(landing, push_off, own_stride_s)
    return LegStrides(side, own_stride_s, landing, push_off, measures)


def _own_stride_s(seen_s: FloatArray, stride_s: float) -> float:
    """Return this leg's stride time; gaps of several strides count as several."""
    gaps_s = np.diff(seen_s)
    strides = np.round(gaps_s / stride_s)
    whole = strides > 0
    return float(np.median(gaps_s[whole] / strides[whole])) if whole.any() else stride_s


def _agree(
    channels: FloatArray, start_s: float, landing: StridePattern, push_off: StridePattern
) -> tuple[StridePattern, StridePattern]:
    """Where one end of a stride is off and the other is not, place it by the usual stance.

    Legs that the pose model exchanged for a few frames pull a stride out of place; its other
    end, a quarter of a second away, mostly is sound.
    """
    stance_s = push_off.anchor_s - landing.anchor_s
    usual_s = float(np.median(stance_s))
    is_odd = np.abs(stance_s - usual_s) > LARGEST_STANCE_CHANGE_S
    by_landing = _is_worse(push_off, landing, is_odd)
    by_push_off = _is_worse(landing, push_off, is_odd)
    landings = np.where(by_push_off, push_off.anchor_s - usual_s, landing.anchor_s)
    push_offs = np.where(by_landing, landing.anchor_s + usual_s, push_off.anchor_s)
    return (
        describe_strides(channels, start_s, landings, landing.shape),
        describe_strides(channels, start_s, push_offs, push_off.shape),
    )


def _is_worse(first: StridePattern, second: StridePattern, is_odd: BoolArray) -> BoolArray:
    """Tell in which odd or ill-fitting strides the first end fits worse than a sound second."""
    off, other = np.nan_to_num(first.misfit, nan=np.inf), np.nan_to_num(second.misfit, nan=np.inf)
    worse: BoolArray = (is_odd | (off > LARGEST_MISFIT)) & (off > other) & (other <= LARGEST_MISFIT)
    return worse


def _centred(
    channels: FloatArray, start_s: float, pattern: StridePattern, lead_s: float
) -> StridePattern:
    """Anchor the pattern where the common curve's ankle is foremost, or before it is hindmost.

    So the anchor means the same in every clip, whatever single strides said.
    """
    ankle = pattern.shape[ANKLE]
    is_landing = lead_s == 0.0
    turn_s = highest_at(ankle, (-0.1, 0.1)) if is_landing else highest_at(-ankle, (-0.06, 0.2))
    if not np.isfinite(turn_s):
        return pattern
    anchors = pattern.anchor_s + turn_s - lead_s
    shape = common_curve(cut_windows(channels, start_s, anchors))
    return describe_strides(channels, start_s, anchors, shape)


def _complete(landing_s: FloatArray, stride_s: float, time_s: FloatArray) -> FloatArray:
    """Add the strides that must lie in gaps and before the first and after the last one."""
    all_s = [landing_s[0]]
    for later in landing_s[1:]:
        missing = round((later - all_s[-1]) / stride_s) - 1
        all_s.extend(np.linspace(all_s[-1], later, missing + 2)[1:-1] if missing > 0 else [])
        all_s.append(later)
    reach_s = 0.5 * stride_s  # a stride may push off in the clip though it landed before it
    before = np.arange(all_s[0] - stride_s, time_s[0] - reach_s, -stride_s)[::-1]
    after = np.arange(all_s[-1] + stride_s, time_s[-1] + reach_s, stride_s)
    return np.concatenate([before, all_s, after])


def _with_all(
    channels: FloatArray, start_s: float, seen: StridePattern, all_s: FloatArray
) -> StridePattern:
    """Fit strides that were not seen whole onto the curve of those that were."""
    is_seen = np.isin(all_s, seen.anchor_s)
    others = fit_strides(channels, start_s, all_s[~is_seen], seen.shape)
    anchors = all_s.copy()
    anchors[~is_seen] = others.anchor_s
    return describe_strides(channels, start_s, anchors, seen.shape)


def _follow_push_off(
    paths: FootPaths, side: Side, channels: FloatArray, landing_s: FloatArray, stride_s: float
) -> StridePattern:
    """Find the push-off that follows each landing."""
    behind = -paths.path(side, "ankle")[:, 0]
    middle = 0.5 * sum(PUSH_OFF_STRIDE) * stride_s
    reach = 0.5 * (PUSH_OFF_STRIDE[1] - PUSH_OFF_STRIDE[0]) * stride_s
    turns = [refine_turn(paths.time_s, behind, s + middle, reach) for s in landing_s]
    anchors = np.array(turns) - PUSH_OFF_LEAD_S
    is_seen = np.isfinite(anchors)
    stance_s = float(np.median((anchors - landing_s)[is_seen])) if is_seen.any() else NAN
    usual_s = stance_s if np.isfinite(stance_s) else USUAL_STANCE * stride_s
    anchors[~is_seen] = landing_s[~is_seen] + usual_s
    start_s = float(paths.time_s[0])
    seen = align_strides(channels, start_s, anchors[is_seen] if is_seen.any() else anchors)
    seen = _centred(channels, start_s, seen, PUSH_OFF_LEAD_S)
    if is_seen.any():
        shift_s = float(np.median(seen.anchor_s - anchors[is_seen]))
        anchors[is_seen], anchors[~is_seen] = seen.anchor_s, anchors[~is_seen] + shift_s
    return _with_all(channels, start_s, seen, anchors)


def _measures(landing: StridePattern, push_off: StridePattern, stride_s: float) -> dict[str, float]:
    """Gather moments, postures and courses under the names that the timing model knows."""
    land, push = landing.shape, push_off.shape
    parts = {
        "landing": landing_moments(land) | landing_posture(land) | course(land, stride_s),
        "push_off": push_off_moments(push) | push_off_posture(push) | course(push, stride_s),
    }
    measures = {f"{part}.{key}": v for part, values in parts.items() for key, v in values.items()}
    measures["stance"] = float(np.median(push_off.anchor_s - landing.anchor_s))
    return measures
