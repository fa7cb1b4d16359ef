"""Summaries and step tables made by hand, for tests of what follows measurement."""

from collections.abc import Mapping

import numpy as np

from gaitcam.gait.cycles import Step
from gaitcam.metrics.tables import Estimate, MetricSummary, RunSummary, StepTable
from gaitcam.vocabulary import Side

NAN = float("nan")
STEP_S, CONTACT_S = 0.38, 0.26
STEPS = 20

# An easy runner without anything to remark on: value and half of the interval.
PLAIN: dict[str, tuple[float, float]] = {
    "cadence_spm": (172.0, 0.5),
    "overstride_m": (0.17, 0.02),
    "overstride_leg_ratio": (0.20, 0.02),
    "shank_angle_at_ic_deg": (4.0, 3.0),
    "knee_flexion_at_ic_deg": (15.0, 3.0),
    "peak_knee_flexion_stance_deg": (45.0, 3.0),
    "foot_inclination_at_ic_deg": (12.0, 3.0),
    "trunk_lean_deg": (7.0, 2.0),
    "pelvic_tilt_estimate_deg": (16.0, 10.0),
    "thigh_angle_at_to_deg": (-20.0, 3.0),
    "contact_time_s": (0.26, 0.02),
    "duty_factor_ratio": (0.37, 0.02),
    "vertical_oscillation_leg_ratio": (0.10, 0.01),
    "vertical_oscillation_m": (0.085, 0.01),
    "head_forward_deg": (25.0, 5.0),
    "arm_swing_deg": (45.0, 5.0),
    "elbow_flexion_deg": (95.0, 5.0),
}
UNITS = {"deg": "deg", "m": "m", "s": "s", "spm": "steps/min", "ratio": "ratio"}


def estimate(value: float, half: float, n: int = STEPS) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def summary_of(
    values: Mapping[str, tuple[float, float]] | None = None,
    differences: Mapping[str, tuple[float, float]] | None = None,
    n: int = STEPS,
    without: tuple[str, ...] = (),
) -> RunSummary:
    """Return the plain runner's summary with some metrics changed or left out."""
    numbers = {k: v for k, v in {**PLAIN, **(values or {})}.items() if k not in without}
    metrics = {}
    for key, (value, half) in numbers.items():
        apart = estimate(*(differences or {}).get(key, (0.0, 1.0)), n=n // 2)
        whole = estimate(value, half, n)
        unit = "leg lengths" if "leg_ratio" in key else UNITS[key.rpartition("_")[2]]
        metrics[key] = MetricSummary(key, unit, whole, 1.0, whole, whole, apart)
    return RunSummary(metrics)


def steps_of(columns: Mapping[str, list[float]] | None = None, n: int = STEPS) -> StepTable:
    """Return ``n`` even steps, left and right in turn, with the given columns."""
    steps = tuple(
        Step(
            index=i,
            side=Side.LEFT if i % 2 else Side.RIGHT,
            contact_s=i * STEP_S,
            toe_off_s=i * STEP_S + CONTACT_S,
            other_contact_s=(i + 1) * STEP_S,
            next_contact_s=(i + 2) * STEP_S,
            confidence=1.0,
        )
        for i in range(n)
    )
    return StepTable(steps, {k: np.array(v) for k, v in (columns or {}).items()})
