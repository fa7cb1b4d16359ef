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
        definition="Steps per minute: 60 over the mean time from contact to contact.",
        source="van Oeveren 2017; Heiderscheit 2011",
        compute=timing.cadence_spm,
        method_error=0.14,
        usual_scatter=0.008,
    ),
)

STEP_METRICS: tuple[MetricDefinition, ...] = POSTURE_METRICS + MOVEMENT_METRICS

CATALOG: tuple[MetricDefinition, ...] = RUN_METRICS + STEP_METRICS + FRAME_METRICS
SUMMARY_METRICS: tuple[MetricDefinition, ...] = RUN_METRICS + STEP_METRICS
