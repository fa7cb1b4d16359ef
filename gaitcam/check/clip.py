"""Check a clip in seconds: the pose of a part of its frames, from where a runner is."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.check.judging import judge_clip
from gaitcam.check.measuring import measure_clip
from gaitcam.check.pictures import add_pictures
from gaitcam.check.report import CheckReport
from gaitcam.gait.activity import recognise_movement
from gaitcam.gait.suitability import at_real_speed
from gaitcam.gait.whole_run import choose_run
from gaitcam.loading import SCIENCE, load_meanwhile
from gaitcam.pose.detector import PersonDetector
from gaitcam.pose.estimator import PoseSettings, estimate_landmarks
from gaitcam.pose.model_files import find_model
from gaitcam.pose.people_search import LEVELS, find_everybody
from gaitcam.progress import Progress, silent
from gaitcam.video.container import read_frame_times
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import (
    SEEK_MARGIN_S,
    VideoSettings,
    all_around,
    check_clock,
    probe_video,
    read_frames,
)
from gaitcam.video.stills import ClipWatch

MOST_PIXELS = 500e6  # decoded at most, so that large pictures take no longer
LONGEST_PART_S = 6.0  # of the clip's own clock: a slowed stride fits, too
SHORTEST_PART_S = 1.0
MOST_POSES = 90  # 15 a second: legs that are shown three times too fast are still followed
LOOKED_AT = (0.5, 0.35, 0.65, 0.2, 0.8)  # shares of the clip, until somebody is found
LONGEST_WAY_S = 3.0  # from a keyframe, where decoding starts


def check_clip(
    path: Path, video_settings: VideoSettings, pose: PoseSettings, progress: Progress = silent
) -> CheckReport:
    """Return the judged rows of a clip, from at most `MOST_POSES` frames of one part of it.

    Raises a `GaitcamError` when the clip cannot be read or nobody is found in that part.
    """
    load_meanwhile(SCIENCE)
    video = probe_video(path, video_settings)
    video_settings = _beside_leaps(video, video_settings)
    part = choose_part(video, video_settings, pose)
    first_s, last_s = _span(video, part)
    frames = (last_s - first_s) * video.container_rate_hz
    every = max(1, round(frames / MOST_POSES))
    watch = ClipWatch(video, part)
    landmarks = estimate_landmarks(video, part, pose, progress, watch.see, every)
    landmarks = choose_run(add_pictures(landmarks, watch))
    movement = recognise_movement(landmarks)
    landmarks = at_real_speed(landmarks, movement)
    shown_from_s, shown_to_s = _span(video, video_settings)
    whole_s = (shown_to_s - shown_from_s) * landmarks.video.time_scale
    return judge_clip(measure_clip(landmarks, movement, whole_s))


def _beside_leaps(video: VideoInfo, settings: VideoSettings) -> VideoSettings:
    """Return the part asked for up to where the clock leaps, which may not be within it."""
    check_clock(video, settings)
    around, end_s = all_around(video, settings), settings.end_s
    if around.end_s is not None:
        end_s = min(end_s or around.end_s, around.end_s)
    return replace(settings, start_s=max(settings.start_s, around.start_s), end_s=end_s)


def choose_part(video: VideoInfo, settings: VideoSettings, pose: PoseSettings) -> VideoSettings:
    """Return settings for a part of the clip, about the first place at which somebody is."""
    start_s, end_s = _span(video, settings)
    pixels_per_s = video.width * video.height * video.container_rate_hz
    length_s = max(SHORTEST_PART_S, min(LONGEST_PART_S, MOST_PIXELS / pixels_per_s))
    if end_s - start_s <= length_s:
        return settings
    detector = PersonDetector(find_model(pose.model).path)
    keyframes_s = _keyframes_s(video.path)
    moments_s = [start_s + share * (end_s - start_s) for share in LOOKED_AT]
    span_s = (start_s, end_s - length_s)
    quick_s = [quick_moment(moment_s, keyframes_s, span_s) for moment_s in moments_s]
    middle_s = quick_s[0]
    for moment_s in dict.fromkeys([*quick_s, *moments_s]):
        frame = next(read_frames(video, replace(settings, start_s=moment_s)), None)
        if frame is not None and find_everybody(detector, frame.picture, LEVELS):
            middle_s = moment_s
            break
    first_s = max(start_s, middle_s - length_s / 2)
    if not _is_quick(first_s, keyframes_s):
        first_s = middle_s
    first_s = min(first_s, end_s - length_s)
    return replace(settings, start_s=first_s, end_s=first_s + length_s)


def quick_moment(moment_s: float, keyframes_s: FloatArray, span_s: tuple[float, float]) -> float:
    """Return ``moment_s``, or the nearest moment within ``span_s`` that is quicker to decode.

    ``keyframes_s`` (n,) are few in a clip that was saved anew; phones write one a second.
    """
    reached_s = keyframes_s + SEEK_MARGIN_S
    reached_s = reached_s[(reached_s >= span_s[0]) & (reached_s <= span_s[1])]
    if _is_quick(moment_s, keyframes_s) or not reached_s.size:
        return moment_s
    return float(reached_s[np.abs(reached_s - moment_s).argmin()])


def _is_quick(moment_s: float, keyframes_s: FloatArray) -> bool:
    """Tell whether decoding up to ``moment_s`` starts at a keyframe not long before it."""
    before_s = keyframes_s[keyframes_s <= moment_s - SEEK_MARGIN_S]
    return bool(moment_s - (before_s[-1] if before_s.size else 0.0) <= LONGEST_WAY_S)


def _keyframes_s(path: Path) -> FloatArray:
    """Return when the clip shows its keyframes, on its own clock."""
    times = read_frame_times(path)
    return np.asarray((times.keyframe_pts - times.pts[0]) * times.tick_s, float)


def _span(video: VideoInfo, settings: VideoSettings) -> tuple[float, float]:
    """Return start and end on the clip's own clock."""
    shown_s = video.duration_s / video.time_scale
    return settings.start_s, min(settings.end_s or shown_s, shown_s)
