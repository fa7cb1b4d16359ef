from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.report.plots import gait_cycle_figure, stick_figure_sequence, write_plots
from gaitcam.report.stick_figure import figure_points


def test_every_figure_is_written_as_png_and_svg(
    analysis: Analysis, summary: dict[str, Any], tmp_path: Path
) -> None:
    paths = write_plots(analysis, summary, tmp_path)
    assert {path.stem for path in paths} == {"gait_cycle", "contacts", "stick_figures"}
    for path in paths:
        if path.suffix == ".png":
            assert path.read_bytes().startswith(b"\x89PNG")
        else:
            assert ElementTree.parse(path).getroot().tag.endswith("svg")


def test_no_foot_stands_on_the_words_below_the_stick_figures(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    tall = {name: 1.5 * path for name, path in figure_points(analysis.keypoints).items()}
    monkeypatch.setattr("gaitcam.report.plots.figure_points", lambda _track: tall)
    figure = stick_figure_sequence(analysis)
    assert figure is not None
    (axes,) = figure.axes
    lowest = max(float(np.nanmax(np.asarray(line.get_ydata()))) for line in axes.lines)
    assert axes.texts
    assert all(text.get_position()[1] > lowest for text in axes.texts)  # y grows downward


def test_the_callers_matplotlib_is_left_as_it_was(
    analysis: Analysis, summary: dict[str, Any], tmp_path: Path
) -> None:
    before = dict(mpl.rcParams)
    write_plots(analysis, summary, tmp_path)
    assert dict(mpl.rcParams) == before


def test_without_a_whole_stride_there_is_no_cycle(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    empty = {"mean": None, "sd": None, "n": 0}
    curves = {key: {"left": empty, "right": empty} for key in summary["gait_cycle"]["curves"]}
    cycle = summary["gait_cycle"] | {"curves": curves}
    assert gait_cycle_figure(analysis, summary | {"gait_cycle": cycle}) is None
