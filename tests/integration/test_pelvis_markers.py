"""Stickers on rendered runners, from the clip to the angle, against exact truth."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.markers.given import PelvisMarkers
from gaitcam.markers.tracking import track_pelvis_markers
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.progress import silent
from gaitcam.video.source import VideoSettings, probe_video
from gaitcam.vocabulary import KEYPOINT_COUNT, KEYPOINT_INDEX, KEYPOINTS

START_S, END_S = 0.5, 1.5
CLIPS = ("t06_tilt_5_stickers", "t10_stickers")
TREMBLE_PX = 4.0  # of the pose, as measured on these clips


def landmarks_from_truth(clip: Path, truth: dict[str, Any]) -> LandmarkTrack:
    """Stand in for the pose: the true joints with its tremble, so that this test is quick."""
    video = probe_video(clip, VideoSettings())
    index = np.arange(round(START_S * truth["fps"]), round(END_S * truth["fps"]))
    names = truth["frames"]["keypoint_names"]
    joints = np.array(truth["frames"]["uv_px"])[index]
    points = np.repeat(joints.mean(axis=1)[:, None], KEYPOINT_COUNT, axis=1)
    for name in set(names) & set(KEYPOINTS):
        points[:, KEYPOINT_INDEX[name]] = joints[:, names.index(name)]
    points += np.random.default_rng(0).normal(0.0, TREMBLE_PX, points.shape)
    time_s = index / truth["fps"]
    blank = np.zeros((len(index), KEYPOINT_COUNT))
    return LandmarkTrack(
        video=video,
        model="truth",
        model_sha256="",
        time_s=time_s,
        shown_s=time_s,
        frame_index=index,
        image_px=points,
        depth_px=blank,
        visibility=blank,
        world_m=np.zeros((len(index), KEYPOINT_COUNT, 3)),
    )


@pytest.mark.parametrize("name", CLIPS)
def test_tilt_of_rendered_stickers_is_right_to_a_degree_and_never_guessed(
    name: str, shared: Path
) -> None:
    folder = shared / "data" / "synthetic"
    truth = json.loads((folder / f"{name}.json").read_text())
    landmarks = landmarks_from_truth(folder / f"{name}.mp4", truth)
    rows = landmarks.frame_index.astype(int)
    front, back = (np.array(truth["stickers"][f"{s}_uv_px"])[rows] for s in ("asis", "psis"))
    visible = np.all(
        [np.array(truth["stickers"][f"{s}_visible"])[rows] == 1 for s in ("asis", "psis")], axis=0
    )
    marked = int(np.flatnonzero(visible)[10])
    at_s = float(landmarks.shown_s[marked])
    (front_x, front_y), (back_x, back_y) = front[marked] + 1.5, back[marked] - 1.5
    markers = PelvisMarkers((front_x, front_y), (back_x, back_y), at_s)

    track = track_pelvis_markers(landmarks.video, VideoSettings(), markers, landmarks, silent)

    forward = 1.0 if truth["direction"] == "right" else -1.0
    across, down = (track.front_px - track.back_px).T
    error = np.degrees(np.arctan2(down, forward * across))
    error = (error - np.array(truth["stickers"]["tilt_2d_deg"])[rows])[track.is_seen]
    assert abs(error.mean()) < 1.0
    assert np.percentile(np.abs(error), 95) < 2.0
    assert track.is_seen[visible].mean() > 0.9
    assert not track.is_seen[~visible].any()
