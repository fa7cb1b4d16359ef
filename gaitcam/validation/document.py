"""docs/VALIDATION.md, put together."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from string import Template

from gaitcam.analysis import Provenance
from gaitcam.validation import sections
from gaitcam.validation.compare import Comparison
from gaitcam.validation.oblique_views import oblique_table

MAIN_METRICS = (
    "cadence_spm",
    "contact_time_s",
    "overstride_m",
    "trunk_lean_deg",
    "foot_inclination_at_ic_deg",
    "shank_angle_at_ic_deg",
    "knee_flexion_at_ic_deg",
    "vertical_oscillation_m",
    "pelvic_tilt_estimate_deg",
    "pelvic_tilt_measured_deg",
)
AT_EVENTS = (
    "overstride_m",
    "trunk_lean_deg",
    "foot_inclination_at_ic_deg",
    "shank_angle_at_ic_deg",
    "knee_flexion_at_ic_deg",
    "thigh_angle_at_to_deg",
)
OBLIQUE_METRICS = (
    "overstride_m",
    "contact_time_s",
    "knee_flexion_at_ic_deg",
    "thigh_angle_at_to_deg",
    "trunk_lean_deg",
)
NOT_FITTED = "Nothing was fitted again: the folder holds no marker trials."


@dataclass(frozen=True, slots=True, eq=False)
class Clips:
    """The comparisons by what they can tell: rendered, real, and with a camera that follows."""

    rendered: Sequence[Comparison]
    real: Sequence[Comparison]
    following: Sequence[Comparison]

    @classmethod
    def sort(cls, comparisons: Sequence[Comparison]) -> "Clips":
        """Sort comparisons by the kind of clip."""
        return cls(
            [c for c in comparisons if c.clip.is_rendered and c.clip.is_for_timing],
            [c for c in comparisons if not c.clip.is_rendered],
            [c for c in comparisons if not c.clip.is_for_timing],
        )

    @property
    def judged(self) -> list[Comparison]:
        """All that the targets are told from."""
        return [*self.rendered, *self.real]


def write_document(shipped: Clips, left_out: Clips | None, failures: Sequence[str] = ()) -> str:
    """Return the whole document: the template beside this module, with its tables.

    ``left_out`` None: nothing was fitted again; ``failures``: why clips could not be analysed.
    """
    real, following = shipped.real, shipped.following
    judged_apart = left_out.judged if left_out else None
    tables = {
        "provenance": _provenance(shipped),
        "targets": sections.targets_table(shipped.judged, judged_apart),
        "clips": "\n\n".join([sections.clips_table([*shipped.judged, *following]), *failures]),
        "constants": sections.constants_table(shipped.rendered),
        "metrics": sections.metrics_table(shipped.rendered),
        "groups": sections.groups_table(shipped.rendered),
        "clip_errors": sections.clip_errors_table(shipped.rendered, MAIN_METRICS),
        "sources": sections.sources_table(shipped.rendered, AT_EVENTS),
        "events": sections.events_table(shipped.rendered),
        "event_clips": sections.event_clips_table(shipped.rendered),
        "events_left_out": sections.events_table(left_out.rendered) if left_out else NOT_FITTED,
        "event_clips_left_out": sections.event_clips_table(judged_apart or []),
        "real_events": sections.event_clips_table(real),
        "real_errors": sections.clip_errors_table(real, ("cadence_spm", "contact_time_s")),
        "symmetry": sections.symmetry_table(shipped.rendered),
        "intervals": sections.intervals_table(shipped.rendered, (left_out or shipped).rendered),
        "oblique": oblique_table(shipped.rendered, OBLIQUE_METRICS),
        "following_events": sections.event_clips_table(following),
        "following_errors": sections.clip_errors_table(following, MAIN_METRICS),
    }
    template = files("gaitcam.validation").joinpath("VALIDATION.template.md")
    return Template(template.read_text(encoding="utf-8")).substitute(tables)


def _provenance(clips: Clips) -> str:
    one = clips.judged[0].analysis
    packages = one.provenance.package_versions
    versions = ", ".join(f"{name} {version}" for name, version in packages.items())
    model = f"{one.landmarks.model} (sha256 {one.landmarks.model_sha256[:12]})"
    return (
        f"{datetime.now(UTC).date().isoformat()}; gaitcam {_version(one.provenance)}; "
        f"pose model {model}, engine {one.settings.pose.engine}; {versions}."
    )


def _version(provenance: Provenance) -> str:
    """Return the program's version, from the checkout where it is not installed."""
    if provenance.gaitcam_version != "unknown":
        return provenance.gaitcam_version
    with (Path(__file__).parents[2] / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
