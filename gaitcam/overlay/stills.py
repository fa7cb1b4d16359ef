"""Still pictures for the report, cut out around the runner: contacts, and what findings show."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.findings.finding import Finding
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.track import View
from gaitcam.overlay.angles import draw_gravity, draw_knee_flexion, draw_trunk_lean
from gaitcam.overlay.canvas import Canvas, Picture
from gaitcam.overlay.landing import LandingLayer
from gaitcam.overlay.layer import Layer, Scene, draw_all
from gaitcam.overlay.layout import FOOT_LEG, HEAD_LEG, OUTLINE
from gaitcam.overlay.moment import Body, Moment, Story, nearest_row, tell
from gaitcam.overlay.skeleton import draw_far_limbs, draw_near_limbs, draw_trunk
from gaitcam.overlay.style import Style, style_for
from gaitcam.units import DEGREES, UnitSystem, display_unit
from gaitcam.video.info import Frame
from gaitcam.video.source import read_frames
from gaitcam.vocabulary import Side

SKIPPED_S = 8.0  # of a clip between two stills: reading on would take longer than a new start
STILL_WIDTH_PX, STILL_HEIGHT_PX = 560, 720
STILL_TEXT_PX = 29
STILL_ASPECT = STILL_WIDTH_PX / STILL_HEIGHT_PX
ROOM_ABOVE_LEG, ROOM_BELOW_LEG = 0.15, 0.32  # for the lean's label and the distance's
STILL_LAYERS: tuple[Layer, ...] = (
    draw_far_limbs,
    draw_gravity,
    draw_trunk,
    draw_near_limbs,
    draw_trunk_lean,
    LandingLayer(hold_s=0.35),
)
MOMENT_LAYERS: tuple[Layer, ...] = (
    draw_far_limbs,
    draw_gravity,
    draw_trunk,
    draw_near_limbs,
    draw_trunk_lean,
    draw_knee_flexion,
)


@dataclass(frozen=True, slots=True, eq=False)
class ContactStill:
    """One initial contact: RGB ``image`` (height, width, 3) with the overlay.

    ``time_s`` is real time from the file's first frame, ``shown_s`` the same on the file's
    clock; ``frame_index`` the file's frame.
    """

    step: Step
    is_near: bool
    frame_index: int
    time_s: float
    shown_s: float
    image: Picture


@dataclass(frozen=True, slots=True, eq=False)
class FindingStill:
    """The moment that shows one finding best: RGB ``image`` as of `ContactStill`."""

    finding_key: str
    time_s: float
    image: Picture


@dataclass(frozen=True, slots=True, eq=False)
class ReportStills:
    """All stills of a report, each kind in order of time."""

    contacts: tuple[ContactStill, ...] = ()
    moments: tuple[FindingStill, ...] = ()


class StillTaker:
    """Takes the stills of chosen contacts and findings while the clip's frames pass by."""

    def __init__(
        self,
        analysis: Analysis,
        steps: Sequence[int],
        findings: Sequence[Finding] = (),
        units: UnitSystem = UnitSystem.METRIC,
    ) -> None:
        """Choose the contacts of ``steps`` and the first moment of each finding.

        A moment without a pose yields no still.
        """
        self.story = tell(analysis, units)
        self._units = units
        rows = {step: self.story.landing_rows[step] for step in steps}
        self._contacts_of = _by_frame(self.story, rows)
        self._keys_of = _by_frame(self.story, _rows_that_show(self.story, findings))
        self._contacts: list[ContactStill] = []
        self._moments: list[FindingStill] = []

    @property
    def wanted(self) -> frozenset[int]:
        """The file's frames that are looked at."""
        return frozenset(self._contacts_of.keys() | self._keys_of.keys())

    def see(self, frame: Frame) -> None:
        """Take what is wanted of ``frame``; frames come in order, and not yet drawn on."""
        story, view = self.story, self.story.analysis.view
        for step in self._contacts_of.get(frame.index, ()):
            self._contacts.append(_make_still(story, step, frame, self._units))
        for key in self._keys_of.get(frame.index, ()):
            moment = replace(story.at(frame.index, frame.time_s), landing=None)
            image = draw_still(frame.image, moment, view, MOMENT_LAYERS)
            self._moments.append(FindingStill(key, frame.time_s, image))

    def taken(self) -> ReportStills:
        """Return the stills of the frames seen so far."""
        return ReportStills(tuple(self._contacts), tuple(self._moments))


def make_stills(
    analysis: Analysis,
    steps: Sequence[int],
    findings: Sequence[Finding] = (),
    units: UnitSystem = UnitSystem.METRIC,
) -> ReportStills:
    """Return the stills that a `StillTaker` takes; only the frames that it wants are read.

    Raises `VideoError` when the source cannot be read.
    """
    taker = StillTaker(analysis, steps, findings, units)
    for frame in _frames(taker.story, sorted(taker.wanted)):
        taker.see(frame)
    return taker.taken()


def _rows_that_show(story: Story, findings: Sequence[Finding]) -> dict[str, int]:
    """Return the row nearest to the first moment of each finding, where there is a pose."""
    rows = {
        finding.key: nearest_row(story.time_s, finding.moments_s[0])
        for finding in findings
        if finding.moments_s
    }
    return {
        key: row
        for key, row in rows.items()
        if np.isfinite(Body(story.points[row]).middle("hip")).all()
    }


Key = TypeVar("Key", bound=Hashable)


def _by_frame(story: Story, rows: Mapping[Key, int]) -> dict[int, list[Key]]:
    """Return what is wanted of each of the file's frames, given the row of each thing."""
    wanted: dict[int, list[Key]] = {}
    for key, row in rows.items():
        wanted.setdefault(int(story.numbers[row]), []).append(key)
    return wanted


def typical_steps(analysis: Analysis, per_side: int) -> tuple[int, ...]:
    """Return the steps of each side whose overstride lies nearest to that side's median.

    Only landings are taken in which hips and landing foot were found.
    """
    distance = analysis.step_table.columns["overstride_leg_ratio"]
    chosen: list[int] = []
    for side in Side:
        known = [
            step.index
            for step in analysis.steps
            if step.side is side and np.isfinite(distance[step.index])
        ]
        if known:
            middle = float(np.median(distance[known]))
            chosen += sorted(known, key=lambda i: abs(float(distance[i]) - middle))[:per_side]
    return tuple(sorted(chosen))


def draw_still(
    image: Picture, moment: Moment, view: View, layers: Iterable[Layer] = STILL_LAYERS
) -> Picture:
    """Return ``moment`` drawn on a part of its picture, cut out around the runner.

    ``image`` is the whole RGB frame and is left as it was; the result has
    `STILL_WIDTH_PX` x `STILL_HEIGHT_PX`.  Lines and text are drawn after scaling, so that
    they are equally sharp in all clips.
    """
    if moment.body is None:
        raise ValueError("moment: expected one with a pose")
    left, top, right, bottom = _crop(moment.body, view, image.shape)
    scale = STILL_HEIGHT_PX / (bottom - top)
    size = (STILL_WIDTH_PX, STILL_HEIGHT_PX)
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    cut = cv2.resize(image[top:bottom, left:right], size, interpolation=method)
    still = cut.astype(np.uint8, copy=False)
    near_view = replace(view, leg_length_px=view.leg_length_px * scale)
    scene = Scene(
        canvas=Canvas.of_rgb(still),
        view=near_view,
        style=_still_style(near_view),
        floor=STILL_HEIGHT_PX,
    )
    near_moment = _seen_closer(moment, np.array([left, top], dtype=np.float64), scale)
    draw_all(tuple(layers), scene, near_moment)
    return still


def _frames(story: Story, wanted: Sequence[int]) -> Iterator[Frame]:
    """Yield the frames of these ascending numbers; what lies far between is not decoded."""
    analysis = story.analysis
    rows = np.searchsorted(story.numbers, wanted)
    shown_s = story.time_s / analysis.video.time_scale
    apart = np.flatnonzero(np.diff(shown_s[rows]) > SKIPPED_S) + 1
    for group in np.split(rows, apart) if wanted else ():
        # A little earlier and later than needed: times pass through a rounding to ticks.
        start_s = max(0.0, float(shown_s[group[0]]) - 0.001)
        end_s = float(shown_s[group[-1]]) + 0.001
        settings = replace(analysis.settings.video, start_s=start_s, end_s=end_s)
        yield from read_frames(analysis.video, settings, only=wanted)


def _make_still(story: Story, index: int, frame: Frame, units: UnitSystem) -> ContactStill:
    analysis = story.analysis
    # A still is looked at beside the tables, so its numbers have their digits.
    landing = replace(
        story.landings[index],
        length=display_unit("m", units),
        leg=display_unit("leg lengths", units),
    )
    moment = replace(story.at(frame.index, frame.time_s), landing=landing, landing_age_s=0.0)
    return ContactStill(
        step=landing.step,
        is_near=landing.side is analysis.view.near_side,
        frame_index=frame.index,
        time_s=frame.time_s,
        shown_s=frame.shown_s,
        image=draw_still(frame.image, moment, analysis.view),
    )


def _still_style(view: View) -> Style:
    """Bolder than in the video: stills are shown small, several in a row."""
    style = style_for(STILL_HEIGHT_PX, STILL_HEIGHT_PX, view.leg_length_px)
    return replace(style, body_text=STILL_TEXT_PX, line=style.line + 1, angle=DEGREES)


def _crop(body: Body, view: View, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the part around the runner, inside the picture."""
    leg = view.leg_length_px
    outline = body.points[OUTLINE]
    low, high = np.nanmin(outline, axis=0), np.nanmax(outline, axis=0)
    top = low[1] - (HEAD_LEG + ROOM_ABOVE_LEG) * leg
    bottom = high[1] + (FOOT_LEG + ROOM_BELOW_LEG) * leg
    height = min(bottom - top, shape[0], shape[1] / STILL_ASPECT)
    width = height * STILL_ASPECT
    left = np.clip(0.5 * (low[0] + high[0] - width), 0, shape[1] - width)
    top = np.clip(0.5 * (top + bottom - height), 0, shape[0] - height)
    return int(left), int(top), int(left + width), int(top + height)


def _seen_closer(moment: Moment, origin: FloatArray, scale: float) -> Moment:
    """Return the moment as it lies in a picture cut at ``origin`` and enlarged ``scale`` times."""
    landing = moment.landing
    return replace(
        moment,
        body=_moved(moment.body, origin, scale) if moment.body else None,
        landing=replace(landing, body=_moved(landing.body, origin, scale)) if landing else None,
    )


def _moved(body: Body, origin: FloatArray, scale: float) -> Body:
    return Body((body.points - origin) * scale)
