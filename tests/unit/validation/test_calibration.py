"""The method's own error, from clips of several runners."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.metrics.tables import Estimate
from gaitcam.validation.calibration import measure_method_error
from gaitcam.validation.clip_truth import ClipTruth
from gaitcam.validation.compare import BOTH, Comparison, MetricError
from gaitcam.vocabulary import Side

KEY = "trunk_lean_deg"
CLIP = ClipTruth(
    name="clip",
    video=Path("clip.mp4"),
    is_rendered=True,
    scene="treadmill",
    rate_hz=60.0,
    direction="right",
    near_side=Side.RIGHT,
    runner="one",
    height_m=1.7,
    is_symmetric=True,
    events={},
    view_s=(0.0, 1.0),
    metrics={},
)


def comparison(runner: str, error: float) -> Comparison:
    clip = replace(CLIP, runner=runner)
    estimate = Estimate(error, error - 1.0, error + 1.0, 10)
    errors = (MetricError(clip, KEY, BOTH, estimate, 0.0),)
    return Comparison(clip, cast("Analysis", None), errors, (), ())


def test_an_error_that_all_runners_share_is_the_methods_error() -> None:
    assert measure_method_error([comparison(r, 2.0) for r in "abc"], KEY) == pytest.approx(2.0)


def test_the_spread_between_runners_counts() -> None:
    errors = np.random.default_rng(1).normal(0.0, 3.0, 400)
    clips = [comparison(str(i), e) for i, e in enumerate(errors)]
    assert measure_method_error(clips, KEY) == pytest.approx(3.0, rel=0.15)


def test_one_clip_that_went_wrong_does_not_decide() -> None:
    good = [comparison(r, e) for r, e in zip("abcde", (-1.0, 1.0, -1.0, 1.0, 1.0), strict=True)]
    wrong = comparison("f", 100.0)
    assert measure_method_error([*good, wrong], KEY) < 4.0


def test_a_runner_with_many_clips_weighs_as_one() -> None:
    few = [comparison(r, 1.0) for r in "abc"]
    assert measure_method_error(few + [comparison("d", 9.0)] * 20, KEY) == pytest.approx(1.0)


def test_no_errors_no_number() -> None:
    assert np.isnan(measure_method_error([], KEY))
