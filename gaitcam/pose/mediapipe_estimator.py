"""The pose of single pictures by MediaPipe's own Pose Landmarker; its only importer."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gaitcam.errors import PoseError
from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.networks import LandmarkPlacer
from gaitcam.pose.people_lookout import SIDE_OVER_HEIGHT, Lookout
from gaitcam.pose.quiet import quiet_stderr
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.video.picture import AnyPicture, Picture
from gaitcam.vocabulary import CPU, KEYPOINT_INDEX

HIPS = [KEYPOINT_INDEX["left_hip"], KEYPOINT_INDEX["right_hip"]]
# Of the picture, so many sides of the runner's region are left around him.
CROPPED_SIDES = 1.2
SMALLEST_CROP_PX = 16


class MediaPipeEstimator:
    """Pose Landmarker in IMAGE mode: no memory between frames, so no lag."""

    def __init__(self, model: Path, device: str = CPU) -> None:  # noqa: ARG002 - one core it is
        """Load the bundle ``model``; raises `PoseError` when MediaPipe cannot start."""
        self._found_one = False
        self._model = model
        self._lookout: Lookout | None = None
        with quiet_stderr():
            self._mediapipe = _import_mediapipe()
            vision = self._mediapipe.tasks.vision
            options = vision.PoseLandmarkerOptions(
                base_options=self._mediapipe.tasks.BaseOptions(model_asset_path=str(model)),
                running_mode=vision.RunningMode.IMAGE,
            )
            self._landmarker: Any = vision.PoseLandmarker.create_from_options(options)

    def close(self) -> None:
        """Free the native landmarker (its destructor complains otherwise)."""
        self._landmarker.close()

    def estimate(
        self,
        image: AnyPicture,
        expected: Region | None = None,  # noqa: ARG002 - MediaPipe looks everywhere
        step: int | None = None,  # noqa: ARG002 - and does not search for small people
    ) -> Sighting | None:
        """Return the clearest person's pose in ``image``."""
        rgb = image.rgb if isinstance(image, Picture) else image
        return self._detect(rgb, (0, 0))

    def look(self, image: AnyPicture, region: Region) -> Sighting | None:
        """Return the clearest person's pose in the neighbourhood of ``region``."""
        rgb = image.rgb if isinstance(image, Picture) else image
        height, width = rgb.shape[:2]
        half = 0.5 * CROPPED_SIDES * region.side
        left, right = (int(np.clip(region.x + off, 0, width)) for off in (-half, half))
        top, bottom = (int(np.clip(region.y + off, 0, height)) for off in (-half, half))
        if min(right - left, bottom - top) < SMALLEST_CROP_PX:
            return None
        return self._detect(rgb[top:bottom, left:right], (left, top))

    def sees_others(self, image: AnyPicture, sighting: Sighting, part: int | None = None) -> bool:
        """Return whether others than the one of ``sighting`` are in the picture."""
        if self._lookout is None:
            self._lookout = Lookout(PersonDetector(self._model), LandmarkPlacer(self._model))
        points = sighting.pose[:, :2]
        x, y = points[HIPS].mean(axis=0)
        side = SIDE_OVER_HEIGHT * float(np.ptp(points[:, 1]))
        return self._lookout.sees_others(image, Region(float(x), float(y), side, 0.0), part)

    def _detect(self, rgb: NDArray[np.uint8], corner: tuple[int, int]) -> Sighting | None:
        """Return the pose in a part of a picture whose upper left ``corner`` is given."""
        # MediaPipe silently finds nobody in an array that is not C-contiguous.
        picture = self._mediapipe.Image(
            image_format=self._mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(rgb)
        )
        # MediaPipe also logs when it projects its first pose.
        with nullcontext() if self._found_one else quiet_stderr():
            found = self._landmarker.detect(picture)
        if not found.pose_landmarks:
            return None
        self._found_one = True
        height, width = rgb.shape[:2]
        left, top = corner
        in_image = [
            (left + p.x * width, top + p.y * height, p.z * width, p.visibility)
            for p in found.pose_landmarks[0]
        ]
        in_world = [(p.x, p.y, p.z) for p in found.pose_world_landmarks[0]]
        return Sighting(np.hstack([np.array(in_image), np.array(in_world)]))


def _import_mediapipe() -> Any:
    """Import MediaPipe, naming the system packages that it silently needs."""
    try:
        # Here, not at the top: half a second that `gaitcam --help` must not pay.
        import mediapipe
        from mediapipe.tasks.python import vision  # noqa: F401
    except (ImportError, OSError) as problem:
        raise PoseError(
            f"MediaPipe cannot start ({problem}): on Debian or Ubuntu, "
            "install its system libraries with: apt-get install libegl1 libgles2"
        ) from problem
    return mediapipe
