"""The raw pose of every frame, as the model gave it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from gaitcam.arrays import FloatArray, frozen
from gaitcam.errors import PoseError
from gaitcam.video.info import UNKNOWN_LEVEL, CameraLevel, VideoInfo
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINTS

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkTrack:
    """Raw landmarks of F analysed frames; a frame without a pose is NaN throughout.

    ``time_s`` (F,) real time from the file's first frame, ascending; ``shown_s`` (F,) the
    same moments on the file's clock; ``frame_index`` (F,) the file's frame numbers;
    ``image_px`` (F, 33, 2) x right, y down; ``depth_px`` (F, 33) towards the camera is
    negative; ``visibility`` (F, 33) from 0 to 1; ``world_m`` (F, 33, 3) the model's own
    three-dimensional guess, hips at the origin, axes as the image.  ``level`` tells how the
    camera was held.
    """

    video: VideoInfo
    model: str
    model_sha256: str
    time_s: FloatArray
    shown_s: FloatArray
    frame_index: FloatArray
    image_px: FloatArray
    depth_px: FloatArray
    visibility: FloatArray
    world_m: FloatArray
    level: CameraLevel = UNKNOWN_LEVEL

    def __post_init__(self) -> None:
        frames = len(self.time_s)
        shapes: dict[str, tuple[int, ...]] = {
            "time_s": (frames,),
            "shown_s": (frames,),
            "frame_index": (frames,),
            "image_px": (frames, KEYPOINT_COUNT, 2),
            "depth_px": (frames, KEYPOINT_COUNT),
            "visibility": (frames, KEYPOINT_COUNT),
            "world_m": (frames, KEYPOINT_COUNT, 3),
        }
        for name, shape in shapes.items():
            object.__setattr__(self, name, frozen(getattr(self, name), shape, name))
        if np.any(np.diff(self.time_s) <= 0):
            raise ValueError("time_s: expected ascending times")

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def has_pose(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which frames have a pose, shape (F,)."""
        return np.isfinite(self.image_px[:, 0, 0])

    def save(self, path: Path) -> None:
        """Write all of it to ``path`` (.npz), readable by `load` without pickling."""
        video = asdict(self.video) | {"path": self.video.path.name}
        header = {
            "format_version": FORMAT_VERSION,
            "video": video,
            "level": asdict(self.level),
            "model": self.model,
            "model_sha256": self.model_sha256,
            "keypoints": KEYPOINTS,
        }
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                header=np.array(json.dumps(header)),
                time_s=self.time_s,
                shown_s=self.shown_s,
                frame_index=self.frame_index,
                image_px=self.image_px.astype(np.float32),
                depth_px=self.depth_px.astype(np.float32),
                visibility=self.visibility.astype(np.float32),
                world_m=self.world_m.astype(np.float32),
            )

    @classmethod
    def load(cls, path: Path) -> "LandmarkTrack":
        """Read what `save` wrote; raises `PoseError` when ``path`` holds something else."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                header = json.loads(str(stored["header"]))
                arrays = {name: stored[name] for name in stored.files if name != "header"}
            if header["format_version"] != FORMAT_VERSION:
                raise PoseError(
                    f"{path} has landmark format {header['format_version']}, this version of "
                    f"gaitcam reads {FORMAT_VERSION}: analyse the clip again"
                )
            video = VideoInfo(**(header["video"] | {"path": Path(header["video"]["path"])}))
            return cls(
                video=video,
                model=header["model"],
                model_sha256=header["model_sha256"],
                level=CameraLevel(**header["level"]) if "level" in header else UNKNOWN_LEVEL,
                **arrays,
            )
        except FileNotFoundError:
            raise PoseError(f"{path}: no such landmark file") from None
        except (OSError, BadZipFile, KeyError, TypeError, ValueError) as problem:
            raise PoseError(
                f"{path} is not a landmark file that gaitcam wrote ({problem})"
            ) from problem
