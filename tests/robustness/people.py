"""Clips with several people, or a small one, pasted together from the demonstration clip.

A `Scene` says what else is in the picture; `faults` follows the runner through it and returns
everything that is not as it must be.  The joints' true places are the rendered clip's own.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.pose.estimator import PoseSettings, estimate_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.progress import silent
from gaitcam.video.sink import open_sink
from gaitcam.video.source import VideoSettings, probe_video
from gaitcam.vocabulary import KEYPOINT_INDEX
from tests.robustness.clips import source_pictures

RATE_HZ, FRAMES, STEP = 30.0, 66, 2
HIPS = ("left_hip", "right_hip")
# How near the runner's hips must be found, in heights of a person.
FARTHEST = 0.12
Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Pictures of the runner alone, with the true mid-hip (F, 2) and height [px]."""

    pictures: list[Picture]
    hips: FloatArray
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A runner in the picture: ``size`` times as large, hips at ``x``, ``y`` in picture widths
    and heights; frozen if not ``moves``; seen from the other side if ``turned``.

    ``speed``: picture widths that the figure travels in a second.
    """

    x: float
    y: float
    size: float
    moves: bool = True
    turned: bool = False
    speed: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Figures, the rear one first; the one numbered ``runner`` must be followed.

    ``found``: share of the frames in which, since he is hidden in the others.
    """

    title: str
    figures: tuple[Figure, ...]
    runner: int
    people: int = 2
    person: int | str | None = None
    found: float = 0.9


RUNNER = Figure(0.5, 0.55, 0.9)
SCENES = (
    Scene("somebody stands beside the treadmill", (Figure(0.2, 0.5, 1.1, moves=False), RUNNER), 1),
    Scene("a poster", (Figure(0.8, 0.4, 0.6, moves=False), RUNNER), 1),
    Scene("a mirror", (Figure(0.8, 0.5, 0.6, turned=True), RUNNER), 1),
    Scene("another runner, smaller and farther off", (Figure(0.15, 0.5, 0.65), RUNNER), 1),
    Scene(
        "the left one of two runners, asked for",
        (Figure(0.15, 0.5, 0.65), RUNNER),
        0,
        person="left",
    ),
    Scene(
        "somebody crosses before the runner",
        (RUNNER, Figure(-0.1, 0.52, 1.1, turned=True, speed=0.5)),
        0,
        found=0.5,
    ),
    Scene("somebody crosses behind the runner", (Figure(1.1, 0.5, 0.8, speed=-0.3), RUNNER), 1),
    Scene("a small runner", (Figure(0.4, 0.6, 0.3),), 0, people=1),
    Scene(
        "a small runner beside somebody large who stands",
        (Figure(0.3, 0.6, 0.33), Figure(0.75, 0.5, 1.3, moves=False)),
        0,
    ),
)


def read_source(clip: Path, truth: Path) -> Source:
    """Return the pictures of the demonstration clip and where the runner is in them."""
    known: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))["frames"]
    points = np.array(known["uv_px"], float)[: STEP * FRAMES : STEP]
    hips = points[:, [known["keypoint_names"].index(name) for name in HIPS]].mean(axis=1)
    height = float(np.median(points[..., 1].max(axis=1) - points[..., 1].min(axis=1)))
    return Source(source_pictures(clip, FRAMES, STEP), hips, height)


def draw(scene: Scene, source: Source, index: int) -> tuple[Picture, list[FloatArray]]:
    """Return frame ``index`` of a scene and the mid-hips of its figures."""
    image = _room(source.pictures[0].shape)
    hips = []
    for figure in scene.figures:
        moment = index if figure.moves else 0
        cut, in_cut = _cut_out(source, moment, figure)
        height, width = image.shape[:2]
        x = width * (figure.x + figure.speed * index / RATE_HZ)
        # Bouncing as it is: only the first frame's hips are put in their place.
        y = height * figure.y + figure.size * (source.hips[moment, 1] - source.hips[0, 1])
        left, top = round(x - in_cut[0]), round(y - in_cut[1])
        _paste(image, cut, left, top)
        hips.append(np.array([left + in_cut[0], top + in_cut[1]]))
    return image, hips


def _room(shape: tuple[int, ...]) -> Picture:
    """Return an empty room: a pale wall above a dark floor."""
    image = np.full(shape, 205, np.uint8)
    image[round(0.75 * shape[0]) :] = 90
    return image


def _cut_out(source: Source, index: int, figure: Figure) -> tuple[Picture, FloatArray]:
    """Return the part of a picture about the runner, resized, and the mid-hip in it."""
    x, y = source.hips[index]
    half, reach = 0.42 * source.height, 0.62 * source.height
    left, top = round(x - half), max(0, round(y - reach))
    part = source.pictures[index][top : round(y + reach), left : round(x + half)]
    hip = np.array([x - left, y - top])
    if figure.turned:
        part, hip[0] = part[:, ::-1], part.shape[1] - 1 - hip[0]
    how = cv2.INTER_AREA if figure.size < 1 else cv2.INTER_LINEAR
    part = np.ascontiguousarray(part)
    small = cv2.resize(part, None, fx=figure.size, fy=figure.size, interpolation=how)
    return np.asarray(small, np.uint8), hip * figure.size


def _paste(image: Picture, cut: Picture, left: int, top: int) -> None:
    """Lay ``cut`` over ``image``; what sticks out is left away."""
    height, width = image.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + cut.shape[1], width), min(top + cut.shape[0], height)
    if x0 < x1 and y0 < y1:
        image[y0:y1, x0:x1] = cut[y0 - top : y1 - top, x0 - left : x1 - left]


def faults(scene: Scene, source: Source, folder: Path, model: str = "full") -> list[str]:
    """Film the scene, follow the runner, and return everything that is not as it must be."""
    track, places = follow(scene, source, folder, model)
    return compare(scene, track, places, source.height)


def follow(
    scene: Scene, source: Source, folder: Path, model: str
) -> tuple[LandmarkTrack, FloatArray]:
    """Film the scene, and return who was followed and the figures' places (F, figures, 2)."""
    drawn = [draw(scene, source, index) for index in range(FRAMES)]
    height, width = source.pictures[0].shape[:2]
    path = folder / "scene.mp4"
    with open_sink(path, width, height, RATE_HZ) as sink:
        for index, (image, _) in enumerate(drawn):
            sink.write(image, index / RATE_HZ)
    settings = VideoSettings()
    pose = PoseSettings(model=model, person=scene.person)
    track = estimate_landmarks(probe_video(path, settings), settings, pose, silent)
    places = np.array([hips for _, hips in drawn])[track.frame_index.astype(int)]
    return track, places


def compare(scene: Scene, track: LandmarkTrack, places: FloatArray, height: float) -> list[str]:
    """Return what is wrong with the landmarks, by the true ``places`` (F, figures, 2)."""
    found = []
    people = len(track.people.seen) if track.people else 1
    if people != scene.people:
        found.append(f"{people} people, not {scene.people}")
    hips = track.image_px[:, [KEYPOINT_INDEX[name] for name in HIPS]].mean(axis=1)
    off = np.linalg.norm(hips[:, np.newaxis] - places, axis=2)
    off = off[track.has_pose]
    jumped = int((off.argmin(axis=1) != scene.runner).sum())
    if jumped:
        found.append(f"somebody else in {jumped} frames")
    reach = FARTHEST * height * scene.figures[scene.runner].size
    share = float((off[:, scene.runner] < reach).sum()) / len(track)
    if share < scene.found:
        found.append(f"found in {math.floor(100 * share)} % of the frames")
    return found
