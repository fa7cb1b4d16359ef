"""The raw pose of every frame, as the model gave it."""

import json
import struct
import tokenize
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from gaitcam.arrays import FloatArray, SingleArray, frozen, is_frozen
from gaitcam.errors import PoseError
from gaitcam.files import check_ordinary
from gaitcam.pose.pelvis_track import PelvisTrack
from gaitcam.pose.people import People
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.cuts import Cut, LeftOut, WhyLeftOut
from gaitcam.video.info import UNKNOWN_LEVEL, CameraLevel, VideoInfo
from gaitcam.video.pictures import UNKNOWN_PICTURES, Pictures
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINTS

FORMAT_VERSION = 1
# Rounded from the start, so that a stored track gives the same numbers, bit for bit.
KEPT_AS_FLOAT32 = ("depth_px", "visibility", "world_m")  # hardly anything is computed from them
STORED_AS_FLOAT32 = ("image_px", *KEPT_AS_FLOAT32)
PELVIS_PREFIX = "pelvis_"
CAMERA_PREFIX = "camera_"
# Hours of video; more is no landmark file, however small it is packed.
LARGEST_FILE_BYTES = 2_000_000_000
# What numpy, zipfile and zlib raise for files that are something else, or damaged.
UNREADABLE = (
    *(OSError, EOFError, BadZipFile, zlib.error, KeyError, TypeError, ValueError),
    *(AttributeError, IndexError, NotImplementedError, OverflowError, RuntimeError, struct.error),
    *(SyntaxError, tokenize.TokenError),
)


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkTrack:
    """Raw landmarks of F analysed frames; a frame without a pose is NaN throughout.

    ``time_s`` (F,) real time from the file's first frame, ascending; ``shown_s`` (F,) the
    same moments on the file's clock; ``frame_index`` (F,) the file's frame numbers;
    ``image_px`` (F, 33, 2) x right, y down; ``depth_px`` (F, 33) towards the camera is
    negative; ``visibility`` (F, 33) from 0 to 1; ``world_m`` (F, 33, 3) the model's own
    three-dimensional guess, hips at the origin, axes as the image.  ``level`` tells how the
    camera was held, ``camera`` how it moved, ``pictures`` how sharp and bright a few stills are;
    ``pelvis`` where stickers on the pelvis are, if the runner wore any; ``cuts`` where the
    picture changes at once; ``left_out`` the parts of the clip that these frames leave out, and
    ``lost_frames`` how many pictures among them were spoilt by damage; ``people``
    who else was seen.
    ``between`` (P, 2): number and ``shown_s`` of the clip's frames in which no pose was looked
    for.
    """

    video: VideoInfo
    model: str
    model_sha256: str
    time_s: FloatArray
    shown_s: FloatArray
    frame_index: FloatArray
    image_px: FloatArray
    depth_px: SingleArray | FloatArray
    visibility: SingleArray | FloatArray
    world_m: SingleArray | FloatArray
    level: CameraLevel = UNKNOWN_LEVEL
    pelvis: PelvisTrack | None = None
    camera: CameraPath | None = None
    pictures: Pictures = UNKNOWN_PICTURES
    cuts: tuple[Cut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lost_frames: int = 0
    people: People | None = None
    between: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))

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
            values = getattr(self, name)
            values = _rounded(values) if name == "image_px" else values
            dtype = np.float32 if name in KEPT_AS_FLOAT32 else np.float64
            object.__setattr__(self, name, frozen(values, shape, name, dtype))
        object.__setattr__(self, "between", frozen(self.between, (None, 2), "between"))
        if np.any(np.diff(self.time_s) <= 0):
            raise ValueError("time_s: expected ascending times")
        if self.pelvis is not None and len(self.pelvis) != frames:
            raise ValueError(f"pelvis: expected {frames} frames, got {len(self.pelvis)}")
        if self.camera is not None and len(self.camera) != frames:
            raise ValueError(f"camera: expected {frames} frames, got {len(self.camera)}")

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def has_pose(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which frames have a pose, shape (F,)."""
        return np.isfinite(self.image_px[:, 0, 0])

    @property
    def frames_read(self) -> FloatArray:
        """Numbers of all frames that were read (F + P,), with or without a look for a pose."""
        numbers: FloatArray = np.sort(np.concatenate([self.frame_index, self.between[:, 0]]))
        return numbers

    def save(self, path: Path) -> None:
        """Write all of it to ``path`` (.npz), readable by `load` without pickling."""
        video = asdict(self.video) | {"path": self.video.path.name}
        header = {
            "format_version": FORMAT_VERSION,
            "video": video,
            "level": asdict(self.level),
            "pictures": asdict(self.pictures),
            "people": self.people and asdict(self.people),
            "cuts": [asdict(cut) for cut in self.cuts],
            "left_out": [asdict(part) for part in self.left_out],
            "lost_frames": self.lost_frames,
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
                between=self.between,
                **{name: getattr(self, name).astype(np.float32) for name in STORED_AS_FLOAT32},
                **_pelvis_arrays(self.pelvis),
                **_camera_arrays(self.camera),
            )

    @classmethod
    def load(cls, path: Path) -> "LandmarkTrack":
        """Read what `save` wrote; raises `PoseError` when ``path`` holds something else."""
        try:
            check_ordinary(path, LARGEST_FILE_BYTES)
            _check_unpacked(path)
            with np.load(path, allow_pickle=False) as stored:
                header = json.loads(str(stored["header"]))
                arrays = {name: stored[name] for name in stored.files if name != "header"}
            if header["format_version"] != FORMAT_VERSION:
                raise PoseError(
                    f"{path} has landmark format {header['format_version']}, this version of "
                    f"gaitcam reads {FORMAT_VERSION}: analyse the clip again"
                )
            video = VideoInfo(**(header["video"] | {"path": Path(header["video"]["path"])}))
            # Older files hold the real times, too, which are wrong where the speed was told later.
            arrays["between"] = arrays["between"][:, [0, -1]]
            pelvis = _take_pelvis(arrays)
            camera = _take_camera(arrays)
            return cls(
                video=video,
                model=header["model"],
                model_sha256=header["model_sha256"],
                level=CameraLevel(**header["level"]) if "level" in header else UNKNOWN_LEVEL,
                pelvis=pelvis,
                camera=camera,
                pictures=Pictures(**header.get("pictures", {})),
                people=People.from_plain(header.get("people")),
                cuts=tuple(Cut(**cut) for cut in header.get("cuts", [])),
                left_out=tuple(_as_left_out(part) for part in header.get("left_out", [])),
                lost_frames=int(header.get("lost_frames", 0)),
                **arrays,
            )
        except FileNotFoundError:
            raise PoseError(f"{path}: no such landmark file") from None
        except UNREADABLE as problem:
            raise PoseError(
                f"{path} is not a landmark file that gaitcam wrote ({problem})"
            ) from problem


def _rounded(values: FloatArray) -> FloatArray:
    """Return values in single precision; the very array where another track has done so."""
    single = np.asarray(values, dtype=np.float32)
    if is_frozen(values) and np.array_equal(single, values, equal_nan=True):
        return values
    rounded = single.astype(np.float64)
    rounded.flags.writeable = False
    return rounded


def _as_left_out(part: dict[str, Any]) -> LeftOut:
    return LeftOut(float(part["from_s"]), float(part["to_s"]), WhyLeftOut(part["why"]))


def _check_unpacked(path: Path) -> None:
    """Raise `ValueError` for a file that is small packed and fills the memory unpacked."""
    with ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_FILE_BYTES:
            raise ValueError("it is too large unpacked")


def _pelvis_arrays(pelvis: PelvisTrack | None) -> dict[str, Any]:
    """Return the arrays of ``pelvis`` under the names that they have in the file."""
    if pelvis is None:
        return {}
    return {PELVIS_PREFIX + name: getattr(pelvis, name) for name in PelvisTrack.__slots__}


def _take_pelvis(arrays: dict[str, FloatArray]) -> PelvisTrack | None:
    """Take the pelvis's arrays out of those of a file."""
    names = [name for name in arrays if name.startswith(PELVIS_PREFIX)]
    parts = {name.removeprefix(PELVIS_PREFIX): arrays.pop(name) for name in names}
    return PelvisTrack(**parts) if parts else None


def _camera_arrays(camera: CameraPath | None) -> dict[str, Any]:
    """Return the arrays of ``camera`` under the names that they have in the file."""
    if camera is None:
        return {}
    return {CAMERA_PREFIX + name: getattr(camera, name) for name in CameraPath.__slots__}


def _take_camera(arrays: dict[str, FloatArray]) -> CameraPath | None:
    """Take the camera's path out of the arrays of a file."""
    names = [name for name in arrays if name.startswith(CAMERA_PREFIX)]
    parts = {name.removeprefix(CAMERA_PREFIX): arrays.pop(name) for name in names}
    if not parts:
        return None
    return CameraPath(
        parts["shift_px"], parts["roll_deg"], known_fraction=float(parts["known_fraction"])
    )
