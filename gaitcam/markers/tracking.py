"""Follows the two stickers through the clip.

Each frame is searched anew where the hips say that the stickers should be, for what looks as
the stickers did where they were marked.  So nothing drifts, an arm that passes interrupts but
does not mislead, and forwards and backwards in time are the same.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray, FloatArray
from gaitcam.errors import SettingsError
from gaitcam.keypoints.repair import find_outliers
from gaitcam.keypoints.sagittal import find_direction, measure_leg_length_px
from gaitcam.markers.given import PelvisMarkers
from gaitcam.markers.sightings import HIDDEN, Sightings, choose_pair, find_sightings
from gaitcam.markers.spot import Look, Spot, choose_spots, describe, find_spots
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.pelvis_track import PelvisTrack
from gaitcam.progress import Progress
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import VideoSettings, read_frames
from gaitcam.vocabulary import KEYPOINT_INDEX, Direction, Side

STAGE = "pelvis markers"
FURTHEST = 0.75  # leg lengths from the hips that a sticker on the pelvis can lie
MOMENT_S = 1e-3  # less than any frame lasts
STRAY_WINDOW_S = 0.06
STRAY = 0.012  # leg lengths that a sticker cannot leave its own smooth path
PARTLY_HIDDEN = 0.92  # of its usual likeness, in a frame beside one in which it is hidden
FRONT, BACK = 0, 1


def track_pelvis_markers(
    video: VideoInfo,
    video_settings: VideoSettings,
    markers: PelvisMarkers,
    landmarks: LandmarkTrack,
    progress: Progress,
) -> PelvisTrack:
    """Return where both stickers are in every frame of ``landmarks``.

    The stickers are told apart by the way the runner faces.  Frames are read one at a time.
    Raises `SettingsError` when the marks do not lie on the runner or on no sticker.
    """
    hip_px = _hip_path(landmarks)
    leg_length_px = measure_leg_length_px(landmarks.image_px)
    marked_s = _marked_s(landmarks, markers)
    image = next(iter(read_frames(video, _between(video_settings, marked_s, marked_s)))).image
    marked_hip_px = _at(landmarks.shown_s, hip_px, np.array([marked_s]))[0]
    spots = _marked_spots(image, markers, marked_hip_px, leg_length_px, landmarks)
    looks = [describe(image, spot) for spot in spots]
    from_hip = [spot.centre_px - marked_hip_px for spot in spots]
    rows = {int(index): row for row, index in enumerate(landmarks.frame_index)}
    found = np.full((len(landmarks), 2, 3), np.nan)
    first_s, last_s = landmarks.shown_s[0], landmarks.shown_s[-1]
    for frame in read_frames(video, _between(video_settings, first_s, last_s)):
        if frame.index in rows:
            expected = [hip_px[rows[frame.index]] + shift for shift in from_hip]
            found[rows[frame.index]] = _look_for(frame.image, looks, expected, leg_length_px)
            progress(STAGE, rows[frame.index] + 1, len(landmarks))
    found[_is_partly_hidden(found[:, :, 2])] = np.nan
    stray = find_outliers(found[:, :, :2], landmarks.time_s, STRAY_WINDOW_S, STRAY * leg_length_px)
    found[stray] = np.nan
    return PelvisTrack(found[:, FRONT, :2], found[:, BACK, :2], found[:, :, 2])


def take_markers_over(part: LandmarkTrack, whole: LandmarkTrack) -> LandmarkTrack:
    """Return the ``whole`` track with the stickers that were followed in a ``part`` of it.

    Outside of the part they stay as they were known before, if they were.
    """
    if part.pelvis is None:
        return whole
    first = int(np.searchsorted(whole.frame_index, part.frame_index[0]))

    def merged(name: str) -> FloatArray:
        known = getattr(whole.pelvis, name, np.full((len(whole), 2), np.nan)).copy()
        known[first : first + len(part)] = getattr(part.pelvis, name)
        return np.asarray(known, dtype=np.float64)

    pelvis = PelvisTrack(merged("front_px"), merged("back_px"), merged("likeness"))
    return replace(whole, pelvis=pelvis)


def _hip_path(landmarks: LandmarkTrack) -> FloatArray:
    """Return the path of the mid-hip, shape (F, 2) [px], without gaps and lone jumps."""
    from scipy.ndimage import median_filter

    hips = [KEYPOINT_INDEX[f"{side}_hip"] for side in Side]
    middle = landmarks.image_px[:, hips].mean(axis=1)
    known = np.flatnonzero(landmarks.has_pose)
    steady = median_filter(middle[known], size=(3, 1), mode="nearest")
    return _at(landmarks.time_s[known], steady, landmarks.time_s)


def _at(times_s: FloatArray, places: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Return ``places`` (F, 2) at other times (G,), on straight lines between them."""
    return np.stack([np.interp(wanted_s, times_s, places[:, axis]) for axis in (0, 1)], axis=1)


def _marked_s(landmarks: LandmarkTrack, markers: PelvisMarkers) -> float:
    """Return when the file shows the frame in which the stickers were marked.

    It may be one in which no pose was looked for: a runner who passes is elsewhere in the next.
    """
    first_s, last_s = (float(edge_s) for edge_s in landmarks.shown_s[[0, -1]])
    if markers.shown_s is None:
        return first_s
    shown_s = np.concatenate([landmarks.shown_s, landmarks.between[:, 1]])
    shown_s = shown_s[(shown_s >= first_s) & (shown_s <= last_s)]
    away_s = np.abs(shown_s - markers.shown_s)
    if len(landmarks) > 1 and away_s.min() > 2.0 * float(np.median(np.diff(landmarks.shown_s))):
        raise SettingsError(
            f"pelvis-markers: {markers.shown_s:g} s lies outside the part that is analysed, "
            f"{first_s:.2f} to {last_s:.2f} s"
        )
    return float(shown_s[away_s.argmin()])


def _between(settings: VideoSettings, first_s: float, last_s: float) -> VideoSettings:
    start_s = max(0.0, float(first_s) - MOMENT_S)
    return replace(settings, start_s=start_s, end_s=float(last_s) + MOMENT_S)


def _marked_spots(
    image: NDArray[np.uint8],
    markers: PelvisMarkers,
    hip_px: FloatArray,
    leg_length_px: float,
    landmarks: LandmarkTrack,
) -> tuple[Spot, Spot]:
    """Return the front and the back sticker in the marked frame."""
    find = partial(_spots_at, image, hip_px=hip_px, leg_length_px=leg_length_px)
    front, back = choose_spots(find(markers.front), find(markers.back))
    apart_px = float(np.linalg.norm(front.centre_px - back.centre_px))
    if apart_px < front.radius_px + back.radius_px:
        raise SettingsError(
            "pelvis-markers: both positions lead to the same spot at "
            f"({front.centre_px[0]:.0f}, {front.centre_px[1]:.0f}); give the centre of each sticker"
        )
    faces_right = find_direction(landmarks.image_px)[0] is Direction.RIGHT
    is_ahead = (front.centre_px[0] > back.centre_px[0]) == faces_right
    return (front, back) if is_ahead else (back, front)


def _spots_at(
    image: NDArray[np.uint8],
    place: tuple[float, float],
    hip_px: FloatArray,
    leg_length_px: float,
) -> list[Spot]:
    marked = np.array(place)
    if np.linalg.norm(marked - hip_px) > FURTHEST * leg_length_px:
        raise SettingsError(
            f"pelvis-markers: ({place[0]:g}, {place[1]:g}) is not on the runner's pelvis; in that "
            f"frame the hips are at ({hip_px[0]:.0f}, {hip_px[1]:.0f})"
        )
    spots = find_spots(image, marked, leg_length_px)
    if not spots:
        raise SettingsError(
            f"pelvis-markers: there is no round spot at ({place[0]:g}, {place[1]:g}) that stands "
            "out from the clothes; give the centre of a sticker, in a frame that shows both"
        )
    return spots


def _look_for(
    image: NDArray[np.uint8],
    looks: list[Look],
    expected: list[FloatArray],
    leg_length_px: float,
) -> FloatArray:
    """Return x, y and likeness of both stickers in a picture, shape (2, 3), NaN where hidden."""
    seen = [
        find_sightings(image, look, place, leg_length_px)
        for look, place in zip(looks, expected, strict=True)
    ]
    chosen = choose_pair(seen[FRONT], seen[BACK], expected[FRONT] - expected[BACK])
    return np.stack([_as_row(each, choice) for each, choice in zip(seen, chosen, strict=True)])


def _as_row(sightings: Sightings, choice: int | None) -> FloatArray:
    if choice is None:
        return np.full(3, np.nan)
    likeness = np.exp(-0.5 * sightings.misfit[choice] / HIDDEN)
    return np.append(sightings.place_px[choice], likeness)


def _is_partly_hidden(likeness: FloatArray) -> BoolArray:
    """Tell where an arm covers part of a sticker, which shifts what seems its centre, (F, 2).

    That is the case just before and after the sticker is hidden, where it looks less like
    itself than it usually does.
    """
    if np.isnan(likeness).all(axis=0).any():
        return np.zeros(likeness.shape, dtype=bool)
    hidden = np.pad(np.isnan(likeness), ((1, 1), (0, 0)), mode="edge")
    is_beside: BoolArray = hidden[:-2] | hidden[2:]
    return is_beside & (likeness < PARTLY_HIDDEN * np.nanmedian(likeness, axis=0))
