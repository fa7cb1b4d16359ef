"""From the picture to the runner's sagittal plane: facing, near side, level, depth.

The picture's x runs right and y down; the sagittal plane's x runs the way the runner faces
and y up along gravity.  What is found here is found once per clip, never per frame.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.errors import PoseError
from gaitcam.video.info import focal_length_px
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, KEYPOINTS, Direction, Side

# A leg's length is the median over at least so many frames.
FEWEST_LEGS = 5

# Lateral distance of a joint from the body's mid-plane, in leg lengths (hip to ankle).
# Segment and breadth means of adults; while running the feet land close to the mid-line.
LATERAL_OFFSET: dict[str, float] = {
    "ear": 0.09,
    "shoulder": 0.21,
    "elbow": 0.28,
    "wrist": 0.25,
    "hip": 0.11,
    "knee": 0.09,
    "ankle": 0.06,
    "heel": 0.05,
    "foot_index": 0.07,
}


def find_direction(image_px: FloatArray) -> tuple[Direction, float]:
    """Return the way the runner faces and the share of frames (0.5 to 1) that agree.

    Toes lie ahead of heels and the nose ahead of the ears, summed over both sides.
    """
    ahead = _difference(image_px, "nose", "ear")
    for side in Side:
        ahead += image_px[:, KEYPOINT_INDEX[f"{side}_foot_index"], 0]
        ahead -= image_px[:, KEYPOINT_INDEX[f"{side}_heel"], 0]
    known = ahead[np.isfinite(ahead)]
    share_right = float(np.mean(known > 0)) if len(known) else 0.5
    direction = Direction.RIGHT if share_right >= 0.5 else Direction.LEFT
    return direction, max(share_right, 1.0 - share_right)


def _difference(image_px: FloatArray, front: str, back: str) -> FloatArray:
    backs = [KEYPOINT_INDEX[f"{side}_{back}"] for side in Side]
    difference: FloatArray = image_px[:, KEYPOINT_INDEX[front], 0] - image_px[:, backs, 0].mean(1)
    return difference


def find_near_side(direction: Direction, depth_px: FloatArray) -> tuple[Side, float]:
    """Return the side that faces the camera and how far the model's depth agrees (0 to 1).

    A runner who faces the picture's right shows the right side; that is geometry, and holds
    unless the picture is mirrored.  The model's own depth (negative = closer) of hips and
    shoulders only says how sure that is.
    """
    near = Side(direction.value)
    pairs = [(KEYPOINT_INDEX[f"{near}_{p}"], KEYPOINT_INDEX[f"{near.other}_{p}"]) for p in PAIRS]
    closer = np.stack([depth_px[:, far] - depth_px[:, close] for close, far in pairs], axis=1)
    known = closer[np.isfinite(closer)]
    return near, float(np.mean(known > 0)) if len(known) else 0.5


PAIRS = ("hip", "shoulder")


def to_mid_plane(
    image_px: FloatArray, near: Side, leg_length_px: float, size_px: tuple[int, int]
) -> FloatArray:
    """Return image points (F, 33, 2) as if all lay in the plane through the body's middle.

    A point nearer to the camera by ``d`` at distance ``Z`` is drawn larger by ``1 + d / Z``
    about the picture's centre.  With a focal length of ``f`` pixels and a leg of ``l`` pixels,
    ``d / Z = offset * l / f`` for an offset in leg lengths, whatever the runner's height.
    """
    width, height = size_px
    magnification = 1.0 + _signed_offsets(near) * leg_length_px / focal_length_px(size_px)
    centre = np.array([width / 2.0, height / 2.0])
    moved: FloatArray = (image_px - centre) / magnification[None, :, None] + centre
    return moved


def _signed_offsets(near: Side) -> FloatArray:
    """Return each keypoint's distance (33,) towards the camera, in leg lengths."""
    offsets = np.zeros(KEYPOINT_COUNT)
    for index, name in enumerate(KEYPOINTS):
        side, _, joint = name.partition("_")
        towards = 1.0 if side == near else -1.0
        offsets[index] = towards * LATERAL_OFFSET.get(joint, 0.0)
    return offsets


def to_sagittal(image_px: FloatArray, direction: Direction, height: int) -> FloatArray:
    """Return image points (F, 33, 2) with x anterior and y up from the picture's lower edge."""
    sign = 1.0 if direction is Direction.RIGHT else -1.0
    return np.stack([sign * image_px[:, :, 0], height - image_px[:, :, 1]], axis=2)


def measure_leg_length_px(image_px: FloatArray) -> float:
    """Return hip-knee-ankle length [px]: the median over frames of both sides' mean.

    Raises `PoseError` when hardly a frame shows both legs.
    """
    lengths = [
        np.linalg.norm(
            image_px[:, KEYPOINT_INDEX[f"{side}_{upper}"]]
            - image_px[:, KEYPOINT_INDEX[f"{side}_{lower}"]],
            axis=1,
        )
        for side in Side
        for upper, lower in (("hip", "knee"), ("knee", "ankle"))
    ]
    both = 0.5 * np.sum(lengths, axis=0)
    known = both[np.isfinite(both)]
    if len(known) < FEWEST_LEGS or not np.median(known) > 0:
        raise PoseError(
            f"both legs were seen in {len(known)} frames only; film from the side, in good "
            "light, with the whole body in the picture"
        )
    return float(np.median(known))
