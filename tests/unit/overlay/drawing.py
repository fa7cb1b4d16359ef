"""The stick-figure runner's analysis, scenes to draw on, and what was drawn."""

from dataclasses import replace

import numpy as np

from gaitcam.analysis import Analysis, Provenance
from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.keypoints.track import KeypointTrack, View
from gaitcam.metrics.measure import measure_gait
from gaitcam.overlay.canvas import Canvas, Picture
from gaitcam.overlay.layer import Scene
from gaitcam.overlay.style import Colour, style_for
from gaitcam.quality import QualityReport
from gaitcam.settings import Settings
from gaitcam.vocabulary import Direction, Side, Surface
from tests.running import (
    HEIGHT,
    LEG_PX,
    WIDTH,
    landmarks_from,
    regular_events,
)

RATE_HZ = 60.0
VIEW = View(
    direction=Direction.RIGHT,
    near_side=Side.RIGHT,
    direction_confidence=1.0,
    near_side_confidence=1.0,
    roll_deg=0.0,
    yaw_deg=0.0,
    surface=Surface.TREADMILL,
    leg_length_px=LEG_PX,
    m_per_px=0.004,
)


def analysis_of(points: FloatArray, view: View = VIEW, size: float = 1.0) -> Analysis:
    """Return the analysis of image points (F, 33, 2), enlarged ``size`` times."""
    points = points * size
    landmarks = landmarks_from(points, RATE_HZ)
    video = replace(landmarks.video, width=round(WIDTH * size), height=round(HEIGHT * size))
    landmarks = replace(landmarks, video=video)
    view = replace(view, leg_length_px=view.leg_length_px * size, m_per_px=view.m_per_px / size)
    track = KeypointTrack(
        time_s=landmarks.time_s,
        position_px=points * (1.0, -1.0),
        image_px=points,
        quality=np.zeros(points.shape[:2], dtype=np.uint8),
        view=view,
        landmarks=landmarks,
    )
    events = regular_events(seconds=len(points) / RATE_HZ)
    frame_table, step_table, summary = measure_gait(track, events)
    return Analysis(
        video=landmarks.video,
        settings=Settings(),
        landmarks=landmarks,
        keypoints=track,
        events=events,
        frame_table=frame_table,
        step_table=step_table,
        summary=summary,
        foot_strike="rear-foot",
        findings=(),
        quality=QualityReport(1.0, 1.0, 1.0, 1.0, 0, 0, 0, "good", ()),
        provenance=Provenance("0", {}, "full", "", "", "", {}),
    )


def empty_scene(view: View = VIEW) -> Scene:
    image = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    return Scene(
        Canvas.of_rgb(image), view, style_for(WIDTH, HEIGHT, view.leg_length_px), floor=HEIGHT
    )


def image_of(scene: Scene) -> Picture:
    """Return the RGB picture that a scene of `empty_scene` is drawn on."""
    return scene.canvas.sheets[0].pixels


def is_colour(image: Picture, colour: Colour) -> BoolArray:
    """Tell which pixels (height, width) have exactly one colour."""
    same: BoolArray = (image == np.array(colour, dtype=np.uint8)).all(axis=2)
    return same


def colours_around(image: Picture, point: FloatArray, reach: int = 4) -> set[Colour]:
    """Return the colours within ``reach`` px of a point."""
    x, y = np.rint(point).astype(int)
    part = image[y - reach : y + reach + 1, x - reach : x + reach + 1].reshape(-1, 3)
    return {(int(red), int(green), int(blue)) for red, green, blue in part}
