"""Initial contact and toe-off of both feet.

1. The ankles' distance gives the stride time and each swing (`swings`).
2. All strides of a leg are laid over one another (`stride_pattern`, `legs`).
3. Moments of the common curve, weighed by a fitted model, place the event on it
   (`moments`, `timing_model`); each stride's own shift places it in each stride.
An event is reported only where the clip has data for it.
"""

from dataclasses import dataclass

import numpy as np

from gaitcam.errors import GaitError, check_within
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.gait.foot_paths import GRID_HZ, SIDES, FootPaths, trace_feet
from gaitcam.gait.legs import LegStrides, follow_leg
from gaitcam.gait.stride_pattern import StridePattern
from gaitcam.gait.swings import estimate_stride_s, find_swings
from gaitcam.gait.timing_model import load_timing_model
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.vocabulary import EventKind, Side

LEAST_PHASE_S = 0.05  # no contact and no swing of a foot is shorter
LEAST_STEP_S = 0.12  # between events of one kind of both feet
LEAST_STRIDE_S = 0.35  # between events of one kind of one foot
SEEN_WITHIN_S = 0.06  # of an event the foot must be in the picture
AROUND_S = 0.08  # an event is as sure as the keypoints this close to it
USUAL_MISFIT = 0.06  # leg lengths, at which a stride's confidence is halved
WELL_KNOWN = 0.8  # share of the movement about an event that is enough to be sure


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """When an event counts.

    ``least_contacts``: fewer make no run; ``least_known``: share of the movement about an
    event that the clip must show; ``largest_misfit`` [leg lengths]: how far a stride may lie
    from the runner's common stride before its events are left out.
    """

    least_contacts: int = 3
    least_known: float = 0.4
    largest_misfit: float = 0.2

    def __post_init__(self) -> None:
        check_within("least_contacts", self.least_contacts, least=1)
        check_within("least_known", self.least_known, least=0.0, most=1.0)
        check_within("largest_misfit", self.largest_misfit, above=0.0)


def detect_events(track: KeypointTrack, settings: DetectionSettings) -> GaitEvents:
    """Return the initial contacts and toe-offs of both feet, in order, on the track's clock.

    On each side contact and toe-off take turns, and the sides' contacts alternate, except
    where a gap in the data swallows an event.  Raises `GaitError` when fewer than
    ``settings.least_contacts`` contacts are found.
    """
    legs, paths = follow_legs(track)
    frame_s = float(np.median(np.diff(track.time_s)))
    events = [
        event
        for leg in legs
        for kind in EventKind
        for event in _leg_events(paths, leg, kind, frame_s, settings)
    ]
    events = _in_turn(events)
    contacts = sum(event.kind is EventKind.INITIAL_CONTACT for event in events)
    if contacts < settings.least_contacts:
        raise GaitError(
            f"{track.landmarks.video.path.name}: only {contacts} foot contacts were found, at "
            f"least {settings.least_contacts} are needed; film two or more strides from the "
            "side, with both feet in the picture"
        )
    return GaitEvents(tuple(events))


def follow_legs(track: KeypointTrack) -> tuple[list[LegStrides], FootPaths]:
    """Return both legs' strides, as far as there are any, and the paths they were found on."""
    paths = trace_feet(track)
    stride_s = estimate_stride_s(paths)
    swings = find_swings(paths, stride_s)
    legs = [follow_leg(paths, swings, side, stride_s) for side in SIDES]
    return [leg for leg in legs if leg is not None], paths


def _leg_events(
    paths: FootPaths, leg: LegStrides, kind: EventKind, frame_s: float, settings: DetectionSettings
) -> list[GaitEvent]:
    pattern = leg.landing if kind is EventKind.INITIAL_CONTACT else leg.push_off
    model = load_timing_model(kind)
    times_s = pattern.anchor_s + model.delay_s(leg.measures, leg.stride_s)
    sd_s = model.uncertainty_s(frame_s, len(times_s))
    events = []
    for index, time_s in enumerate(times_s):
        trust = _trust_about(paths, leg.side, float(time_s))
        if trust is None or not _is_enough(pattern, index, settings):
            continue
        confidence = trust * _agreement(pattern, index)
        spread = sd_s * (2.0 - confidence)
        events.append(GaitEvent(kind, leg.side, float(time_s), spread, confidence))
    return events


def _is_enough(pattern: StridePattern, index: int, settings: DetectionSettings) -> bool:
    """Tell whether the clip shows enough of a stride, and whether it is one like the others."""
    return bool(
        pattern.known[index] >= settings.least_known
        and pattern.misfit[index] <= settings.largest_misfit
    )


def _trust_about(paths: FootPaths, side: Side, time_s: float) -> float | None:
    """Return the foot's mean trust (0 to 1) about a time; None where the foot is not seen."""
    at = round((time_s - float(paths.time_s[0])) * GRID_HZ)
    if not 0 <= at < len(paths.time_s):
        return None
    is_seen = np.isfinite(paths.path(side, "ankle")[_about(at, SEEN_WITHIN_S), 0])
    if not is_seen.any():
        return None
    return float(np.mean(paths.trust[SIDES.index(side), _about(at, AROUND_S)]))


def _about(index: int, reach_s: float) -> slice:
    reach = round(reach_s * GRID_HZ)
    return slice(max(0, index - reach), index + reach + 1)


def _agreement(pattern: StridePattern, index: int) -> float:
    """Return from 0 to 1 how much of a stride is known and how well it fits the others."""
    fit = 1.0 / (1.0 + (float(pattern.misfit[index]) / USUAL_MISFIT) ** 2)
    return min(1.0, float(pattern.known[index]) / WELL_KNOWN) * fit


def _in_turn(events: list[GaitEvent]) -> list[GaitEvent]:
    """Sort events by time; of two that cannot both be, keep the surer."""
    kept: list[GaitEvent] = []
    latest: dict[tuple[EventKind, Side], GaitEvent] = {}
    for event in sorted(events, key=lambda e: e.time_s):
        has_rival = any(_excludes(e, event) for e in latest.values())
        rival = (
            next((e for e in reversed(kept) if _excludes(e, event)), None) if has_rival else None
        )
        latest[event.kind, event.side] = event
        if rival is None:
            kept.append(event)
        elif event.confidence > rival.confidence:
            kept[kept.index(rival)] = event
    return sorted(kept, key=lambda e: e.time_s)


def _excludes(first: GaitEvent, later: GaitEvent) -> bool:
    """Tell whether two events are too close for one foot, or for two landings."""
    apart_s = later.time_s - first.time_s
    if first.side is later.side:
        return apart_s < (LEAST_PHASE_S if first.kind is not later.kind else LEAST_STRIDE_S)
    return first.kind is later.kind and apart_s < LEAST_STEP_S
