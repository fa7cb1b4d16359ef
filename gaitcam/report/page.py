"""What the page says, section by section, taken from the summary and the handbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gaitcam.findings.finding import Finding, FindingKind
from gaitcam.findings.finding_keys import CLIP_FINDINGS
from gaitcam.findings.handbook import Correction, CorrectionKind, Handbook
from gaitcam.findings.judging import ENOUGH_STEPS, MANY_STEPS, place_of
from gaitcam.findings.rules import Place
from gaitcam.metrics.catalog import STEP_METRICS, SUMMARY_METRICS
from gaitcam.report.charts import RangePicture, range_picture
from gaitcam.report.figures import Figures

Json = dict[str, Any]

KIND_WORDS: dict[FindingKind, tuple[str, str]] = {
    FindingKind.CHANGE: ("Worth a change", "▲"),
    FindingKind.GOOD: ("In the usual range", "✓"),
    FindingKind.UNCERTAIN: ("Within measurement error", "≈"),
    FindingKind.INFORMATION: ("For information", "i"),
}
TOO_FEW_STEPS = ("Too few steps", "≈")
TOO_CLOSE = ("Too close to call", "≈")
# What `judging.sureness` does, for the reader.
SURENESS = (
    "Sureness says how much a finding can bear. High: "
    f"{MANY_STEPS} steps or more, and a 95 % interval that does not reach over an edge of the "
    f"range, if there is a range. Low: fewer than {ENOUGH_STEPS} steps, or too near to an edge of "
    "the range for the measurement error, or an estimate in place of a measurement. Medium: all "
    "else."
)
TOPIC_TITLES: dict[CorrectionKind, str] = {
    CorrectionKind.FORM: "Running form",
    CorrectionKind.EXERCISE: "Strength exercises",
    CorrectionKind.WARM_UP: "Warm-up",
    CorrectionKind.COOL_DOWN: "Cool-down",
    CorrectionKind.MOBILITY: "Mobility",
    CorrectionKind.LOAD: "How much to run",
    CorrectionKind.RECOVERY: "Rest and recovery",
    CorrectionKind.SHOES: "Shoes",
    CorrectionKind.SURFACE: "Surfaces",
    CorrectionKind.POSTURE: "Posture in daily life",
    CorrectionKind.SLEEP: "Sleep",
    CorrectionKind.HYDRATION: "Drinking",
    CorrectionKind.NUTRITION: "Eating",
    CorrectionKind.SELF_CHECK: "Check yourself",
    CorrectionKind.CAUSE: "What can cause a sore back",
    CorrectionKind.SIGN: "Signs",
    CorrectionKind.ANATOMY: "Where the pain may come from",
    CorrectionKind.TREATMENT: "Treatment",
    CorrectionKind.PROFESSIONAL: "Seeing a professional",
    CorrectionKind.EVIDENCE: "What the articles cite",
    CorrectionKind.CASE: "A runner's story",
}
STEP_TABLE_LABELS = {
    "overstride_m": "Foot ahead",
    "overstride_leg_ratio": "Foot ahead",
    "trunk_lean_deg": "Trunk lean",
    "foot_inclination_at_ic_deg": "Foot at contact",
    "shank_angle_at_ic_deg": "Shin at contact",
    "knee_flexion_at_ic_deg": "Knee at contact",
    "peak_knee_flexion_stance_deg": "Knee, largest",
    "thigh_angle_at_to_deg": "Thigh at toe-off",
    "contact_time_s": "Contact time",
    "flight_time_s": "Flight time",
    "step_time_s": "Step time",
}
# Findings that a picture of the landing shows.
LANDING_FINDINGS = ("overstride", "foot_strike")
# Worked out, not measured, and never judged.
ESTIMATE, MEASURED = "pelvic_tilt_estimate_deg", "pelvic_tilt_measured_deg"
# The page's table stays readable and quick; steps.csv has them all.
MOST_STEPS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the four results at the top of the page."""

    key: str
    title: str
    metric_key: str
    explanation: str
    finding: Finding | None
    picture: RangePicture | None
    edge_unit: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding, its place in the summary, and its range picture if it has a range."""

    finding: Finding
    path: str
    unit: str
    label: str
    picture: RangePicture | None
    reference_text: str
    shows_landing: bool


def chip_words(finding: Finding) -> tuple[str, str]:
    """Return how a finding is meant, in a few words, and a sign for it.

    What is undecided inside its range is so for want of steps, or too near to an edge.
    """
    is_inside = place_of(finding.value, finding.reference) is Place.INSIDE
    if finding.kind is FindingKind.UNCERTAIN and is_inside:
        return TOO_FEW_STEPS if finding.n < ENOUGH_STEPS else TOO_CLOSE
    words, sign = KIND_WORDS[finding.kind]
    return (f"{words}: {finding.side} foot" if finding.side else words), sign


def status(finding: Finding) -> str:
    """Return how a finding is meant as plain words; pelvic tilt is never judged."""
    if finding.metric_key == ESTIMATE:
        return "Estimate, not judged"
    return "Measured, not judged" if finding.metric_key == MEASURED else chip_words(finding)[0]


def headlines(cards: Sequence[FindingCard], figures: Figures) -> tuple[Headline, ...]:
    """Return foot strike against the hips, trunk lean, pelvic tilt and cadence."""
    by_key = {card.finding.key: card for card in cards}
    summary = figures.summary
    has_scale = summary["metrics"]["overstride_m"]["value"] is not None
    rows = (
        (
            "overstride",
            "Foot ahead of the hips",
            "overstride_m" if has_scale else "overstride_leg_ratio",
            "From mid-hip to ankle, at initial contact (the foot touches the ground).",
        ),
        (
            "trunk_lean",
            "Trunk lean",
            "trunk_lean_deg",
            "Hips to shoulders against the vertical, while a foot is on the ground. Plus is "
            "forward.",
        ),
        _pelvis(summary),
        ("cadence", "Cadence", "cadence_spm", "Steps a minute, both feet counted."),
    )
    return tuple(_headline(row, by_key.get(row[0]), figures) for row in rows)


def _headline(
    row: tuple[str, str, str, str], card: FindingCard | None, figures: Figures
) -> Headline:
    key, title, metric, text = row
    has_own_unit = card is not None and card.finding.metric_key != metric
    return Headline(
        key,
        title,
        metric,
        text,
        finding=card.finding if card else None,
        # The card's number is of both feet.
        picture=card.picture if card and card.finding.side is None else None,
        # The range of the distance is one of leg lengths, also where the distance is in cm.
        edge_unit=f" {figures.unit(card.unit).label}" if card and has_own_unit else "",
        is_estimate=metric == ESTIMATE,
    )


def pelvis_metric(summary: Json) -> str:
    """Return the key of the measured tilt where the runner wore markers, else the estimate's."""
    return ESTIMATE if summary["metrics"][MEASURED]["value"] is None else MEASURED


def _pelvis(summary: Json) -> tuple[str, str, str, str]:
    if pelvis_metric(summary) == MEASURED:
        text = "From the markers at the front and the back of the pelvis. Plus is tipped forward."
        return "pelvic_tilt", "Pelvic tilt, measured", MEASURED, text
    text = (
        "A side view does not show the pelvis: this is worked out from trunk and thighs and is "
        "not judged. Plus is tipped forward."
    )
    return "pelvic_tilt", "Pelvic tilt, an estimate", ESTIMATE, text


def verdict(findings: Sequence[Finding], is_judged: bool) -> tuple[str, str]:
    """Return what stands out, and what is in the usual range or too close to call.

    A clip that does not show running from the side is measured, but not judged.
    """
    if not is_judged:
        return "Measured, but not judged.", ""
    changes = _topics(findings, FindingKind.CHANGE)
    fine = _topics(findings, FindingKind.GOOD)
    unsure = _topics(findings, FindingKind.UNCERTAIN)
    first = f"Worth a change: {changes}." if changes else "Nothing clearly stands out."
    rest = [
        f"In the usual range: {fine}." if fine else "",
        f"Too close to call: {unsure}." if unsure else "",
    ]
    return first, " ".join(filter(None, rest))


def _topics(findings: Sequence[Finding], kind: FindingKind) -> str:
    names = [CLIP_FINDINGS[f.key].lower() for f in findings if f.kind is kind]
    if any(" and " in name for name in names):
        return ", ".join(names)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def finding_cards(findings: Sequence[Finding], figures: Figures) -> tuple[FindingCard, ...]:
    """Return the findings with what the page draws beside each."""
    return tuple(_card(finding, index, figures) for index, finding in enumerate(findings))


def _card(finding: Finding, index: int, figures: Figures) -> FindingCard:
    metric = figures.summary["metrics"].get(finding.metric_key)
    unit = metric["unit"] if metric else finding.unit
    return FindingCard(
        finding=finding,
        path=f"findings.{index}",
        unit=unit,
        label=_label(finding, metric),
        picture=_picture(f"findings.{index}", unit, figures),
        reference_text=reference_text(figures.at(f"findings.{index}.reference"), unit, figures),
        shows_landing=finding.key in LANDING_FINDINGS,
    )


def _label(finding: Finding, metric: Json | None) -> str:
    label = metric["label"] if metric else CLIP_FINDINGS[finding.key]
    if finding.key == "symmetry":
        return f"{label}, left minus right"
    return f"{label}, {finding.side} foot" if finding.side else label


def _picture(path: str, unit: str, figures: Figures) -> RangePicture | None:
    value, interval, band = (figures.at(f"{path}.{k}") for k in ("value", "interval", "reference"))
    if band is None or value is None or None in interval:
        return None
    ends = (band["low"], band["high"])
    low_text, high_text = ("" if end is None else _edge(end, unit, figures) for end in ends)
    return range_picture(value, (interval[0], interval[1]), ends, (low_text, high_text))


def _edge(value: float, unit: str, figures: Figures) -> str:
    """Return a range's end for the picture, where there is no room for more than a sign."""
    shown = figures.unit(unit)
    return f"{shown.rounded(value)}{shown.label if shown.is_tight else ''}"


def reference_text(band: Json | None, unit: str, figures: Figures) -> str:
    """Return a range in words: ``0 to 15°``, ``up to 5°``; empty without one."""
    if band is None:
        return ""
    shown, low, high = figures.unit(unit), band["low"], band["high"]
    label = shown.label if shown.is_tight else f" {shown.label}"
    if low is None:
        return f"up to {shown.rounded(high)}{label}"
    if high is None:
        return f"{shown.rounded(low)}{label} or more"
    return f"{shown.rounded(low)} to {shown.rounded(high)}{label}"


def corrections_by_topic(handbook: Handbook) -> list[tuple[str, list[Correction]]]:
    """Return every entry of the handbook under its topic's title; what to do comes first."""
    order = (*TOPIC_TITLES, *(k for k in CorrectionKind if k not in TOPIC_TITLES))
    groups = ((TOPIC_TITLES.get(kind, kind.replace("_", " ").capitalize()), kind) for kind in order)
    listed = [
        (title, [c for c in handbook.corrections.values() if c.kind is kind])
        for title, kind in groups
    ]
    return [(title, entries) for title, entries in listed if entries]


def entries_by_section(handbook: Handbook) -> dict[str, list[Correction]]:
    """Return the entries that each section of an article yields, by ``A1/checklist``."""
    found: dict[str, list[Correction]] = {}
    for entry in handbook.corrections.values():
        for source in entry.sources:
            found.setdefault(source.key, []).append(entry)
    return found


def table_metrics(summary: Json) -> list[str]:
    """Return the keys of the left-right table: all that the clip gives, in catalog order."""
    metrics = summary["metrics"]
    return [d.key for d in SUMMARY_METRICS if d.key in metrics and metrics[d.key]["n"]]


def step_metrics(summary: Json) -> list[str]:
    """Return the keys of the step table's columns: those of which any step has a value."""
    steps = summary["steps"]
    known = {key for step in steps for key, value in step["metrics"].items() if value is not None}
    keys = [d.key for d in STEP_METRICS if d.key in STEP_TABLE_LABELS and d.key in known]
    return [key for key in keys if not (key == "overstride_leg_ratio" and "overstride_m" in known)]
