"""The accuracy that was aimed at, and what was reached."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gaitcam.validation.agreement import Agreement, measure_agreement
from gaitcam.validation.compare import BOTH, DIFFERENCE, FAR, NEAR, Comparison, MetricError
from gaitcam.vocabulary import EventKind

LEGS = (NEAR, FAR)
MS = 1e3
FAST_HZ = 59.0
REAL_BIAS_MS = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, in words, and whether the target was met; None: no clip to tell."""

    measured: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the target table."""

    quantity: str
    target: str
    check: Callable[[Sequence[Comparison]], Outcome]


def judge(comparisons: Sequence[Comparison]) -> list[tuple[Target, Outcome]]:
    """Return every target with its outcome on the given clips."""
    return [(target, target.check(comparisons)) for target in TARGETS]


def _within(key: str, limit: float, unit: str, factor: float = 1.0, fastest: float = 0.0) -> Target:
    """Build a target on every clip's error, on each leg where the metric has sides."""

    def check(comparisons: Sequence[Comparison]) -> Outcome:
        return _largest_error(_errors(comparisons, key, fastest), limit, unit, factor)

    label, aim = LABELS[key], f"error <= {limit:g} {unit}"
    return Target(label, aim + (" (60 frames/s and above)" if fastest else ""), check)


def _errors(comparisons: Sequence[Comparison], key: str, least_hz: float) -> list[MetricError]:
    errors = [
        e for c in comparisons if c.clip.rate_hz >= least_hz for e in c.metrics if e.key == key
    ]
    per_leg = [e for e in errors if e.leg in LEGS]
    return per_leg or [e for e in errors if e.leg == BOTH]


def _largest_error(errors: list[MetricError], limit: float, unit: str, factor: float) -> Outcome:
    if not errors:
        return Outcome("no clip", None)
    worst = max(errors, key=lambda e: abs(e.error))
    within = sum(abs(factor * e.error) <= limit for e in errors)
    where = worst.clip.name if worst.leg == BOTH else f"{worst.clip.name}, {worst.leg} leg"
    median = factor * float(np.median([abs(e.error) for e in errors]))
    text = (
        f"{within} of {len(errors)} within; median {median:.2g} {unit}; "
        f"worst {factor * worst.error:+.2g} ({where})"
    )
    return Outcome(text, within == len(errors))


def _events(kind: EventKind, rates_hz: tuple[float, ...], bias_ms: float, rmse_ms: float) -> Target:
    def check(comparisons: Sequence[Comparison]) -> Outcome:
        rendered = [c for c in comparisons if c.clip.is_rendered]
        found = {leg: event_agreement(rendered, kind, leg, rates_hz) for leg in LEGS}
        if not any(a.n for a in found.values()):
            return Outcome("no clip", None)
        met = all(abs(a.bias) <= bias_ms and a.rmse <= rmse_ms for a in found.values() if a.n)
        return Outcome(_words(found), met)

    rates = " and ".join(f"{rate:g}" for rate in rates_hz)
    aim = f"abs. bias <= {bias_ms:g} ms, RMSE <= {rmse_ms:g} ms"
    return Target(f"{NAMES[kind]}, {rates} frames/s", aim, check)


def event_agreement(
    comparisons: Sequence[Comparison], kind: EventKind, leg: str, rates_hz: Iterable[float] = ()
) -> Agreement:
    """Return the agreement of one kind of event [ms], of all clips or of some frame rates."""
    rates = tuple(rates_hz)
    return measure_agreement(
        (c.clip.name, MS * e.error_s)
        for c in comparisons
        if not rates or round(c.clip.rate_hz) in rates
        for e in c.events
        if e.kind is kind and e.leg == leg
    )


def _words(found: dict[str, Agreement]) -> str:
    return "; ".join(
        f"{leg} {a.bias:+.1f}, {a.rmse:.1f} ms (n = {a.n})" for leg, a in found.items()
    )


def _real_contacts(rate_hz: int, rmse_ms: float) -> Target:
    def check(comparisons: Sequence[Comparison]) -> Outcome:
        found = _on_real_clips(comparisons, EventKind.INITIAL_CONTACT, rate_hz)
        if not found:
            return Outcome("no clip", None)
        met = all(abs(a.bias) <= REAL_BIAS_MS and a.rmse <= rmse_ms for a in found.values())
        return Outcome(_words(found), met)

    aim = f"abs. bias <= {REAL_BIAS_MS:g} ms, RMSE <= {rmse_ms:g} ms"
    return Target(f"Initial contact, real clip labelled by eye, {rate_hz} frames/s", aim, check)


def _real_toe_offs(rate_hz: int, spread_ms: float) -> Target:
    """Judge the spread about the bias: labels of toe-off may be up to a frame late."""

    def check(comparisons: Sequence[Comparison]) -> Outcome:
        found = _on_real_clips(comparisons, EventKind.TOE_OFF, rate_hz)
        if not found:
            return Outcome("no clip", None)
        spreads = {leg: float(np.sqrt(a.rmse**2 - a.bias**2)) for leg, a in found.items()}
        earliest_ms = -MS / rate_hz
        in_time = all(earliest_ms <= a.bias <= REAL_BIAS_MS for a in found.values())
        about = ", ".join(f"{leg} {spread:.1f} ms" for leg, spread in spreads.items())
        text = f"{_words(found)}; spread about the bias: {about}"
        return Outcome(text, in_time and max(spreads.values()) <= spread_ms)

    aim = f"bias from one frame early to {REAL_BIAS_MS:g} ms late, spread <= {spread_ms:g} ms"
    return Target(f"Toe-off, real clip labelled by eye, {rate_hz} frames/s", aim, check)


def _on_real_clips(
    comparisons: Sequence[Comparison], kind: EventKind, rate_hz: int
) -> dict[str, Agreement]:
    real = [c for c in comparisons if not c.clip.is_rendered]
    found = {leg: event_agreement(real, kind, leg, (rate_hz,)) for leg in LEGS}
    return {leg: a for leg, a in found.items() if a.n}


def _counts(comparisons: Sequence[Comparison]) -> Outcome:
    contacts = [x for c in comparisons for x in c.counts if x.kind is EventKind.INITIAL_CONTACT]
    missed, invented = sum(x.missed for x in contacts), sum(x.invented for x in contacts)
    true = sum(x.true for x in contacts)
    return Outcome(f"{missed} missed, {invented} invented of {true}", missed + invented == 0)


def _symmetry(comparisons: Sequence[Comparison]) -> Outcome:
    """Judge whether the interval of left minus right holds 0 on runners built symmetric."""
    differences = [
        e for c in comparisons if c.clip.is_symmetric for e in c.metrics if e.leg == DIFFERENCE
    ]
    if not differences:
        return Outcome("no clip", None)
    outside = [e.key for e in differences if not e.estimate.low <= 0.0 <= e.estimate.high]
    counted = ", ".join(f"{key} {outside.count(key)}" for key in sorted(set(outside)))
    text = f"{len(differences) - len(outside)} of {len(differences)}"
    text += f"; not: {counted}" if outside else ""
    return Outcome(text, not outside)


NAMES = {EventKind.INITIAL_CONTACT: "Initial contact", EventKind.TOE_OFF: "Toe-off"}
LABELS = {
    "cadence_spm": "Cadence",
    "contact_time_s": "Contact time, each leg",
    "overstride_m": "Ankle ahead of mid-hip at contact, each leg",
    "trunk_lean_deg": "Trunk lean",
    "foot_inclination_at_ic_deg": "Foot inclination at contact, each leg",
    "shank_angle_at_ic_deg": "Shank angle at contact, each leg",
    "knee_flexion_at_ic_deg": "Knee flexion at contact, each leg",
    "vertical_oscillation_m": "Vertical oscillation",
    "pelvic_tilt_measured_deg": "Pelvic tilt measured with stickers",
}
TARGETS = (
    _within("cadence_spm", 0.5, "steps/min"),
    _events(EventKind.INITIAL_CONTACT, (120, 240), 5, 8),
    _events(EventKind.INITIAL_CONTACT, (60,), 5, 10),
    _events(EventKind.INITIAL_CONTACT, (30,), 5, 16),
    _events(EventKind.TOE_OFF, (120, 240), 6, 10),
    _events(EventKind.TOE_OFF, (60,), 6, 13),
    _events(EventKind.TOE_OFF, (30,), 6, 18),
    _real_contacts(30, 18),
    _real_contacts(60, 12),
    _real_toe_offs(30, 18),
    _real_toe_offs(60, 12),
    Target("Contacts missed or invented", "none", _counts),
    _within("contact_time_s", 12, "ms", MS, FAST_HZ),
    _within("overstride_m", 1.5, "cm", 100.0),
    _within("trunk_lean_deg", 1.0, "deg"),
    _within("foot_inclination_at_ic_deg", 3.5, "deg"),
    _within("shank_angle_at_ic_deg", 3.5, "deg"),
    _within("knee_flexion_at_ic_deg", 3.5, "deg"),
    _within("vertical_oscillation_m", 0.8, "cm", 100.0),
    _within("pelvic_tilt_measured_deg", 2.0, "deg"),
    Target("Left minus right of symmetric runners", "0 within its own interval", _symmetry),
)
