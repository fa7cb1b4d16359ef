"""What the pictures themselves tell, joined to the pose: level, movement, sharpness, people."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.whole_run import choose_run
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.background import find_camera_path
from gaitcam.video.camera_path import CameraPath
from gaitcam.video.level import level_of
from gaitcam.video.pictures import Pictures, crop_grey, measure_blur
from gaitcam.video.stills import ClipWatch, Still

BOX_MARGIN = 0.15  # of the runner's height: hair, shoes and shadow reach beyond the landmarks
WHITE = 255.0


def add_pictures(landmarks: LandmarkTrack, watch: ClipWatch) -> LandmarkTrack:
    """Return landmarks joined with what ``watch`` saw of their clip, and its cuts.

    Stills count where they show the scene of the run that will be measured.
    """
    landmarks = replace(landmarks, cuts=watch.cuts.find())
    video, stills = landmarks.video, _of_the_run(watch.stills, landmarks)
    boxes = runner_boxes(landmarks, BOX_MARGIN)
    camera = find_camera_path(
        watch.background, landmarks.time_s, boxes, (video.width, video.height)
    )
    return replace(
        landmarks,
        level=level_of([still.image for still in stills]),
        camera=_level_at(camera, landmarks.time_s, stills),
        pictures=measure_pictures(landmarks, stills),
    )


def _of_the_run(stills: Sequence[Still], landmarks: LandmarkTrack) -> list[Still]:
    """Return the stills between the certain cuts before and after the run."""
    cuts_s = [cut.shown_s for cut in landmarks.cuts if cut.is_certain]
    if not cuts_s:
        return list(stills)
    run_s = choose_run(landmarks).shown_s
    middle_s = 0.5 * (run_s[0] + run_s[-1])
    first_s = max((s for s in cuts_s if s <= middle_s), default=-math.inf)
    last_s = min((s for s in cuts_s if s > middle_s), default=math.inf)
    return [still for still in stills if first_s <= still.shown_s < last_s]


def runner_boxes(landmarks: LandmarkTrack, margin: float = 0.0) -> FloatArray:
    """Return left, top, right, bottom of the runner in each frame (F, 4); NaN without a pose.

    ``margin`` widens the box, in heights of the runner.
    """
    boxes = np.full((len(landmarks), 4), np.nan)
    seen = landmarks.has_pose
    points = landmarks.image_px[seen]
    if len(points):
        low, high = np.nanmin(points, axis=1), np.nanmax(points, axis=1)
        wider = margin * (high[:, 1:] - low[:, 1:])
        boxes[seen] = np.hstack([low - wider, high + wider])
    return boxes


def _level_at(camera: CameraPath, time_s: FloatArray, stills: Sequence[Still]) -> CameraPath:
    """Return the path with roll 0 on average at the stills, from which the level is known."""
    if not stills:
        return camera
    stills_s = [still.time_s for still in stills]
    at_stills = float(np.mean(np.interp(stills_s, time_s, camera.roll_deg)))
    return replace(camera, roll_deg=camera.roll_deg - at_stills)


def measure_pictures(landmarks: LandmarkTrack, stills: Sequence[Still]) -> Pictures:
    """Return the medians over the stills of blur and light, and the number of people."""
    boxes = runner_boxes(landmarks)
    longer = max(landmarks.video.width, landmarks.video.height)
    people = float(len(landmarks.people.seen)) if landmarks.people else 1.0
    rows = []
    for still in stills:
        nearest = int(np.argmin(np.abs(landmarks.time_s - still.time_s)))
        grey = crop_grey(still.image, boxes[nearest] * max(still.image.shape) / longer)
        if grey is None:
            rows.append((np.nan, np.nan, np.nan, people))
            continue
        light = float(grey.mean()) / WHITE, float(grey.std()) / WHITE
        rows.append((measure_blur(grey), *light, people))
    return (
        Pictures(*(_median(column) for column in zip(*rows, strict=True))) if rows else Pictures()
    )


def _median(values: tuple[float, ...]) -> float:
    known = np.array(values)[np.isfinite(values)]
    return float(np.median(known)) if len(known) else float("nan")
