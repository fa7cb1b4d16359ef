"""Colours that everybody can tell apart and sizes that can be read."""

import numpy as np
import pytest

from gaitcam.overlay.style import FAR, INK, NEAR, Colour, side_colour, style_for
from gaitcam.vocabulary import Side
from tests.unit.overlay.drawing import VIEW

# Machado, Oliveira & Fernandes 2009, severity 1: linear RGB as a colour-blind eye sees it.
COLOUR_BLINDNESS = {
    "none": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
D65 = np.array([0.9505, 1.0, 1.089])


def lab(colour: Colour, blindness: str) -> np.ndarray:
    """Return CIE L*a*b* of an sRGB colour as an eye of a kind sees it."""
    linear = (np.array(colour) / 255.0) ** 2.2
    seen = np.clip(COLOUR_BLINDNESS[blindness] @ linear, 0.0, 1.0)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ seen / D65, 0.0089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("blindness", COLOUR_BLINDNESS)
def test_near_and_far_are_told_apart_by_every_eye(blindness: str) -> None:
    difference = np.linalg.norm(lab(NEAR, blindness) - lab(FAR, blindness))
    assert difference > 35  # 2 is just noticeable


@pytest.mark.parametrize("colour", [NEAR, FAR])
def test_side_names_contrast_with_their_panel(colour: Colour) -> None:
    def luminance(c: Colour) -> float:
        return float(np.array([0.2126, 0.7152, 0.0722]) @ (np.array(c) / 255.0) ** 2.2)

    assert (luminance(colour) + 0.05) / (luminance(INK) + 0.05) > 7.0  # WCAG AAA


def test_the_side_that_faces_the_camera_is_near() -> None:
    assert side_colour(Side.RIGHT, VIEW) == NEAR
    assert side_colour(Side.LEFT, VIEW) == FAR


@pytest.mark.parametrize("size", [(160, 90), (640, 360), (1280, 720), (1080, 1920), (3840, 2160)])
def test_text_can_be_read_at_every_size(size: tuple[int, int]) -> None:
    style = style_for(*size, leg_length_px=0.3 * size[1])
    assert style.small_text >= 11
    assert style.small_text >= 0.015 * min(size)
    assert style.small_text < style.value_text
    assert style.line > style.thin_line >= 2


def test_a_portrait_clip_has_the_text_of_the_same_clip_in_landscape() -> None:
    assert style_for(1080, 1920, 500.0) == style_for(1920, 1080, 500.0)


def test_an_unknown_leg_length_still_has_a_style() -> None:
    assert style_for(1280, 720, float("nan")).line >= 2
