"""The page and the text report, rendered from one summary by templates in this package."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol
from urllib.parse import quote

import cv2
import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from numpy.typing import NDArray

from gaitcam.analysis import Analysis
from gaitcam.findings.assess import assess
from gaitcam.findings.corrections import load_handbook
from gaitcam.findings.finding import Finding
from gaitcam.findings.finding_keys import FINDING_LABELS
from gaitcam.findings.papers import PAPERS
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind
from gaitcam.gait.cycles import Step
from gaitcam.report import page
from gaitcam.report.figures import Figures
from gaitcam.report.first_steps import first_steps
from gaitcam.report.pictograms import pictograms
from gaitcam.report.stick_figure import moving_figure
from gaitcam.report.timeline import (
    contact_bars,
    cycle_charts,
    frame_series,
    role_of,
    shown_moments,
    side_label,
    time_charts,
)
from gaitcam.units import UnitSystem
from gaitcam.vocabulary import Side

Json = dict[str, Any]
JPEG_QUALITY = 82
MARKDOWN_SIGNS = re.compile(r"[\\`*{}\[\]<>|#]")


class Still(Protocol):
    """A picture of one landing; the overlay makes them."""

    @property
    def step(self) -> Step: ...  # noqa: D102
    @property
    def is_near(self) -> bool: ...  # noqa: D102
    @property
    def time_s(self) -> float: ...  # noqa: D102
    @property
    def image(self) -> NDArray[np.uint8]: ...  # noqa: D102


class MomentStill(Protocol):
    """A picture of the moment that shows a finding; the overlay makes them."""

    @property
    def finding_key(self) -> str: ...  # noqa: D102
    @property
    def time_s(self) -> float: ...  # noqa: D102
    @property
    def image(self) -> NDArray[np.uint8]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PageMedia:
    """Pictures and video of the page; see `write_report`.

    ``video_from_s`` is when the clip shows the frame with which the video begins.
    """

    stills: tuple[Still, ...] = ()
    video_name: str | None = None
    video_clock: Callable[[float], float] | None = None
    moments: tuple[MomentStill, ...] = ()
    video_from_s: float = 0.0


def render_page(
    analysis: Analysis,
    summary: Json,
    media: PageMedia,
    profile_findings: Sequence[ProfileFinding],
    system: UnitSystem,
) -> str:
    """Return report.html: one page that needs nothing but the video beside it."""
    context = _common(analysis, summary, profile_findings, system) | {
        "style": _inlined("report.css") + _inlined("print.css"),
        "script": _inlined("report.js"),
        "video_source": quote(media.video_name) if media.video_name else None,
        "is_slowed": media.video_clock is not None,
        "player": _player(analysis, media),
        "time_charts": time_charts(analysis, summary),
        "contact_bars": contact_bars(analysis),
        "cycle_charts": cycle_charts(analysis, summary),
        "stills": [_still(still, analysis) for still in _near_first(media.stills)],
        "moments": {moment.finding_key: _moment(moment) for moment in media.moments},
        "entries_of": page.entries_by_section(load_handbook()),
        **pictograms(analysis, summary),
    }
    return _environment().get_template("report.html").render(context)


def render_text(
    analysis: Analysis,
    summary: Json,
    profile_findings: Sequence[ProfileFinding],
    system: UnitSystem,
) -> str:
    """Return report.md: the same in plain text, for mail and records."""
    context = _common(analysis, summary, profile_findings, system)
    return _environment().get_template("report.md").render(context)


def _common(
    analysis: Analysis,
    summary: Json,
    profile_findings: Sequence[ProfileFinding],
    system: UnitSystem,
) -> Json:
    figures = Figures(summary, system)
    near = analysis.view.near_side
    findings = _findings_in(analysis, system)
    cards = page.finding_cards(findings, figures)
    is_judged = analysis.is_judged
    return {
        "summary": summary,
        "figures": figures,
        "headlines": page.headlines(cards, figures),
        "verdict": page.verdict(findings, is_judged),
        "is_judged": is_judged,
        "actions": first_steps(findings),
        "cards": cards,
        "profile_findings": profile_findings,
        "own_changes": [f for f in profile_findings if f.kind is ProfileKind.CHANGE],
        "own_flags": [f for f in profile_findings if f.kind is ProfileKind.RED_FLAG],
        "chip_words": page.chip_words,
        "status": page.status,
        "sureness": page.SURENESS,
        "finding_labels": FINDING_LABELS,
        "table_metrics": page.table_metrics(summary),
        "step_metrics": page.step_metrics(summary),
        "short_labels": page.STEP_TABLE_LABELS,
        "most_steps": page.MOST_STEPS_SHOWN,
        "handbook": load_handbook(),
        "topics": page.corrections_by_topic(load_handbook()),
        "papers": PAPERS,
        "sides": [(str(s), side_label(s, near), role_of(s, near)) for s in Side],
        "near_side": str(near),
    }


def _findings_in(analysis: Analysis, system: UnitSystem) -> tuple[Finding, ...]:
    """Return the findings with the lengths of their sentences in the report's units."""
    if system is UnitSystem.METRIC or not analysis.findings:
        return analysis.findings
    return assess(analysis.summary, analysis.step_table, analysis.foot_strike, system)


def _player(analysis: Analysis, media: PageMedia) -> Json:
    """Return what the script needs to move video, figure and charts together."""
    moments = shown_moments(analysis)
    shown_s = analysis.landmarks.shown_s[moments].tolist()
    clock = media.video_clock or float
    from_s = clock(media.video_from_s)  # the video's own clock begins there
    return {
        "time_s": [round(t, 4) for t in analysis.frame_table.time_s[moments].tolist()],
        "video_s": [round(clock(t) - from_s, 4) for t in shown_s],
        "series": {
            name: [None if v != v else round(v, 1) for v in values[moments].tolist()]
            for name, values in frame_series(analysis).items()
        },
        "contacts": [round(step.contact_s, 4) for step in analysis.steps],
        "figure": moving_figure(analysis),
    }


def _near_first(stills: Sequence[Still]) -> list[Still]:
    return sorted(stills, key=lambda still: (not still.is_near, still.time_s))


def _still(still: Still, analysis: Analysis) -> Json:
    near = analysis.view.near_side
    return {
        "source": _as_jpeg(still.image),
        "width": still.image.shape[1],
        "height": still.image.shape[0],
        "label": side_label(still.step.side, near),
        "role": role_of(still.step.side, near),
        "step": still.step.index + 1,
        "path": f"steps.{still.step.index}",
        "time_s": still.time_s,
    }


def _moment(still: MomentStill) -> Json:
    return {
        "source": _as_jpeg(still.image),
        "width": still.image.shape[1],
        "height": still.image.shape[0],
        "time_s": still.time_s,
    }


def _as_jpeg(image: NDArray[np.uint8]) -> Markup:
    """Return an RGB picture as a data URI."""
    parameters = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(image[:, :, ::-1]), parameters)
    return Markup("data:image/jpeg;base64,") + Markup(
        base64.b64encode(encoded.tobytes()).decode("ascii")
    )


@cache
def _environment() -> Environment:
    """Escape all text in the page; the text report is Markdown and escapes nothing."""
    environment = Environment(
        loader=PackageLoader("gaitcam.report"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["embedded"] = _embedded
    environment.filters["literal"] = _literal
    return environment


def _embedded(data: Any) -> Markup:
    """Return JSON that can stand in a script element whatever text it holds."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def _literal(text: str) -> str:
    """Return text from the file so that Markdown shows it as it is."""
    return MARKDOWN_SIGNS.sub(r"\\\g<0>", " ".join(text.split()))


def _inlined(name: str) -> Markup:
    templates = resources.files("gaitcam.report").joinpath("templates")
    return Markup(templates.joinpath(name).read_text(encoding="utf-8"))
