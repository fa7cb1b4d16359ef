"""Write docs/EVENTS.md: methods compared on the same data, and how right the chosen one is."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.errors import GaitError
from gaitcam.gait.detection import DetectionSettings, detect_events
from gaitcam.gait.timing_model import load_timing_model
from gaitcam.validation.event_cases import EventCase
from gaitcam.validation.event_fit import Example
from gaitcam.validation.event_methods import RULES, Rule, rule_errors_s
from gaitcam.vocabulary import EventKind, Side

KINDS = {
    "rendered": "rendered clips",
    "filmed markers": "marker runs with pose errors",
    "markers": "marker runs, exact",
    "real": "real clip",
}
EVENT = {EventKind.INITIAL_CONTACT: "initial contact", EventKind.TOE_OFF: "toe-off"}
AIM = {  # largest bias / RMSE that the project set itself, per frame rate
    EventKind.INITIAL_CONTACT: ("5 / 16", "5 / 10", "5 / 8", "5 / 8"),
    EventKind.TOE_OFF: ("6 / 18", "6 / 13", "6 / 10", "6 / 10"),
}
EDGE_S = 0.1  # events this close to the ends of the data do not count as missed or invented
TOLERANCE_S = 0.1
LOWEST_RATE_HZ = 29.0  # slower films are for the fit, not for the tables
Predictions = dict[EventKind, FloatArray]


def write_event_table(
    cases: Sequence[EventCase], examples: Sequence[Example], predicted: Predictions, path: Path
) -> None:
    """Write all tables; ``predicted`` holds delays of runners left out, as `examples` per kind."""
    shown = [case for case in cases if _is_shown(case)]
    parts = [_INTRODUCTION.format(date=datetime.now(UTC).date(), data=_data(cases))]
    for kind in EventKind:
        own = _own_errors(examples, predicted, kind)
        parts += [_methods(shown, own, kind), _by_rate(own, kind), _by_runner(own, kind)]
    parts += [_contact_time(examples, predicted), _counts(shown), _coverage(examples, predicted)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")


_INTRODUCTION = """# Initial contact and toe-off: methods compared

Written by `python -m gaitcam.validation.train_event_model` on {date}. Do not edit by hand.

Times in milliseconds; late is positive. **Every figure of the chosen method is of runners left
out of its fit**: a runner's clips or trials are predicted by weights that never saw any of
them (marker runs filmed with the pose errors of a rendered clip are left out with that clip).
The weights that ship are fitted to all of them.

Truth, and what each kind can show:

{data}

- *Marker runs* are real runners on force plates (contact: more than 20 N): Fukuchi and others'
  Running Biomechanics Data Set (CC BY 4.0), trials of Hamner and others, a sprinter, BMClab
  course material. "With pose errors" means that joints from markers were given errors as
  measured of the pose model on rendered clips, filmed at 24 to 240 frames/s from either side,
  and cleaned like any clip. The laboratories filtered their forces differently: where the
  filter is slow (Hamner), 20 N are passed up to 10 ms before a foot lands, and after push-off
  a small force lingers: in `hamner_subject04_run200` strides whose movement is the same within
  a percent of the leg leave the ground up to 35 ms apart. This bounds what any rule that
  sees only movement can reach on these runs.
- *Rendered clips* have exact events and pass through the pose model. Some are also used with
  every second or fourth frame. Where landmarks of a second pose engine are given, they serve
  the fit alone.
- *The real clip* (30 frames/s) was labelled by eye; the event lies half a frame before the
  labelled frame on average. Its toe-offs may be labelled up to a frame (33 ms) late, so they
  are no part of any fit.

The method: all strides of a leg are laid over one another (each stride's shift is its timing);
moments of the common curve, the leg's posture and course are weighed by a ridge regression
(`gaitcam/gait/event_timing.json`) into the delay from the anchor to the event. Contact from a
phone remains a matter of the runner: what is left is mostly one offset per runner, so times
between events of one runner (cadence, step time, symmetry) are far surer than the offset.
"""


def _is_shown(case: EventCase) -> bool:
    """Tell whether the tables count a case."""
    return case.is_reported and case.rate_hz > LOWEST_RATE_HZ


def _data(cases: Sequence[EventCase]) -> str:
    rows = []
    for kind, label in KINDS.items():
        of_kind = [case for case in cases if case.kind == kind]
        runners = len({case.runner for case in of_kind})
        events = sum(_inside(case, k, s).size for case in of_kind for k in EventKind for s in Side)
        rows.append((label, runners, len(of_kind), events))
    return _table(("kind", "runners", "tracks", "events"), rows)


def _inside(case: EventCase, kind: EventKind, side: Side) -> FloatArray:
    times = case.truth[kind, side]
    inside: FloatArray = times[(times > case.span_s[0]) & (times < case.span_s[1])]
    return inside


def _own_errors(
    examples: Sequence[Example], predicted: Predictions, kind: EventKind
) -> list[tuple[Example, FloatArray]]:
    """Return each leg's errors [ms] of every stride, of runners left out."""
    of_kind = [example for example in examples if example.kind is kind]
    return [
        (example, 1e3 * (delay_s - example.late_s))
        for example, delay_s in zip(of_kind, predicted[kind], strict=True)
        if _is_shown(example.case)
    ]


def _methods(
    cases: Sequence[EventCase], own: list[tuple[Example, FloatArray]], kind: EventKind
) -> str:
    """Compare the rules and the chosen method: bias and RMSE, and the sd left about the bias."""
    rows = []
    for rule in (rule for rule in RULES if rule.kind is kind):
        errors = _rule_errors(cases, rule)
        rows.append((rule.name, rule.source, *(_three(errors[group]) for group in KINDS)))
    mine = {g: _join(e for x, e in own if x.case.kind == g) for g in KINDS}
    rows.append(
        (
            "**common stride and fitted moments**",
            "this program",
            *(_three(mine[group]) for group in KINDS),
        )
    )
    head = ("rule", "source", *KINDS.values())
    title = (
        f"\n## {EVENT[kind].capitalize()}: rules compared\n\nBias / RMSE / sd, all rates >= 30\n"
    )
    return title + "\n" + _table(head, rows)


def _rule_errors(cases: Sequence[EventCase], rule: Rule) -> dict[str, FloatArray]:
    found: dict[str, list[FloatArray]] = {group: [] for group in KINDS}
    for case in cases:
        found[case.kind].extend(1e3 * errors for errors in rule_errors_s(case, rule).values())
    return {group: _join(errors) for group, errors in found.items()}


def _join(errors: Iterable[FloatArray]) -> FloatArray:
    joined: FloatArray = np.concatenate([np.empty(0), *errors])
    known: FloatArray = joined[np.isfinite(joined)]
    return known


def _three(errors: FloatArray) -> str:
    if not len(errors):
        return "-"
    rmse = np.sqrt(np.mean(errors**2))
    return f"{errors.mean():+.0f} / {rmse:.0f} / {errors.std():.0f}"


def _by_rate(own: list[tuple[Example, FloatArray]], kind: EventKind) -> str:
    rows = []
    for group, label in KINDS.items():
        for is_far in (False, True):
            cells = []
            for rate in (30, 60, 120, 240):
                errors = _join(
                    e
                    for x, e in own
                    if x.case.kind == group
                    and x.is_far == is_far
                    and abs(x.case.rate_hz - rate) < 2
                )
                cells.append(_bias_rmse(errors))
            rows.append((label, "far" if is_far else "near", *cells))
    rows.append(("*aim*", "both", *AIM[kind]))
    head = ("data", "leg", "30 frames/s", "60", "120", "240")
    title = f"\n### {EVENT[kind].capitalize()} by frame rate and leg: bias / RMSE (n)\n"
    return title + "\n" + _table(head, rows)


def _bias_rmse(errors: FloatArray) -> str:
    if not len(errors):
        return "-"
    return f"{errors.mean():+.1f} / {np.sqrt(np.mean(errors**2)):.1f} ({len(errors)})"


def _by_runner(own: list[tuple[Example, FloatArray]], kind: EventKind) -> str:
    """Show each runner's bias: what leaving runners out is about."""
    names = sorted({(x.case.kind, _trial(x)) for x, _ in own})
    rows = []
    for group, trial in names:
        errors = _join(e for x, e in own if (x.case.kind, _trial(x)) == (group, trial))
        rows.append(
            (KINDS[group], trial, f"{errors.mean():+.1f}", f"{errors.std():.1f}", len(errors))
        )
    title = f"\n### {EVENT[kind].capitalize()} by runner left out\n"
    return title + "\n" + _table(("data", "clip or trial", "bias", "sd", "n"), rows)


def _trial(example: Example) -> str:
    return example.case.name.split(" ")[0]


def _contact_time(examples: Sequence[Example], predicted: Predictions) -> str:
    """Compare each leg's mean contact time with the truth, from 60 frames/s."""
    delays: dict[tuple[int, Side, EventKind], float] = {}
    legs: dict[tuple[int, Side], EventCase] = {}
    for kind in EventKind:
        of_kind = [example for example in examples if example.kind is kind]
        for example, delay_s in zip(of_kind, predicted[kind], strict=True):
            key = id(example.case), example.side
            delays[*key, kind] = float(delay_s - np.mean(example.late_s))
            legs[key] = example.case
    rows = []
    for group, label in KINDS.items():
        errors = np.array(
            [
                1e3 * (delays[*key, EventKind.TOE_OFF] - delays[*key, EventKind.INITIAL_CONTACT])
                for key, case in legs.items()
                if case.kind == group
                and case.is_reported
                and case.rate_hz > 59.0
                and len([k for k in EventKind if (*key, k) in delays]) == 2
            ]
        )
        if len(errors):
            share = np.mean(np.abs(errors) <= 12.0)
            rows.append((label, len(errors), _bias_rmse(errors), f"{share:.0%}"))
    title = "\n## Contact time, mean of a leg, from 60 frames/s: bias / RMSE (n)\n"
    return title + "\n" + _table(("data", "legs", "error", "within 12 ms"), rows)


def _counts(cases: Sequence[EventCase]) -> str:
    """Count missed and invented events away from the ends of the data."""
    rows = []
    for group, label in KINDS.items():
        counts = np.sum([_count(case) for case in cases if case.kind == group], axis=0)
        rows.append((label, *(int(count) for count in counts)))
    title = (
        "\n## Missed and invented events, both kinds, more than 0.1 s from the ends of the data\n"
        "\nTrials of less than two strides are counted here too, although the program refuses "
        "them: in the 0.8 s of `bmc_run` one leg never swings forward whole.\n"
    )
    return title + "\n" + _table(("data", "true", "missed", "invented"), rows)


def _count(case: EventCase) -> tuple[int, int, int]:
    try:
        events = detect_events(case.track, DetectionSettings(least_contacts=1))
    except GaitError:
        return 0, 0, 0
    first, last = _data_span(case)
    true = missed = invented = 0
    for kind in EventKind:
        for side in Side:
            truth, found = case.truth[kind, side], events.times_s(kind, side)
            inside = truth[(truth > first) & (truth < last)]
            shown = found[(found > first) & (found < last)]
            true += len(inside)
            missed += sum(not np.any(np.abs(found - t) < TOLERANCE_S) for t in inside)
            invented += sum(not np.any(np.abs(truth - f) < TOLERANCE_S) for f in shown)
    return true, missed, invented


def _data_span(case: EventCase) -> tuple[float, float]:
    """Return the stretch in which both the truth and the pose exist, less its edges."""
    known = np.isfinite(case.track.position_px[:, 27:29, 0]).all(axis=1)
    times = case.track.time_s[known]
    return (
        max(case.span_s[0], float(times[0])) + EDGE_S,
        min(case.span_s[1], float(times[-1])) - EDGE_S,
    )


def _coverage(examples: Sequence[Example], predicted: Predictions) -> str:
    """Tell how often the stated standard deviation holds the truth (68 and 95 % expected)."""
    rows = []
    for kind in EventKind:
        model = load_timing_model(kind)
        of_kind = [example for example in examples if example.kind is kind]
        for group, label in KINDS.items():
            scores = _join(
                (delay_s - x.late_s) / model.uncertainty_s(1.0 / x.case.rate_hz, len(x.late_s))
                for x, delay_s in zip(of_kind, predicted[kind], strict=True)
                if x.case.kind == group and _is_shown(x.case)
            )
            one, two = (f"{np.mean(np.abs(scores) <= width):.0%}" for width in (1.0, 1.96))
            rows.append((EVENT[kind], label, one, two))
    title = "\n## Stated uncertainty: share of events within 1 and 1.96 standard deviations\n"
    return title + "\n" + _table(("event", "data", "within 1 sd", "within 1.96 sd"), rows) + "\n"


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
