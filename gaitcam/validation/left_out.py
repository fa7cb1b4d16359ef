"""What the program would say of a runner whom nothing was fitted to.

Two things were fitted to clips with truth: the timing model of the events and the ratio of
standing height to the chain of segments.  Here both are fitted again without all clips of the
runner in question, and the clip is measured again with them.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.gait.detection import follow_legs
from gaitcam.gait.events import GaitEvent, GaitEvents
from gaitcam.gait.timing_model import TimingModel, load_timing_model
from gaitcam.keypoints.clean import CleaningSettings
from gaitcam.metrics.measure import measure_gait
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.clip_truth import ClipTruth
from gaitcam.validation.compare import Comparison, compare
from gaitcam.validation.event_cases import collect_cases
from gaitcam.validation.event_fit import (
    RECIPES,
    Example,
    collect_examples,
    fit_model,
    is_for_fit,
)
from gaitcam.vocabulary import EventKind, Side

FILMS_PER_TRIAL = 30  # as the shipped timing model was fitted
Models = Mapping[EventKind, TimingModel]


def leave_each_out(
    comparisons: Sequence[Comparison], data: Path, engines: Sequence[dict[str, LandmarkTrack]]
) -> list[Comparison]:
    """Return every clip measured again with what was fitted without its runner.

    ``engines``: the clips' landmarks of every pose engine, as the timing model was fitted.
    """
    cases = collect_cases(data, engines, CleaningSettings(), FILMS_PER_TRIAL)
    examples = collect_examples(cases)
    clips = [comparison.clip for comparison in comparisons]
    return [
        compare(
            own.clip,
            measure_again(
                own.analysis,
                fit_without(examples, names_of_runner(clips, own.clip.runner)),
                refit_scale(comparisons, own.clip),
            ),
        )
        for own in comparisons
    ]


def names_of_runner(clips: Sequence[ClipTruth], runner: str) -> set[str]:
    """Return the names of all clips of one body."""
    return {clip.name for clip in clips if clip.runner == runner}


def fit_without(examples: Sequence[Example], names: set[str]) -> Models:
    """Fit the timing models without some clips and without marker runs with their pose errors."""
    rest = [e for e in examples if not names & {e.case.runner, e.case.donor}]
    return {
        kind: fit_model([e for e in rest if e.kind is kind and is_for_fit(e, recipe)], recipe)
        for kind, recipe in RECIPES.items()
    }


def refit_scale(comparisons: Sequence[Comparison], clip: ClipTruth) -> float:
    """Return by what to multiply the scale when the height ratio is fitted to other runners."""
    by_runner: dict[str, list[float]] = {}
    for other in comparisons:
        wanted = other.clip.m_per_px / other.analysis.view.m_per_px
        if other.clip.runner != clip.runner and np.isfinite(wanted):
            by_runner.setdefault(other.clip.runner, []).append(wanted)
    means = [float(np.mean(values)) for values in by_runner.values()]
    return float(np.mean(means)) if means else 1.0


def shoulder_refits(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """Return by how many leg lengths the shoulders' shift would change without each runner.

    It would make the mean error of trunk lean zero on the others.
    """
    wanted: dict[str, list[float]] = {}
    for comparison in comparisons:
        lean = [e.error for e in comparison.metrics if e.key == "trunk_lean_deg"]
        wanted.setdefault(comparison.clip.runner, []).append(
            float(np.radians(np.mean(lean))) * _trunk_leg_ratio(comparison.analysis)
        )
    return _without_each(wanted, 0.0)


def leg_refits(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """Return by what to multiply the leg's length when it is fitted without each runner."""
    wanted: dict[str, list[float]] = {}
    for comparison in comparisons:
        clip, view = comparison.clip, comparison.analysis.view
        wanted.setdefault(clip.runner, []).append(clip.leg_m / (clip.m_per_px * view.joint_leg_px))
    return _without_each(wanted, 1.0)


def _without_each(wanted: Mapping[str, Sequence[float]], otherwise: float) -> dict[str, float]:
    """Return the mean over all other runners for each runner; ``otherwise`` without others."""
    means = {runner: float(np.mean(values)) for runner, values in wanted.items()}
    others = {left: [m for runner, m in means.items() if runner != left] for left in means}
    return {left: float(np.mean(rest)) if rest else otherwise for left, rest in others.items()}


def _trunk_leg_ratio(analysis: Analysis) -> float:
    trunk = analysis.keypoints.middle("shoulder") - analysis.keypoints.middle("hip")
    return float(np.nanmedian(np.linalg.norm(trunk, axis=1))) / analysis.view.leg_length_px


def measure_again(analysis: Analysis, models: Models, scale: float) -> Analysis:
    """Return the analysis with events of other timing models and another scale."""
    view = dataclasses.replace(analysis.view, m_per_px=scale * analysis.view.m_per_px)
    keypoints = dataclasses.replace(analysis.keypoints, view=view)
    events = _retimed(analysis, models)
    frames, steps, summary = measure_gait(keypoints, events)
    return dataclasses.replace(
        analysis,
        keypoints=keypoints,
        events=events,
        frame_table=frames,
        step_table=steps,
        summary=summary,
    )


def _retimed(analysis: Analysis, models: Models) -> GaitEvents:
    """Move each leg's events by how much the other model places them elsewhere."""
    shift_s: dict[tuple[EventKind, Side], float] = {}
    for leg in follow_legs(analysis.keypoints)[0]:
        for kind, model in models.items():
            shipped_s = load_timing_model(kind).delay_s(leg.measures, leg.stride_s)
            shift_s[kind, leg.side] = model.delay_s(leg.measures, leg.stride_s) - shipped_s
    moved: list[GaitEvent] = [
        dataclasses.replace(event, time_s=event.time_s + shift_s.get((event.kind, event.side), 0.0))
        for event in analysis.events
    ]
    return GaitEvents(tuple(sorted(moved, key=lambda event: event.time_s)))
