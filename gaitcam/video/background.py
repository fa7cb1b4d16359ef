"""Follow the background to learn how the camera moved.

While the frames pass by on their way to the pose, points with structure are followed in small
grey pictures, about thirty times a second, from a reference picture that is renewed when too
few of its points are left.  Afterwards, when it is known where the runner was, the points
beside him tell shift and roll.
"""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray, FloatArray, SingleArray
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.info import Frame, VideoInfo, one_of, spacing_s
from gaitcam.video.picture import AnyPicture, Picture

LOOKS_HZ = 30.0
LONGEST_SIDE_PX = 320
MOST_POINTS, POINTS_APART_PX, LEAST_CORNER = 90, 12, 0.01
WINDOW_PX = (15, 15)
LEVELS = 1  # more would let a point jump to the next one of a row of windows
FARTHEST_OFF_PX = 10.0  # from where the last two looks led to expect a point
MOST_UNLIKE = 12.0  # mean difference of grey values: such a point was lost
FARTHEST_SHIFT = 0.1  # of the longer side; then another picture becomes reference
FEWEST_POINTS = 8  # on the background, in one look
FEWEST_LEFT = 0.5  # share of the reference's points; then another picture becomes reference
AGREE_PX = 0.4  # small pixels: points this close move alike
FARTHEST_ROLL = 0.2  # rad from the reference; more is no camera
REWEIGHTINGS = 8
RIDGE = 1e-6  # keeps a line definite where all points lie below each other


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Points of a reference picture and where they are in a later frame, small pixels.

    ``time_s`` and ``reference_s`` are the two moments; of the reference's ``points`` (m, 1, 2),
    which all looks at it share, those that were ``found`` (m,) are at ``places`` (n, 2).
    """

    time_s: float
    reference_s: float
    points: SingleArray
    found: BoolArray
    places: SingleArray

    @property
    def before(self) -> FloatArray:
        """The points that were found, in the reference picture (n, 2)."""
        before: FloatArray = self.points[self.found, 0].astype(np.float64)
        return before

    @property
    def after(self) -> FloatArray:
        """The same points in the later frame (n, 2)."""
        return self.places.astype(np.float64)


class BackgroundWatch:
    """Takes the clip's frames in order and keeps what the points in them did."""

    def __init__(self, video: VideoInfo) -> None:
        """Prepare for the frames of ``video``."""
        self.scale = LONGEST_SIDE_PX / max(video.width, video.height)
        self.looks: list[Look] = []
        rate_hz = video.container_rate_hz
        self._apart_s = spacing_s(rate_hz, one_of(rate_hz, LOOKS_HZ))
        self._due_s = -math.inf
        self._reference: NDArray[np.uint8] | None = None
        self._reference_s = 0.0
        self._points: NDArray[np.float32] = np.empty((0, 1, 2), np.float32)
        self._shift = np.zeros(2)  # of the picture as a whole from the reference
        self._speed = np.zeros(2)  # small pixels a look

    def see(self, frame: Frame) -> None:
        """Follow the points into ``frame``, if it is its turn."""
        if frame.shown_s < self._due_s:
            return
        self._due_s = frame.shown_s + self._apart_s
        grey = shrink(frame.picture, self.scale)
        if not self._follow(grey, frame.time_s):
            self._refer_to(grey, frame.time_s)

    def _follow(self, grey: NDArray[np.uint8], time_s: float) -> bool:
        """Add a look; tell whether the reference serves for the next one, too."""
        if self._reference is None or not len(self._points):
            return False
        expected = self._points + (self._shift + self._speed).astype(np.float32)
        after, found, unlike = cv2.calcOpticalFlowPyrLK(
            self._reference,
            grey,
            self._points,
            expected.copy(),
            winSize=WINDOW_PX,
            maxLevel=LEVELS,
            flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        )
        good = ((after >= 0) & (after < grey.shape[::-1])).all(axis=(1, 2))
        good &= (found[:, 0] == 1) & (unlike[:, 0] < MOST_UNLIKE)
        good &= (np.abs(after - expected) < FARTHEST_OFF_PX).all(axis=(1, 2))
        before, now = self._points[good, 0], after[good, 0]
        self.looks.append(Look(time_s, self._reference_s, self._points, good, now))
        if good.sum() < max(FEWEST_POINTS, FEWEST_LEFT * len(self._points)):
            return False
        shift = np.median(now - before, axis=0)
        self._shift, self._speed = shift, shift - self._shift
        return float(np.abs(shift).max()) < FARTHEST_SHIFT * LONGEST_SIDE_PX

    def _refer_to(self, grey: NDArray[np.uint8], time_s: float) -> None:
        found: Any = cv2.goodFeaturesToTrack(grey, MOST_POINTS, LEAST_CORNER, POINTS_APART_PX)
        self._points = np.empty((0, 1, 2), np.float32) if found is None else found
        self._shift = np.zeros(2)
        self._reference, self._reference_s = grey, time_s


def shrink(picture: AnyPicture, scale: float) -> NDArray[np.uint8]:
    """Return a picture in grey, made smaller by ``scale``; quick, coarse first."""
    step = max(1, int(0.5 / scale))
    if isinstance(picture, Picture):
        coarse = picture.grey(step)
    else:
        coarse = np.ascontiguousarray(picture[::step, ::step, 1])
    size = (max(16, round(picture.shape[1] * scale)), max(16, round(picture.shape[0] * scale)))
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_AREA), np.uint8)


def find_camera_path(
    watch: BackgroundWatch, time_s: FloatArray, boxes_px: FloatArray, size_px: tuple[int, int]
) -> CameraPath:
    """Return the camera's path at the frames' times (F,), from points beside the runner.

    ``boxes_px`` (F, 4): left, top, right, bottom of the runner, NaN where he was not found.
    """
    boxes = boxes_px * watch.scale
    centre = 0.5 * watch.scale * np.array(size_px)
    if not watch.looks:
        return CameraPath(np.zeros((len(time_s), 2)), np.zeros(len(time_s)), 0.0)
    here = np.zeros(3)  # shift x, y in level axes [small px]; roll [rad]
    moments, path, known = [watch.looks[0].reference_s], [here], 0
    state = {watch.looks[0].reference_s: here}
    for look in watch.looks:
        start = state.setdefault(look.reference_s, here)
        before, after = look.before, look.after
        beside = _is_beside(before, _box_at(boxes, time_s, look.reference_s))
        beside &= _is_beside(after, _box_at(boxes, time_s, look.time_s))
        moved = fit_movement(before[beside] - centre, after[beside] - centre)
        known += moved is not None
        here = here if moved is None else _compose(start, moved)
        moments.append(look.time_s)
        path.append(here)
    whole = np.stack([np.interp(time_s, moments, column) for column in np.array(path).T], axis=1)
    whole[:, :2] /= watch.scale
    return CameraPath(
        whole[:, :2] - whole[0, :2], np.degrees(whole[:, 2]), known / len(watch.looks)
    )


def _compose(start: FloatArray, moved: FloatArray) -> FloatArray:
    """Return shift and roll since the first picture: the new shift turned into level axes."""
    roll = start[2] + moved[2]
    cos, sin = np.cos(roll), np.sin(roll)
    level = np.array([cos * moved[0] + sin * moved[1], cos * moved[1] - sin * moved[0]])
    return np.array([*(start[:2] + level), roll])


def _box_at(boxes: FloatArray, time_s: FloatArray, moment_s: float) -> FloatArray:
    nearest: FloatArray = boxes[int(np.argmin(np.abs(time_s - moment_s)))]
    return nearest


def _is_beside(points: FloatArray, box: FloatArray) -> BoolArray:
    """Tell which points (n, 2) lie outside a box; all do when nobody was found."""
    if not np.isfinite(box).all():
        return np.ones(len(points), dtype=bool)
    is_inside = ((points > box[:2]) & (points < box[2:])).all(axis=1)
    return np.asarray(~is_inside, dtype=bool)


def fit_movement(before: FloatArray, after: FloatArray) -> FloatArray | None:
    """Return shift x, y and roll [rad] that take points (n, 2), from the centre, to others.

    Roll and rise come from how far points rise, depending on where they are across: a camera
    that travels past things near and far moves them by different amounts, but only across.
    The shift across is the one that most points share.  None when too few points agree.
    """
    if len(before) < FEWEST_POINTS:
        return None
    move = after - before
    roll, rise = _robust_line(before[:, 0], move[:, 1])
    if abs(roll) > FARTHEST_ROLL:
        return None
    across = move[:, 0] + roll * before[:, 1]
    alike = np.abs(across[:, None] - across) < AGREE_PX
    best = alike[int(np.argmax(alike.sum(axis=1)))]
    if best.sum() < max(FEWEST_POINTS / 2, 0.2 * len(before)):
        return None
    return np.array([across[best].mean(), rise, roll])


def _robust_line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return slope and intercept of y over x with far points weighted down (Cauchy)."""
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y])
    slope, level = 0.0, float(np.median(y))
    for _ in range(REWEIGHTINGS):
        weight = 1.0 / (1.0 + ((y - level - slope * x) / AGREE_PX) ** 2)
        n, sum_x, sum_y, sum_xx, sum_xy = (terms @ weight).tolist()
        n, sum_xx = n + RIDGE, sum_xx + RIDGE
        spread = n * sum_xx - sum_x**2
        slope = (n * sum_xy - sum_x * sum_y) / spread
        level = (sum_xx * sum_y - sum_x * sum_xy) / spread
    return slope, level
