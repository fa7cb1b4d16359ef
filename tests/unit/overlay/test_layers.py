"""Each layer draws its own thing, at its place, and nothing where there is no pose."""

from dataclasses import replace

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.overlay.angles import draw_gravity, draw_knee_flexion, draw_trunk_lean
from gaitcam.overlay.landing import LandingLayer
from gaitcam.overlay.layer import Layer, Scene, draw_all
from gaitcam.overlay.moment import Body, Moment, tell
from gaitcam.overlay.render import BODY_LAYERS
from gaitcam.overlay.skeleton import draw_far_limbs, draw_near_limbs
from gaitcam.overlay.style import FAR, NEAR
from gaitcam.vocabulary import Direction, Side
from tests.unit.overlay.drawing import VIEW, colours_around, empty_scene, image_of, is_colour

HOLD_S = 0.3
ALL_LAYERS = (*BODY_LAYERS, LandingLayer(HOLD_S))


def at_contact(analysis: Analysis, index: int = 2) -> Moment:
    """The moment of a contact; even steps land on the right foot, the near one."""
    frame = round(analysis.steps[index].contact_s * 60)
    return tell(analysis).at(frame, frame / 60)


def drawn_columns(scene: Scene) -> tuple[int, int]:
    """The first and last column of the picture that changed."""
    changed = np.flatnonzero((image_of(scene) != 90).any(axis=(0, 2)))
    return int(changed[0]), int(changed[-1])


@pytest.mark.parametrize("layer", ALL_LAYERS)
def test_every_layer_draws_something_and_returns_the_scene(
    analysis: Analysis, scene: Scene, layer: Layer
) -> None:
    assert layer(scene, at_contact(analysis)) is scene
    assert (image_of(scene) != 90).any()


@pytest.mark.parametrize("layer", ALL_LAYERS)
def test_no_layer_draws_without_a_pose(analysis: Analysis, scene: Scene, layer: Layer) -> None:
    layer(scene, tell(analysis).at(9999, 170.0))
    assert (image_of(scene) == 90).all()


@pytest.mark.parametrize("layer", ALL_LAYERS)
@pytest.mark.parametrize("missing", range(33))
def test_every_layer_bears_a_missing_keypoint(
    analysis: Analysis, scene: Scene, layer: Layer, missing: int
) -> None:
    moment = at_contact(analysis)
    assert moment.body is not None
    assert moment.landing is not None
    points = moment.body.points.copy()
    points[missing] = np.nan
    body = Body(points)
    layer(scene, replace(moment, body=body, landing=replace(moment.landing, body=body)))


def test_near_and_far_limbs_have_their_own_colours(analysis: Analysis, scene: Scene) -> None:
    moment = at_contact(analysis)
    assert moment.body is not None
    draw_far_limbs(scene, moment)
    assert is_colour(image_of(scene), FAR).any()
    assert not is_colour(image_of(scene), NEAR).any()
    draw_near_limbs(scene, moment)
    shin = 0.5 * (moment.body.at("knee", Side.RIGHT) + moment.body.at("ankle", Side.RIGHT))
    assert NEAR in colours_around(image_of(scene), shin)


def test_the_far_side_is_thinner_and_broken_too(analysis: Analysis) -> None:
    near, far = empty_scene(), empty_scene()
    draw_near_limbs(near, at_contact(analysis))
    draw_far_limbs(far, at_contact(analysis))
    assert is_colour(image_of(far), FAR).sum() < 0.5 * is_colour(image_of(near), NEAR).sum()


def test_the_line_of_gravity_is_vertical_through_the_hips(analysis: Analysis, scene: Scene) -> None:
    moment = at_contact(analysis)
    assert moment.body is not None
    draw_gravity(scene, moment)
    first, last = drawn_columns(scene)
    assert 0.5 * (first + last) == pytest.approx(moment.body.middle("hip")[0], abs=1.0)
    assert last - first < 10


def test_the_line_of_gravity_leans_with_a_rolled_camera(analysis: Analysis) -> None:
    rolled = empty_scene(replace(VIEW, up_lean_deg=-10.0))
    assert rolled.up == pytest.approx([-np.sin(np.radians(10)), -np.cos(np.radians(10))])
    draw_gravity(rolled, at_contact(analysis))
    first, last = drawn_columns(rolled)
    assert last - first > 50


@pytest.mark.parametrize(("direction", "x"), [(Direction.RIGHT, 1.0), (Direction.LEFT, -1.0)])
def test_ahead_is_where_the_runner_faces(direction: Direction, x: float) -> None:
    assert empty_scene(replace(VIEW, direction=direction)).ahead == pytest.approx([x, 0.0])


def test_the_bar_reaches_from_below_the_hips_to_the_landing_ankle(
    analysis: Analysis, scene: Scene
) -> None:
    moment = at_contact(analysis)
    landing = moment.landing
    assert landing is not None
    late = replace(moment, landing_age_s=0.2)  # the ring has gone
    LandingLayer(HOLD_S)(scene, late)
    hips, ankle = landing.body.middle("hip"), landing.body.at("ankle", landing.side)
    row = is_colour(image_of(scene), NEAR)[round(ankle[1])]
    columns = np.flatnonzero(row)
    assert columns.min() == pytest.approx(hips[0], abs=4)
    assert columns.max() == pytest.approx(ankle[0], abs=4)


def test_the_bar_of_a_far_landing_has_the_far_colour(analysis: Analysis, scene: Scene) -> None:
    LandingLayer(HOLD_S)(scene, at_contact(analysis, index=3))
    assert is_colour(image_of(scene), FAR).any()
    assert not is_colour(image_of(scene), NEAR).any()


def test_the_bar_goes_when_its_time_is_over(analysis: Analysis, scene: Scene) -> None:
    LandingLayer(HOLD_S)(scene, replace(at_contact(analysis), landing_age_s=HOLD_S + 0.01))
    assert (image_of(scene) == 90).all()


def test_the_bar_stays_where_the_foot_landed_while_the_runner_goes_on(
    passing_by: Analysis, scene: Scene
) -> None:
    moment = at_contact(passing_by)
    later = tell(passing_by).at(round(passing_by.steps[2].contact_s * 60) + 12, 0.0)
    assert moment.landing is not None
    assert later.landing is not None
    assert later.body is not None
    LandingLayer(HOLD_S)(scene, later)
    landed_x = float(moment.landing.body.middle("hip")[0])
    assert later.body.middle("hip")[0] - landed_x > 50
    ankle = moment.landing.body.at("ankle", Side.RIGHT)
    columns = np.flatnonzero(is_colour(image_of(scene), NEAR)[round(ankle[1])])
    assert columns.min() == pytest.approx(landed_x, abs=4)


@pytest.mark.parametrize("layer", [draw_trunk_lean, draw_knee_flexion])
def test_labels_stay_inside_the_picture_at_its_edges(
    analysis: Analysis, scene: Scene, layer: Layer
) -> None:
    moment = at_contact(analysis)
    assert moment.body is not None
    middle = moment.body.middle("hip")
    for target in ([2.0, 200.0], [1278.0, 200.0], [640.0, 2.0], [640.0, 718.0]):
        body = Body(moment.body.points - middle + np.array(target))
        layer(scene, replace(moment, body=body))  # must neither fail nor wrap around


def test_layers_draw_in_the_order_given(analysis: Analysis) -> None:
    def paint(value: int) -> Layer:
        def layer(scene: Scene, moment: Moment) -> Scene:
            image_of(scene)[:] = value
            return scene

        return layer

    scene = draw_all([paint(1), paint(2)], empty_scene(), at_contact(analysis))
    assert (image_of(scene) == 2).all()
