"""What follows from what the clip shows: go on, go on without judging, or say why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from gaitcam.errors import GaitError, PoseError
from gaitcam.gait.activity import Activity, Movement
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.video.info import VideoInfo
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

FEET = [KEYPOINT_INDEX[f"{side}_{point}"] for side in Side for point in ("heel", "foot_index")]
FEWEST_FEET = 0.1  # share of frames
ONLY_RUNNING = "gaitcam measures running, filmed from the side"


def check_measurable(movement: Movement, name: str) -> None:
    """Raise `GaitError`, saying what can still be told, when the clip ``name`` shows no gait."""
    reason = describe_unmeasurable(movement)
    if reason:
        raise GaitError(f"{name}: {reason}")


def check_feet(landmarks: LandmarkTrack) -> None:
    """Raise `GaitError` when hardly any frame shows both feet: no landing can be seen then."""
    share = measure_feet_fraction(landmarks)
    if share < FEWEST_FEET:
        raise GaitError(
            f"{landmarks.video.file_name}: the feet are outside the picture nearly all the time "
            f"(both are in it in {100 * share:.0f} % of the frames), so landings cannot be seen; "
            "film the whole body with some ground below the feet"
        )


def measure_feet_fraction(landmarks: LandmarkTrack) -> float:
    """Return the share of the frames with a pose in which both feet are in the picture."""
    feet = landmarks.image_px[landmarks.has_pose][:, FEET]
    size = np.array([landmarks.video.width, landmarks.video.height])
    inside = ((feet >= 0) & (feet <= size)).all(axis=(1, 2))
    return float(inside.mean()) if len(inside) else 0.0


def describe_unmeasurable(movement: Movement) -> str:
    """Return why nothing can be measured, in one sentence; empty when it can."""
    if movement.is_frontal:
        view = "from the front" if movement.is_facing else "from behind"
        return (
            f"filmed {view} or nearly so: where the foot lands and how the trunk leans show from "
            f"the side only{_cadence(movement)}; film again at a right angle to the way you run"
        )
    if movement.activity is Activity.STANDING:
        return (
            f"the person hardly moves the legs, so there are no steps to measure; {ONLY_RUNNING}: "
            "film some ten seconds of it"
        )
    if movement.activity is Activity.CYCLING:
        pedalling = f"{movement.cadence_spm / 2:.0f} turns a minute"
        return (
            f"this looks like cycling (about {pedalling}; the thighs never come back to the "
            f"vertical): {ONLY_RUNNING}"
        )
    if movement.activity is Activity.ON_THE_SPOT:
        return (
            f"this looks like running on the spot: where the foot lands ahead of the hips means "
            f"nothing there{_cadence(movement)}; run forwards, on a treadmill or past the camera"
        )
    return ""


def describe_unjudged(movement: Movement) -> str:
    """Return why the numbers are shown but not judged, in a sentence; empty when they are."""
    if movement.is_judged:
        return ""
    if not movement.speed.is_possible:
        return "Nothing is judged, since at this cadence the clip's speed cannot be right."
    if movement.activity is not Activity.WALKING:
        return (
            "No even strides were recognised in this clip: nothing is judged, and the numbers, "
            "cadence too, may be wrong altogether. Film ten seconds of steady running, the runner "
            "alone."
        )
    return (
        f"This is walking, not running: the trunk is highest while the feet pass each other"
        f"{_cadence(movement)}. Cadence and the trunk's lean are shown; contact and flight times "
        "rest on a model of running; nothing is judged, since the ranges are those of runners."
    )


def describe_speed(movement: Movement, video: VideoInfo) -> str:
    """Return what was assumed of the clip's speed, or what is odd about it, in sentences.

    Empty when the clip plays in real time, as far as one can tell.
    """
    if video.is_time_scale_assumed:
        slower = 1.0 / video.time_scale
        return (
            f"The clip seems to be {_slowed(slower)}: as it plays, it would show "
            f"{movement.cadence_spm / slower:.0f} steps a minute. All times and the cadence assume "
            f"that the camera took {video.frame_rate_hz:.0f} frames per second; give --capture-fps "
            "if it took another number."
        )
    speed, told = movement.speed, "; check --capture-fps" if video.is_speed_told else ""
    if not speed.is_possible and video.time_scale != 1.0:
        return (
            f"Nobody runs {movement.cadence_spm:.0f} steps a minute: the "
            f"{video.frame_rate_hz:.0f} frames per second told of the camera do not fit this clip "
            f"(the file plays at {video.container_rate_hz:.0f}), so its times and cadence mean "
            "nothing; if it plays in real time, give --capture-fps "
            f"{video.container_rate_hz:.0f}."
        )
    if not speed.is_possible:
        return (
            f"Nobody runs {movement.cadence_spm:.0f} steps a minute: the clip plays too fast or "
            "too slowly by an unknown factor, so its times and cadence mean nothing; give "
            "--capture-fps, the frames per second that the camera took."
        )
    if not speed.is_sure and speed.slower != 1.0:
        return (
            f"The clip may be {_slowed(speed.slower)} ({movement.cadence_spm:.0f} steps a minute "
            "is unusual, and so is the bounce for it). Times and cadence are as it plays"
            f"{told or '; give --capture-fps, the frames per second that the camera took, if so'}."
        )
    return ""


@contextmanager
def explained_by_speed(movement: Movement, video: VideoInfo) -> Iterator[None]:
    """Put the clip's impossible speed, if that is it, in place of an error that comes of it."""
    try:
        yield
    except (GaitError, PoseError) as problem:
        if movement.speed.is_possible:
            raise
        reason = describe_speed(movement, video).rstrip(".")
        raise type(problem)(f"{video.file_name}: {reason}") from problem


def _slowed(slower: float) -> str:
    return f"slowed down {slower:.3g} times" if slower > 1 else f"sped up {1 / slower:.3g} times"


def _cadence(movement: Movement) -> str:
    spm = movement.cadence_spm
    return f" (about {spm:.0f} steps a minute)" if spm == spm else ""


def at_told_rate(landmarks: LandmarkTrack, capture_fps: float | None) -> LandmarkTrack:
    """Return landmarks on the clock of a camera whose rate the user told, if he did."""
    video = landmarks.video
    if capture_fps is None or (video.is_speed_told and video.frame_rate_hz == capture_fps):
        return landmarks
    scale = video.container_rate_hz / capture_fps
    return replace(
        landmarks,
        time_s=landmarks.shown_s * scale,
        video=replace(
            video,
            time_scale=scale,
            frame_rate_hz=capture_fps,
            duration_s=video.duration_s * scale / video.time_scale,
            is_time_scale_assumed=False,
            is_speed_told=True,
        ),
    )


def at_real_speed(landmarks: LandmarkTrack, movement: Movement) -> LandmarkTrack:
    """Return landmarks on the clock that the runner's cadence implies.

    Where the file or the user told the camera's rate, nothing is assumed.
    """
    slower, video = movement.played_slower, landmarks.video
    if slower == 1.0 or video.is_speed_told or video.time_scale != 1.0:
        return landmarks
    return replace(
        landmarks,
        time_s=landmarks.time_s / slower,
        video=replace(
            video,
            time_scale=video.time_scale / slower,
            frame_rate_hz=video.frame_rate_hz * slower,
            duration_s=video.duration_s / slower,
            is_time_scale_assumed=True,
        ),
    )
