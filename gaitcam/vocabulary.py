"""The words that every stage shares: sides, events, directions, keypoints, quality flags."""

from enum import IntFlag, StrEnum


class Side(StrEnum):
    """The runner's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class EventKind(StrEnum):
    """What happens between foot and ground."""

    INITIAL_CONTACT = "initial_contact"
    TOE_OFF = "toe_off"


class Direction(StrEnum):
    """The way the runner faces in the image."""

    LEFT = "left"
    RIGHT = "right"


class Surface(StrEnum):
    """What the runner runs on, as far as the picture shows it."""

    TREADMILL = "treadmill"
    OVERGROUND = "overground"
    UNKNOWN = "unknown"


class CameraMotion(StrEnum):
    """What the camera did during the clip, as far as the background shows it."""

    STILL = "still"
    SHAKING = "shaking"
    PANNING = "panning"  # it turned after the runner
    FOLLOWING = "following"  # it travelled along with him
    UNKNOWN = "unknown"


class Quality(IntFlag):
    """Why a keypoint of one frame deserves less trust; 0 means measured and kept."""

    MEASURED = 0
    MISSING = 1  # no value: the pose found nothing and the gap was too long to fill
    FILLED = 2  # interpolated over a short gap
    OUTLIER = 4  # the raw value was rejected
    SWAPPED = 8  # left and right were exchanged in the raw pose
    OCCLUDED = 16  # the model itself reports low visibility
    OUT_OF_VIEW = 32  # outside the picture: the model guesses
    BETWEEN = 64  # no pose was looked for in this frame: told from the frames around it


# What may find the pose and decode: the processor, or a graphics processor where there is one.
CPU, GPU = "cpu", "gpu"
DEVICES = (CPU, GPU)


# The order of MediaPipe's 33 pose landmarks.
KEYPOINTS: tuple[str, ...] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
KEYPOINT_COUNT = len(KEYPOINTS)
KEYPOINT_INDEX: dict[str, int] = {name: index for index, name in enumerate(KEYPOINTS)}
