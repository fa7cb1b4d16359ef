"""Initial contact and toe-off of both feet."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitError
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.gait.foot_paths import FootPaths, trace_feet
from gaitcam.gait.swings import Swing, find_swings
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.vocabulary import EventKind, Side

# Measured on runners with markers on a force-measuring treadmill: the foot lands 5 to 37 ms
# after it was furthest ahead of the pelvis, and leaves 65 to 104 ms before it is furthest behind.
CONTACT_AFTER_FOREMOST_S = 0.022
TOE_OFF_BEFORE_HINDMOST_S = 0.085


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """What the detection of events needs: the fewest contacts that count as a run."""

    least_contacts: int = 3


def detect_events(track: KeypointTrack, settings: DetectionSettings) -> GaitEvents:
    """Return the initial contacts and toe-offs of both feet, alternating, on the track's clock.

    Raises `GaitError` when fewer than ``settings.least_contacts`` contacts are found.
    """
    paths = trace_feet(track)
    swings = find_swings(paths)
    events = [e for side in Side for e in _side_events(paths, swings, side)]
    contacts = sum(e.kind is EventKind.INITIAL_CONTACT for e in events)
    if contacts < settings.least_contacts:
        raise GaitError(
            f"only {contacts} foot contacts were found, at least {settings.least_contacts} are "
            "needed: film two or more strides from the side, with both feet in the picture"
        )
    return GaitEvents(tuple(sorted(events, key=lambda event: event.time_s)))


def _side_events(paths: FootPaths, swings: tuple[Swing, ...], side: Side) -> list[GaitEvent]:
    ahead = paths.path(side, "ankle")[:, 0]
    turns = [(_extreme(paths.time_s, s, ahead), s.side) for s in swings]
    events = []
    for time_s, of_side in turns:
        if of_side is side:
            contact_s = time_s + CONTACT_AFTER_FOREMOST_S
            events.append(_event(EventKind.INITIAL_CONTACT, side, contact_s))
        else:
            toe_off_s = time_s - TOE_OFF_BEFORE_HINDMOST_S
            events.append(_event(EventKind.TOE_OFF, side, toe_off_s))
    first_s, last_s = paths.time_s[[0, -1]]
    inside = [e for e in events if first_s <= e.time_s <= last_s]
    return [
        e
        for before, e in pairwise([None, *inside])
        if before is None or (e is not None and before.time_s < e.time_s)
        if e is not None
    ]


def _extreme(time_s: FloatArray, swing: Swing, ahead: FloatArray) -> float:
    """Return when the ankle turns nearest to a swing's time: its own, or the other's turn back."""
    near = np.abs(time_s - swing.time_s) < 0.12
    values = np.where(near & np.isfinite(ahead), ahead, np.nan)
    if np.isnan(values).all():
        return swing.time_s
    centred = values - np.nanmean(ahead)
    return float(time_s[np.nanargmax(np.abs(centred))])


def _event(kind: EventKind, side: Side, time_s: float) -> GaitEvent:
    return GaitEvent(kind, side, float(time_s), uncertainty_s=0.02, confidence=0.5)
