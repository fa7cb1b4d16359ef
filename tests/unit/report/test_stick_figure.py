from dataclasses import replace

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.report.stick_figure import LEG, contact_pose, figure_points, moving_figure
from gaitcam.vocabulary import Direction


def test_the_figure_stands_on_its_hips_and_is_one_leg_long(analysis: Analysis) -> None:
    points = figure_points(analysis.keypoints)
    hips = 0.5 * (points["near_hip"] + points["far_hip"])
    np.testing.assert_allclose(hips[:, 0], 0.0, atol=1e-6)
    assert np.nanmax(points["near_ankle"][:, 1]) == pytest.approx(LEG, rel=0.25)
    assert np.nanmax(points["head"][:, 1]) < 0.0  # y points down


def test_the_figure_faces_as_in_the_picture(analysis: Analysis) -> None:
    ahead = contact_pose(analysis)["near_ankle"][0]
    view = replace(analysis.view, direction=Direction.LEFT)
    mirrored = replace(analysis, keypoints=replace(analysis.keypoints, view=view))
    assert ahead > 0.0
    assert contact_pose(mirrored)["near_ankle"][0] == pytest.approx(-ahead)


def test_a_point_that_is_not_known_is_null(analysis: Analysis) -> None:
    position = np.array(analysis.keypoints.position_px)
    position[10, 27] = np.nan  # the left ankle, far
    holed = replace(analysis, keypoints=replace(analysis.keypoints, position_px=position))
    figure = moving_figure(holed)
    place = 2 * figure["points"].index("far_ankle")
    assert figure["rows"][10][place] is None
    assert figure["rows"][11][place] is not None


def test_the_figure_stands_on_the_near_hip_where_the_far_one_is_hidden(
    analysis: Analysis,
) -> None:
    position = np.array(analysis.keypoints.position_px)
    position[:, 23] = np.nan  # the left hip, far
    holed = replace(analysis.keypoints, position_px=position)
    np.testing.assert_allclose(figure_points(holed)["near_hip"][:, 0], 0.0, atol=1e-6)
