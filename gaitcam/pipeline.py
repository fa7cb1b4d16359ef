"""The whole method on one screen: from a clip, or from its landmarks, to an analysis."""

import dataclasses
import platform
from datetime import UTC, datetime
from pathlib import Path

from gaitcam.analysis import Analysis, Provenance
from gaitcam.check.judging import judge_clip
from gaitcam.check.measuring import measure_clip
from gaitcam.check.pictures import add_pictures
from gaitcam.check.report import explained_by
from gaitcam.errors import PoseError, SettingsError
from gaitcam.findings.assess import assess
from gaitcam.gait.activity import recognise_movement
from gaitcam.gait.detection import detect_events
from gaitcam.gait.suitability import (
    at_real_speed,
    at_told_rate,
    check_feet,
    check_measurable,
    explained_by_speed,
)
from gaitcam.gait.whole_run import choose_run, take_part
from gaitcam.keypoints.clean import clean_keypoints
from gaitcam.loading import SCIENCE, load_meanwhile
from gaitcam.markers.tracking import take_markers_over, track_pelvis_markers
from gaitcam.metrics.foot_strike import classify_foot_strike
from gaitcam.metrics.measure import measure_gait
from gaitcam.pose.cache import LandmarkCache, cache_key
from gaitcam.pose.estimator import estimate_landmarks
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.progress import Progress, silent
from gaitcam.quality import assess_quality, may_be_judged
from gaitcam.settings import Settings
from gaitcam.versions import package_versions, version_of
from gaitcam.video.info import VideoInfo
from gaitcam.video.memory import give_all_back
from gaitcam.video.source import count_lost, probe_video
from gaitcam.video.stills import ClipWatch


def analyze(
    path: str | Path,
    settings: Settings | None = None,
    progress: Progress = silent,
    cache: LandmarkCache | None = None,
) -> Analysis:
    """Analyse a side-view clip of a runner.

    With a ``cache`` the pose of a clip seen before is taken from there.  Raises a
    `GaitcamError` whose message says what is wrong with the clip or the settings.
    """
    settings = settings or Settings()
    video = probe_video(Path(path), settings.video)
    if settings.pelvis.positions is not None:
        settings.pelvis.positions.check_inside(video)
    landmarks = _see(video, settings, progress, cache)
    give_all_back()
    return analyze_landmarks(landmarks, settings, progress)


def analyze_landmarks(
    landmarks: LandmarkTrack, settings: Settings | None = None, progress: Progress = silent
) -> Analysis:
    """Analyse the stored pose of a clip: all that follows pose estimation.

    Only stickers on the pelvis that are given anew need the clip itself.
    """
    settings = settings or Settings()
    chosen = settings.video
    whole = landmarks
    landmarks = at_told_rate(landmarks, chosen.capture_fps)
    landmarks = choose_run(take_part(landmarks, chosen.start_s, chosen.end_s))
    check_feet(landmarks)
    movement = recognise_movement(landmarks)
    check_measurable(movement, landmarks.video.file_name)
    landmarks = at_real_speed(landmarks, movement)
    landmarks = _follow_markers(landmarks, settings, progress)
    check = judge_clip(measure_clip(landmarks, movement))
    with explained_by_speed(movement, landmarks.video), explained_by(check):
        keypoints = clean_keypoints(landmarks, settings.cleaning, settings.runner.height_m)
        events = detect_events(keypoints, settings.detection)
    frame_table, step_table, summary = measure_gait(keypoints, events)
    foot_strike = classify_foot_strike(summary)
    is_judged = may_be_judged(events, movement, check)
    return Analysis(
        video=landmarks.video,
        settings=settings,
        landmarks=landmarks,
        keypoints=keypoints,
        events=events,
        frame_table=frame_table,
        step_table=step_table,
        summary=summary,
        foot_strike=foot_strike,
        findings=assess(summary, step_table, foot_strike) if is_judged else (),
        quality=assess_quality(keypoints, events, movement, check),
        provenance=_provenance(landmarks, settings),
        movement=movement,
        check=check,
        whole=take_markers_over(landmarks, whole),
    )


def _see(
    video: VideoInfo, settings: Settings, progress: Progress, cache: LandmarkCache | None
) -> LandmarkTrack:
    """Return all that is read off the clip's pictures, from the cache if it is there."""
    key = cache_key(video, settings.video, settings.pose) if cache else ""
    kept = cache.find(key, video) if cache else None
    if kept is not None:
        return kept
    load_meanwhile((*SCIENCE, "gaitcam.report.html"))
    watch = ClipWatch(video, settings.video)
    landmarks = estimate_landmarks(video, settings.video, settings.pose, progress, watch.see)
    landmarks = dataclasses.replace(
        add_pictures(landmarks, watch),
        lost_frames=count_lost(landmarks.frames_read.tolist(), video, settings.video),
    )
    if cache:
        cache.keep(key, landmarks)
    return landmarks


def _follow_markers(
    landmarks: LandmarkTrack, settings: Settings, progress: Progress
) -> LandmarkTrack:
    """Return landmarks joined with the stickers' track, if the settings tell of stickers."""
    markers, video = settings.pelvis.positions, landmarks.video
    if markers is None:
        return landmarks
    if not video.path.is_file():
        raise SettingsError(
            "pelvis-markers: the stickers are looked for in the clip itself; "
            "give the CLIP besides its stored landmarks"
        )
    markers.check_inside(video)
    pelvis = track_pelvis_markers(video, settings.video, markers, landmarks, progress)
    return dataclasses.replace(landmarks, pelvis=pelvis)


def attach_clip(landmarks: LandmarkTrack, clip: Path, settings: Settings) -> LandmarkTrack:
    """Return stored landmarks joined with the clip that they came from, for its pictures.

    Raises `PoseError` when they came from another clip.
    """
    video = probe_video(clip, settings.video)
    if video.sha256 != landmarks.video.sha256:
        raise PoseError(
            f"the stored landmarks belong to another clip ({landmarks.video.path.name}), "
            f"not to {clip}"
        )
    return dataclasses.replace(
        landmarks, video=dataclasses.replace(landmarks.video, path=video.path)
    )


def _provenance(landmarks: LandmarkTrack, settings: Settings) -> Provenance:
    return Provenance(
        gaitcam_version=version_of("gaitcam"),
        package_versions={"python": platform.python_version(), **package_versions()},
        model=landmarks.model,
        model_sha256=landmarks.model_sha256,
        video_sha256=landmarks.video.sha256,
        created_utc=datetime.now(UTC).isoformat(timespec="seconds"),
        settings=settings.to_dict(),
    )
