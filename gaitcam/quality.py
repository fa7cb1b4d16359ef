"""How well a clip could be measured, in fractions and in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import BoolArray
from gaitcam.check.report import CheckReport, Judgement
from gaitcam.gait.activity import Movement
from gaitcam.gait.cycles import is_alternating
from gaitcam.gait.events import GaitEvents
from gaitcam.gait.suitability import describe_speed, describe_unjudged
from gaitcam.keypoints.repair import find_merged_legs
from gaitcam.keypoints.sagittal import measure_leg_length_px
from gaitcam.keypoints.track import KeypointTrack, keypoint
from gaitcam.metrics.timing import measure_rhythm
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.people import describe_people
from gaitcam.video.cuts import LeftOut
from gaitcam.vocabulary import CameraMotion, EventKind, Quality, Side, Surface

BODY = ("shoulder", "hip", "knee", "ankle", "heel", "foot_index")
FOOT = ("ankle", "heel", "foot_index")
GOOD_FRACTION, WEAK_FRACTION = 0.9, 0.7
FEWEST_STEPS_PER_SIDE = 7  # fewer cannot show small differences (Dingenen 2018)
SMALL_RUNNER_PX = 100.0  # leg length
SLOW_RATE_HZ = 45.0
OUT_OF_STEP = 0.12  # the rhythm of a short clip is known to a few percent
FEWEST_STICKERS = 0.5  # share of frames; arms that pass hide a sticker in a third
PICTURE_ROWS = ("light", "sharpness")
MOST_MERGED = 0.03  # share of frames; in sharp clips it is 0.01 at most
PERCENT = 100.0
CAMERA_NOTES = {
    CameraMotion.SHAKING: "The camera shook. Its movement was followed in the background and taken "
    "out; bounce and trunk lean are a little less sure. A tripod or a wall helps.",
    CameraMotion.PANNING: "The camera turned after the runner. Its movement was taken out; step "
    "length, speed and bounce are less sure. Hold it still and let the runner pass.",
    CameraMotion.FOLLOWING: "The camera travelled along with the runner, so step length and speed "
    "cannot be told, and bounce is less sure. Hold it still and let the runner pass.",
}


@dataclass(frozen=True, slots=True)
class QualityReport:
    """How well the clip could be measured; fractions from 0 to 1.

    ``level`` is good, fair or weak; ``notes`` are sentences for people, each about one thing
    that weakens the numbers.  ``lost_frames`` were spoilt by damage and ``repeated_frames`` had the
    time of another; ``left_out`` are parts of the clip, on the file's clock.
    """

    pose_fraction: float
    in_view_fraction: float
    near_foot_trusted_fraction: float
    far_foot_trusted_fraction: float
    swapped_frames: int
    filled_points: int
    outlier_points: int
    level: str
    notes: tuple[str, ...]
    lost_frames: int = 0
    repeated_frames: int = 0
    left_out: tuple[LeftOut, ...] = ()


def assess_quality(
    track: KeypointTrack,
    events: GaitEvents,
    movement: Movement | None = None,
    check: CheckReport | None = None,
) -> QualityReport:
    """Return what the pose, the view and the events say about the clip's worth."""
    near = track.view.near_side
    body = [keypoint(name, side) for side in Side for name in BODY]
    flags = track.quality[:, body]
    has_pose = track.landmarks.has_pose
    fractions = {
        "pose": float(has_pose.mean()),
        "in_view": float(1.0 - _any_flag(flags[has_pose], Quality.OUT_OF_VIEW).mean()),
        "near": _trusted(track, near),
        "far": _trusted(track, near.other),
    }
    landmarks = track.landmarks
    doubts = (
        *_movement_notes(track, movement),
        *_check_notes(check, movement),
        *_rhythm_notes(events, movement),
        *_notes(track, events, fractions),
    )
    is_judged = may_be_judged(events, movement, check)
    notes = (*_people_notes(landmarks), *_left_out_notes(landmarks), *doubts)
    return QualityReport(
        pose_fraction=fractions["pose"],
        in_view_fraction=fractions["in_view"],
        near_foot_trusted_fraction=fractions["near"],
        far_foot_trusted_fraction=fractions["far"],
        swapped_frames=int(_any_flag(flags, Quality.SWAPPED).sum()),
        filled_points=_count(flags, Quality.FILLED),
        outlier_points=_count(flags, Quality.OUTLIER),
        level=_level(fractions, len(doubts), movement, events) if is_judged else "weak",
        notes=notes,
        lost_frames=landmarks.lost_frames,
        repeated_frames=landmarks.video.repeated_frames,
        left_out=landmarks.left_out,
    )


def may_be_judged(events: GaitEvents, movement: Movement | None, check: CheckReport | None) -> bool:
    """Tell whether reference ranges apply: a run from the side, filmed well, contacts in step."""
    is_run = movement is None or (movement.is_judged and _is_in_step(events, movement))
    return is_run and (check is None or check.is_usable)


def _is_in_step(events: GaitEvents, movement: Movement) -> bool:
    """Tell whether the contacts that were found keep the legs' own time, if both are known."""
    return not abs(_contacts_spm(events) / movement.cadence_spm - 1.0) > OUT_OF_STEP


def _contacts_spm(events: GaitEvents) -> float:
    return 60.0 / measure_rhythm(events).step_s


def _any_flag(flags: NDArray[np.uint8], flag: Quality) -> BoolArray:
    has_flag: BoolArray = np.any((flags & np.uint8(flag)) > 0, axis=1)
    return has_flag


def _count(flags: NDArray[np.uint8], flag: Quality) -> int:
    return int(((flags & np.uint8(flag)) > 0).sum())


def _trusted(track: KeypointTrack, side: Side) -> float:
    """Return the share of frames in which all three points of a foot were measured."""
    return float(np.all([track.is_trusted(name, side) for name in FOOT], axis=0).mean())


def _level(
    fractions: dict[str, float], notes: int, movement: Movement | None, events: GaitEvents
) -> str:
    weakest = min(fractions.values())
    if weakest < WEAK_FRACTION or notes > 3:
        return "weak"
    is_square = movement is None or not movement.is_oblique
    is_long = _fewest_contacts(events) >= FEWEST_STEPS_PER_SIDE
    is_good = weakest >= GOOD_FRACTION and notes <= 1 and is_square and is_long
    return "good" if is_good else "fair"


def _fewest_contacts(events: GaitEvents) -> int:
    """Return how many contacts of the foot with fewer of them are known."""
    return min(len(events.of(EventKind.INITIAL_CONTACT, side)) for side in Side)


def _notes(track: KeypointTrack, events: GaitEvents, fractions: dict[str, float]) -> Iterator[str]:
    yield from _pose_notes(fractions)
    yield from _leg_notes(track)
    yield from _filming_notes(track)
    yield from _step_notes(track, events)
    yield from _sticker_notes(track)


def _check_notes(check: CheckReport | None, movement: Movement | None) -> Iterator[str]:
    """Yield what the pictures themselves lack, and why a clip is not judged for it."""
    for row in check.rows if check else ():
        if row.key in PICTURE_ROWS and row.judgement in (Judgement.WEAK, Judgement.FAIL):
            yield f"{row.label}: {row.found}. {row.why} {row.advice}"
    is_run = movement is None or movement.is_judged  # else that is the reason, said already
    if check and is_run and not check.is_usable:
        yield f"{check.verdict} The numbers are shown as far as they go."


def _people_notes(landmarks: LandmarkTrack) -> Iterator[str]:
    """Yield who of several people was followed."""
    if landmarks.people is not None:
        yield describe_people(landmarks.people)


def _left_out_notes(landmarks: LandmarkTrack) -> Iterator[str]:
    """Yield what of the clip was not measured, and why."""
    if landmarks.left_out:
        parts = ", ".join(
            f"{part.from_s:.1f} to {part.to_s:.1f} s ({part.why})" for part in landmarks.left_out
        )
        yield (
            f"Only the part from {landmarks.shown_s[0]:.1f} to {landmarks.shown_s[-1]:.1f} s was "
            f"measured. Left out: {parts}. To measure another part, give --start and --end."
        )
    if landmarks.lost_frames:
        yield (
            f"{_frames(landmarks.lost_frames)} left out because the file is damaged there; what "
            "happens in them is not measured. Copy the clip from the phone again."
        )
    if landmarks.video.repeated_frames:
        yield (
            f"{_frames(landmarks.video.repeated_frames)} left out because the file gives "
            f"{'it' if landmarks.video.repeated_frames == 1 else 'them'} the time of another."
        )


def _frames(count: int) -> str:
    return "1 frame was" if count == 1 else f"{count} frames were"


def _movement_notes(track: KeypointTrack, movement: Movement | None) -> Iterator[str]:
    if movement is not None:
        told = (describe_unjudged(movement), describe_speed(movement, track.landmarks.video))
        yield from filter(None, told)
        if movement.is_oblique:
            yield (
                f"The runner was filmed about {movement.view_angle_deg:.0f}° from square-on: "
                "distances come out shorter and angles a little off; film at a right angle."
            )
    yield from filter(None, (CAMERA_NOTES.get(track.view.camera),))


def _rhythm_notes(events: GaitEvents, movement: Movement | None) -> Iterator[str]:
    """Yield a doubt when the contacts that were found do not keep the legs' own time."""
    if movement is not None and not _is_in_step(events, movement):
        yield (
            f"The contacts found ({_contacts_spm(events):.0f} a minute) do not fit the rhythm of "
            f"the legs (about {movement.cadence_spm:.0f} steps a minute): some are missing or "
            "wrong, so cadence, contact times and places are not to be relied on, and nothing is "
            "judged."
        )


def _pose_notes(fractions: dict[str, float]) -> Iterator[str]:
    if fractions["pose"] < GOOD_FRACTION:
        yield (
            f"A runner was found in {PERCENT * fractions['pose']:.0f} % of the frames only; "
            "more light, a plain background or a closer camera helps."
        )
    if fractions["in_view"] < GOOD_FRACTION:
        yield (
            f"Part of the body is outside the picture in "
            f"{PERCENT * (1 - fractions['in_view']):.0f} % of the frames; these were left out."
        )
    if fractions["far"] < WEAK_FRACTION:
        yield (
            "The far foot is hidden or unsteady in many frames: take its numbers, and the "
            "left-right differences, with care."
        )


def _leg_notes(track: KeypointTrack) -> Iterator[str]:
    points = track.landmarks.image_px.astype(np.float64)
    merged = float(find_merged_legs(points, measure_leg_length_px(points)).mean())
    if merged > MOST_MERGED:
        yield (
            f"In {PERCENT * merged:.0f} % of the frames both legs were taken for one while they "
            "pass each other. Contacts are found all the same, but do not trust the curves of "
            "the far leg while it swings; tights of two colours or more light help."
        )


def _filming_notes(track: KeypointTrack) -> Iterator[str]:
    rate_hz = track.landmarks.video.frame_rate_hz
    if rate_hz < SLOW_RATE_HZ:
        yield (
            f"{rate_hz:.0f} frames per second show each contact in few and blurred pictures: "
            "film at 60 or more, if the phone can."
        )
    if track.view.leg_length_px < SMALL_RUNNER_PX:
        yield (
            f"The runner is small in the picture (leg {track.view.leg_length_px:.0f} pixels): "
            "film from closer, or turn the phone."
        )
    if track.view.roll_doubt_deg:
        yield (
            "Nothing in the picture tells whether the phone was tilted. Each degree would add one "
            "to trunk lean, shin and thigh, and nearly 2 % of the leg's length to where the foot "
            "lands; the intervals allow for 3 degrees. Film with a wall, a door or a post in the "
            "picture."
        )
    if track.view.near_side_confidence < GOOD_FRACTION:
        yield (
            "It is not clear which side faces the camera; if the clip is mirrored, left and "
            "right are exchanged."
        )


def _step_notes(track: KeypointTrack, events: GaitEvents) -> Iterator[str]:
    fewest = _fewest_contacts(events)
    if fewest < FEWEST_STEPS_PER_SIDE:
        yield (
            f"Only {_contacts(fewest)} in the clip; {FEWEST_STEPS_PER_SIDE} or more "
            "are needed to show small differences."
            + (" Ten seconds on a treadmill give plenty." if _is_overground(track) else "")
        )
    if not is_alternating(events):
        yield "Contacts of left and right do not alternate throughout: one may be missing."


def _sticker_notes(track: KeypointTrack) -> Iterator[str]:
    pelvis = track.landmarks.pelvis
    if pelvis is not None and pelvis.seen_fraction < FEWEST_STICKERS:
        yield (
            f"Both stickers on the pelvis were found in {PERCENT * pelvis.seen_fraction:.0f} % of "
            "the frames only: choose a colour that stands out from the clothes, and mark their "
            "centres in a frame that shows both clearly."
        )


def _contacts(count: int) -> str:
    return "1 contact of one foot is" if count == 1 else f"{count} contacts of one foot are"


def _is_overground(track: KeypointTrack) -> bool:
    return track.view.surface is Surface.OVERGROUND
