"""The pose of single pictures by MediaPipe's own Pose Landmarker; its only importer."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from gaitcam.errors import PoseError
from gaitcam.pose.quiet import quiet_stderr
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting
from gaitcam.video.picture import AnyPicture, Picture


class MediaPipeEstimator:
    """Pose Landmarker in IMAGE mode: no memory between frames, so no lag."""

    def __init__(self, model: Path) -> None:
        """Load the bundle ``model``; raises `PoseError` when MediaPipe cannot start."""
        self._found_one = False
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
    ) -> Sighting | None:
        """Return the pose in an RGB ``image``."""
        rgb = image.rgb if isinstance(image, Picture) else image
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
        height, width = image.shape[:2]
        in_image = [
            (p.x * width, p.y * height, p.z * width, p.visibility) for p in found.pose_landmarks[0]
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
