"""The one ordered list of everything that gaitcam measures.

CSV headers, the report's tables, the overlay's read-outs and docs/METRICS.md follow from it.
``method_error`` is one standard deviation of what averaging over steps does not remove; the
figures come from clips with exact truth (docs/VALIDATION.md).
"""

from gaitcam.metrics import timing
from gaitcam.metrics.catalog_frames import FRAME_METRICS
from gaitcam.metrics.catalog_movement import MOVEMENT_METRICS
from gaitcam.metrics.catalog_posture import POSTURE_METRICS
from gaitcam.metrics.definition import Level, MetricDefinition

__all__ = ["CATALOG", "FRAME_METRICS", "RUN_METRICS", "STEP_METRICS", "SUMMARY_METRICS"]

RUN_METRICS: tuple[MetricDefinition, ...] = (
    MetricDefinition(
        key="cadence_spm",
        label="Cadence",
        unit="steps/min",
        level=Level.RUN,
        positive="more steps a minute",
        definition="Steps per minute: 60 over the step time of the even beat that fits all initial "
        "contacts best. Each counts by its confidence squared, left and right may each be early or "
        "late by a constant, and a missed contact counts as two steps; so one contact that is "
        "poorly seen moves it less than it moves the plain mean from first to last. "
        f"With 3 to {timing.FEW_CONTACTS} contacts, where one that is off by a frame would still "
        "move it by a step or two, the rhythm of the legs' movement over all frames is joined in "
        f"(unless the two differ by {100 * timing.LARGEST_DISAGREEMENT:.0f} % or more), each "
        "weighted by the inverse square of its expected error: it then differs a little from what "
        "the contacts alone give.",
        source="van Oeveren 2017; Heiderscheit 2011",
        compute=timing.cadence_spm,
        method_error=0.14,
        usual_scatter=0.008,
    ),
)

STEP_METRICS: tuple[MetricDefinition, ...] = POSTURE_METRICS + MOVEMENT_METRICS

CATALOG: tuple[MetricDefinition, ...] = RUN_METRICS + STEP_METRICS + FRAME_METRICS
SUMMARY_METRICS: tuple[MetricDefinition, ...] = RUN_METRICS + STEP_METRICS
