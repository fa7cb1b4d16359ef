"""docs/METRICS.md, written from the catalog: ``python -m gaitcam.metrics.document``."""

from pathlib import Path

from gaitcam.metrics.catalog import FRAME_METRICS, RUN_METRICS, STEP_METRICS
from gaitcam.metrics.definition import Level, MetricDefinition

PATH = Path(__file__).parents[2] / "docs" / "METRICS.md"

INTRODUCTION = """\
# Metrics

Written from `gaitcam/metrics/catalog*.py` by `python -m gaitcam.metrics.document`; do not edit.

Distances are horizontal or vertical in the runner's sagittal plane (x the way the runner faces,
y up along gravity). A leg length is hip to knee plus knee to ankle. "Method error" is one standard
deviation that averaging over steps does not remove, measured on clips with exact truth
([VALIDATION.md](VALIDATION.md)); the 95 % interval in the report joins it with the scatter
of the steps. Where nothing tells whether the camera was tilted, what 1.5 degrees of roll would
change is joined, too (one standard deviation; assumed). Over the run a step metric is the median of
each foot's steps; both: the mean of the two.
"""


def catalog_as_markdown() -> str:
    """Return the whole document."""
    sections = [
        ("Over the run (`summary.json`)", RUN_METRICS),
        ("Per step (`steps.csv`; over the run in `summary.json`)", STEP_METRICS),
        ("Per frame (`frames.csv`)", FRAME_METRICS),
    ]
    parts = [INTRODUCTION]
    for title, rows in sections:
        parts.append(f"\n## {title}\n\n{_table(rows)}")
    return "".join(parts)


def _table(rows: tuple[MetricDefinition, ...]) -> str:
    lines = [
        "| key | unit | what it is | positive means | method error | source |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _line(row: MetricDefinition) -> str:
    sides = ", left and right" if row.is_bilateral or row.level is Level.FRAME_PER_SIDE else ""
    error = f"{row.method_error:g}" if row.method_error else ""
    return (
        f"| `{row.key}` | {row.unit} | {row.label}{sides}. {row.definition} | {row.positive} "
        f"| {error} | {row.source} |"
    )


if __name__ == "__main__":
    PATH.write_text(catalog_as_markdown(), encoding="utf-8")
