"""Fit the timing model of the event detection, compare it with published rules, keep the table.

    python -m gaitcam.validation.train_event_model DATA LANDMARKS [LANDMARKS ...]

``DATA`` holds ``synthetic``, ``real`` and ``markers``; ``LANDMARKS`` one stored landmark file
per clip: of the program's own pose engine first, then of others.  Writes
``gaitcam/gait/event_timing.json`` and ``docs/EVENTS.md``.  Every figure in the table is of
runners that were left out of the fit.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.timing_model import TimingModel
from gaitcam.keypoints.clean import CleaningSettings
from gaitcam.validation.event_cases import collect_cases, read_landmark_files
from gaitcam.validation.event_fit import (
    RECIPES,
    Example,
    collect_examples,
    fit_model,
    is_for_fit,
    predict_left_out,
)
from gaitcam.validation.event_table import write_event_table
from gaitcam.vocabulary import EventKind

ROOT = Path(__file__).parents[2]
MODEL_FILE = ROOT / "gaitcam" / "gait" / "event_timing.json"
REAL_RUNNERS = ("filmed markers", "real")
TABLE_FILE = ROOT / "docs" / "EVENTS.md"


def main() -> None:
    """Fit, save, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("landmarks", type=Path, nargs="+")
    parser.add_argument("--copies", type=int, default=40, help="films of each marker trial")
    options = parser.parse_args()
    engines = [read_landmark_files(folder) for folder in options.landmarks]
    cases = collect_cases(options.data, engines, CleaningSettings(), options.copies)
    examples = collect_examples(cases)
    models, predicted = {}, {}
    for kind in EventKind:
        of_kind = [example for example in examples if example.kind is kind]
        predicted[kind] = predict_left_out(of_kind, RECIPES[kind])
        models[kind] = _final_model(of_kind, predicted[kind], kind)
    save_models(models, MODEL_FILE)
    write_event_table(cases, examples, predicted, TABLE_FILE)


def _final_model(examples: list[Example], left_out_s: FloatArray, kind: EventKind) -> TimingModel:
    """Fit to all runners; the errors that it states are those of real runners left out.

    Rendered runners are easier (their motion was made of few), and the user is a real one.
    """
    recipe = RECIPES[kind]
    used = [index for index, example in enumerate(examples) if is_for_fit(example, recipe)]
    model = fit_model([examples[index] for index in used], recipe)
    real = [index for index in used if examples[index].case.kind in REAL_RUNNERS]
    errors: dict[str, list[float]] = {}
    for index in real:
        error = left_out_s[index] - examples[index].delay_s
        errors.setdefault(examples[index].case.runner, []).append(float(error**2))
    common_s = float(np.sqrt(np.mean([np.mean(squares) for squares in errors.values()])))
    jitter_s, jitter_frames = _jitter([examples[index] for index in real])
    return replace(model, error_s=common_s, jitter_s=jitter_s, jitter_frames=jitter_frames)


def _jitter(examples: list[Example]) -> tuple[float, float]:
    """Fit the variance of single strides about their leg's delay as a + b * frame interval^2."""
    frames, variances = [], []
    for example in examples:
        if len(example.late_s) >= 3:
            frames.append(1.0 / example.case.rate_hz**2)
            variances.append(float(np.var(example.late_s, ddof=1)))
    # A median over legs: one leg with a wrongly followed stride must not set the jitter of all.
    even = np.array(sorted(set(np.round(frames, 8))))
    middle = [
        np.median([v for f, v in zip(frames, variances, strict=True) if abs(f - e) < 1e-8])
        for e in even
    ]
    system = np.stack([np.ones(len(even)), even], axis=1)
    constant, slope = np.linalg.lstsq(system, np.array(middle), rcond=None)[0]
    return float(np.sqrt(max(constant, 1e-6))), float(np.sqrt(max(slope, 0.0)))


def save_models(models: dict[EventKind, TimingModel], path: Path) -> None:
    """Write the models as readable JSON."""
    stored = {"source": "gaitcam.validation.train_event_model", "models": {}}
    stored["models"] = {kind.value: _as_json(model) for kind, model in models.items()}
    text = json.dumps(stored, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _as_json(model: TimingModel) -> dict[str, object]:
    measures = zip(model.names, model.centre, model.scale, model.weight, strict=True)
    return {
        "is_stride_scaled": model.is_stride_scaled,
        "intercept_s": round(model.intercept_s, 6),
        "error_s": round(model.error_s, 5),
        "jitter_s": round(model.jitter_s, 5),
        "jitter_frames": round(model.jitter_frames, 4),
        "measures": [
            {
                "name": name,
                "centre": round(float(centre), 6),
                "scale": round(float(scale), 6),
                "weight_s": round(float(weight), 7),
            }
            for name, centre, scale, weight in measures
        ],
    }


if __name__ == "__main__":
    main()
