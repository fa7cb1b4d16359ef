"""What the person in the clip does: runs, walks, stands, cycles; and whether the clock is right.

Everything here is read off the raw pose and none of it depends on the speed at which the clip
plays, so that slow motion is recognised, too.  Walkers vault over the standing leg: their
trunk is highest when the feet pass each other.  Runners bounce: theirs is lowest then, and
highest in the flight while the feet are apart (Cavagna et al. 1976).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.gait.clip_speed import REAL_TIME, ClipSpeed, estimate_speed, is_possible, measure_fall
from gaitcam.keypoints.sagittal import measure_leg_length_px
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

NAN = float("nan")
LONGEST_LOOK_S = 20.0
FINEST_STEP_S = 1 / 60
SHORTEST_STRIDE_S = 0.15
FEWEST_FRAMES = 12
FEWEST_ANKLES = 0.4  # share of the frames that must show both ankles for a rhythm
NEARLY_BEST = 0.75  # with exchanged legs several strides may fit better than one
CLEAR_RHYTHM = 1.2  # of 2: as like after a stride, and as opposite after half of one, as can be
HARDLY_RHYTHM = 0.8  # no run that was ever seen is as uneven as this
STANDS_STILL = 0.2  # leg lengths that the ankles move against each other, either way
SPOT_TRAVEL = 0.35  # leg lengths that an ankle travels fore and aft; the slowest run has 0.6
SEATED_THIGH_DEG = 5.0  # a cyclist's thigh never comes back to the vertical
SEATED_KNEE_DEG = 24.0  # nor does the knee get straight
VAULTS = -0.3  # correlation of the trunk's height with the distance of the feet
BOUNCES = 0.3
WALKING_KNEE_DEG = 78.0  # most that a knee bends in walking; runners' swing bends it more
# Breadth of the shoulders over the length of the trunk, seen from the front.
SHOULDERS_OVER_TRUNK = 0.68
OBLIQUE_DEG, FRONTAL_DEG = 20.0, 40.0


class Activity(StrEnum):
    """What the person does."""

    RUNNING = "running"
    WALKING = "walking"
    ON_THE_SPOT = "on the spot"
    CYCLING = "cycling"
    STANDING = "standing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Movement:
    """What a clip shows, before anything is measured in it.

    ``view_angle_deg``: 0 from the side to 90 from the front; ``is_facing``: the chest shows
    rather than the back.  ``cadence_spm`` is NaN without a rhythm.  ``played_slower``: how many
    times slower than real the clip plays, where that is sure; 1 is real time.  ``speed``: the
    same, sure or not.  ``clearness``: how even the strides are, from 0 to 2; NaN where nothing
    was looked at.
    """

    activity: Activity
    view_angle_deg: float
    is_facing: bool
    cadence_spm: float
    played_slower: float = 1.0
    clearness: float = NAN
    speed: ClipSpeed = REAL_TIME

    @property
    def is_frontal(self) -> bool:
        """Whether the clip was filmed from the front or from behind."""
        return self.view_angle_deg > FRONTAL_DEG

    @property
    def is_oblique(self) -> bool:
        """Whether it was filmed neither from the side nor from the front."""
        return OBLIQUE_DEG < self.view_angle_deg <= FRONTAL_DEG

    @property
    def is_judged(self) -> bool:
        """Whether the reference ranges, which are those of running, apply."""
        is_run = self.activity is Activity.RUNNING
        may_be = self.activity is Activity.UNCLEAR and not self.clearness < HARDLY_RHYTHM
        return (is_run or may_be) and not self.is_frontal and self.speed.is_possible


def recognise_movement(landmarks: LandmarkTrack) -> Movement:
    """Return what the person does; `Activity.UNCLEAR` where that does not show.

    Where a rate told of the camera makes the legs so quick that their rhythm cannot be followed
    (or only every third step of it), the file's own clock shows how quick.
    """
    movement, video = _recognise(landmarks), landmarks.video
    if not video.is_speed_told:
        return movement
    own = replace(
        landmarks,
        time_s=landmarks.shown_s,
        video=replace(video, time_scale=1.0, is_speed_told=False),
    )
    shown = _recognise(own)
    told_spm = shown.cadence_spm / shown.played_slower / video.time_scale
    is_run = shown.activity is Activity.RUNNING and shown.speed.is_possible
    if not is_run or is_possible(told_spm):
        return movement
    return replace(
        shown, cadence_spm=told_spm, played_slower=1.0, speed=ClipSpeed(1.0, False, False)
    )


def _recognise(landmarks: LandmarkTrack) -> Movement:
    """Return what the person does, as it shows on the landmarks' clock."""
    time_s, points = _part(landmarks)
    view_angle_deg, is_facing = measure_view_angle(points)
    leg_px = measure_leg_length_px(points) if len(points) else NAN
    if len(points) < FEWEST_FRAMES or not leg_px > 0:
        return Movement(Activity.UNCLEAR, view_angle_deg, is_facing, NAN)
    apart = ankles_apart(points, leg_px)
    stride_s, clearness = find_stride(apart, time_s)
    if np.isfinite(apart).all(axis=1).mean() < FEWEST_ANKLES:
        clearness = 0.0
    cadence_spm = 120.0 / stride_s if clearness > CLEAR_RHYTHM else NAN
    if _spread(apart).max() < STANDS_STILL:
        return Movement(Activity.STANDING, view_angle_deg, is_facing, NAN)
    if not np.isfinite(cadence_spm):
        return Movement(Activity.UNCLEAR, view_angle_deg, is_facing, NAN, 1.0, clearness)
    bounce = measure_bounce(points, time_s, stride_s)
    activity = _name(points, leg_px, bounce)
    movement = Movement(activity, view_angle_deg, is_facing, cadence_spm, 1.0, clearness)
    if activity is not Activity.RUNNING or bounce <= BOUNCES or movement.is_frontal:
        return movement
    fall = measure_fall(_trunk_height(points), time_s, stride_s, leg_px)
    speed = estimate_speed(cadence_spm, fall, landmarks.video.container_rate_hz)
    if landmarks.video.is_speed_told:
        speed = replace(speed, is_sure=False, is_possible=is_possible(cadence_spm))
    slower = speed.slower if speed.is_sure else 1.0
    return replace(movement, cadence_spm=cadence_spm * slower, played_slower=slower, speed=speed)


def _part(landmarks: LandmarkTrack) -> tuple[FloatArray, FloatArray]:
    """Return times and image points of the first seconds with a pose, NaN outside the picture."""
    seen = np.flatnonzero(landmarks.has_pose)
    if not len(seen):
        return np.empty(0), np.empty((0, len(KEYPOINT_INDEX), 2))
    start = int(seen[0])
    stop = int(np.searchsorted(landmarks.time_s, landmarks.time_s[start] + LONGEST_LOOK_S))
    part = slice(start, min(stop, int(seen[-1]) + 1))
    points = landmarks.image_px[part].astype(np.float64)
    size = np.array([landmarks.video.width, landmarks.video.height])
    points[((points < 0) | (points > size)).any(axis=2)] = np.nan
    return landmarks.time_s[part], points


def _of(points: FloatArray, name: str, side: Side) -> FloatArray:
    return points[:, KEYPOINT_INDEX[f"{side}_{name}"]]


def _middle(points: FloatArray, name: str) -> FloatArray:
    return 0.5 * (_of(points, name, Side.LEFT) + _of(points, name, Side.RIGHT))


def _spread(values: FloatArray) -> FloatArray:
    """Return the range of nearly all values along the first axis; 0 where nothing is known."""
    known = values[np.isfinite(values).all(axis=tuple(range(1, values.ndim)))]
    if not len(known):
        return np.zeros(values.shape[1:])
    low, high = np.percentile(known, [5, 95], axis=0)
    return np.asarray(high - low)


def measure_view_angle(points: FloatArray) -> tuple[float, bool]:
    """Return the angle [deg] from a view from the side, and whether the chest shows.

    From the breadth of the shoulders against the length of the trunk in image points
    (F, 33, 2), signed and as a median, so that the turning of the trunk does not count.
    """
    trunk = np.linalg.norm(_middle(points, "hip") - _middle(points, "shoulder"), axis=1)
    breadth = _of(points, "shoulder", Side.LEFT)[:, 0] - _of(points, "shoulder", Side.RIGHT)[:, 0]
    ratio = breadth / np.where(trunk > 0, trunk, np.nan)
    if not np.isfinite(ratio).any():
        return 0.0, True
    middle = float(np.nanmedian(ratio))
    angle = float(np.degrees(np.arcsin(min(1.0, abs(middle) / SHOULDERS_OVER_TRUNK))))
    return angle, middle > 0


def ankles_apart(points: FloatArray, leg_px: float) -> FloatArray:
    """Return how far the left ankle is off the right one [leg lengths], about the median (F, 2)."""
    apart = (_of(points, "ankle", Side.LEFT) - _of(points, "ankle", Side.RIGHT)) / leg_px
    return np.asarray(apart - np.nanmedian(apart, axis=0))


def find_stride(apart: FloatArray, time_s: FloatArray) -> tuple[float, float]:
    """Return the stride time [s] of the ankles' distance (F, 2) and how clear it is (0 to 2).

    Unlike `gaitcam.gait.swings` it takes any time for possible, and the shortest of equals.
    """
    step_s = FINEST_STEP_S
    even_s = np.arange(time_s[0], time_s[-1], step_s)
    # Between the frames, too: a stride of few frames fits no whole number of them.
    values = np.stack([np.interp(even_s, time_s, column) for column in apart.T], axis=1)
    lags = np.arange(max(2, round(SHORTEST_STRIDE_S / step_s)), max(3, int(0.8 * len(values))))
    if not len(lags):
        return NAN, 0.0
    likeness = _likeness(values)[: int(lags[-1]) + 1]
    score = likeness[lags] - likeness[lags // 2]
    score = np.nan_to_num(score, nan=-2.0)
    if not score.max() > 0:  # a part of a stride, or no strides
        return NAN, 0.0
    good = score >= NEARLY_BEST * score.max()
    first = int(np.argmax(good))
    last = first + int(np.argmin(np.append(good[first:], False)))
    best = first + int(np.argmax(score[first:last]))
    return float(lags[best] * step_s), float(score[best])


def _likeness(values: FloatArray) -> FloatArray:
    """Return the correlation of a signal (F, 2) with itself 0, 1, 2, .. samples later (F,)."""
    known: BoolArray = np.all(np.isfinite(values), axis=1)
    across, up = np.where(known[:, None], values, 0.0).T
    there = known.astype(np.float64)
    squares: FloatArray = across**2 + up**2
    product = _lagged(across, across) + _lagged(up, up)
    size = np.sqrt(_lagged(squares, there) * _lagged(there, squares))
    is_enough = (_lagged(there, there) >= FEWEST_FRAMES // 2) & (size > 0)
    return np.where(is_enough, product / np.where(size > 0, size, 1.0), np.nan)


def _lagged(first: FloatArray, later: FloatArray) -> FloatArray:
    """Return the sums of ``first`` (F,) times what ``later`` is 0, 1, 2, .. samples later (F,)."""
    return np.correlate(later, first, mode="full")[len(first) - 1 :]


def measure_bounce(points: FloatArray, time_s: FloatArray, stride_s: float) -> float:
    """Return how the trunk's height goes with the distance of the feet: -1 (vaults) to 1."""
    height = _trunk_height(points)
    apart = np.abs(_of(points, "ankle", Side.LEFT) - _of(points, "ankle", Side.RIGHT))[:, 0]
    known = np.isfinite(height) & np.isfinite(apart)
    if known.sum() < FEWEST_FRAMES:
        return 0.0
    height, apart, moments = height[known], apart[known], time_s[known]
    about = height - _running_mean(height, moments, stride_s / 2)
    return float(np.corrcoef(about, apart)[0, 1]) if np.ptp(about) and np.ptp(apart) else 0.0


def _trunk_height(points: FloatArray) -> FloatArray:
    """Return the height of the trunk's middle (F,), upwards [px]."""
    height: FloatArray = -0.5 * (_middle(points, "hip") + _middle(points, "shoulder"))[:, 1]
    return height


def _running_mean(values: FloatArray, time_s: FloatArray, width_s: float) -> FloatArray:
    """Return the mean over ``width_s`` about each moment."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    first = np.searchsorted(time_s, time_s - width_s / 2)
    last = np.searchsorted(time_s, time_s + width_s / 2, side="right")
    mean: FloatArray = (total[last] - total[first]) / (last - first)
    return mean


def _name(points: FloatArray, leg_px: float, bounce: float) -> Activity:
    """Tell a person who moves the legs in turn by what the legs do."""
    legs = [_measure_leg(points, side) for side in Side]
    if all(thigh > SEATED_THIGH_DEG and knee > SEATED_KNEE_DEG for thigh, knee, _ in legs):
        return Activity.CYCLING
    travel = [_spread(_of(points, "ankle", s) - _middle(points, "hip"))[0] / leg_px for s in Side]
    if max(travel) < SPOT_TRAVEL:
        return Activity.ON_THE_SPOT
    if bounce < VAULTS and np.mean([most for _, _, most in legs]) < WALKING_KNEE_DEG:
        return Activity.WALKING
    return Activity.RUNNING


def _measure_leg(points: FloatArray, side: Side) -> tuple[float, float, float]:
    """Return how far back the thigh comes, and how straight and how bent the knee gets [deg]."""
    toe, heel = _of(points, "foot_index", side), _of(points, "heel", side)
    thigh = _of(points, "knee", side) - _of(points, "hip", side)
    shank = _of(points, "ankle", side) - _of(points, "knee", side)
    ahead = 1.0 if np.nanmedian((toe - heel)[:, 0]) > 0 else -1.0
    forward = np.degrees(np.arctan2(ahead * thigh[:, 0], thigh[:, 1]))
    backward = np.degrees(np.arctan2(-ahead * shank[:, 0], shank[:, 1]))
    bend = forward + backward
    straight, bent = np.nanpercentile(bend, [5, 95])
    return float(np.nanpercentile(forward, 5)), float(straight), float(bent)
