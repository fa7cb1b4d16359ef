"""How the user says where the stickers are."""

from dataclasses import replace

import pytest

from gaitcam.errors import SettingsError
from gaitcam.markers.given import PelvisMarkers, PelvisSettings
from gaitcam.settings import settings_from_dict
from tests.running import HEIGHT, WIDTH, a_video


def test_positions_and_time_are_read() -> None:
    markers = PelvisMarkers.parse("640, 355.5,604,354@1.5")
    assert markers == PelvisMarkers((640.0, 355.5), (604.0, 354.0), 1.5)


def test_without_a_time_the_first_analysed_frame_is_meant() -> None:
    assert PelvisMarkers.parse("640,355,604,354").shown_s is None


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "a,2,3,4", "1,2,3,4@", "1,2,3,4@x", "nan,2,3,4", "-1,2,3,4"]
)
def test_anything_else_is_refused_with_the_form_and_what_was_given(text: str) -> None:
    with pytest.raises(SettingsError, match="FRONT_X,FRONT_Y,BACK_X,BACK_Y") as refusal:
        PelvisMarkers.parse(text)
    assert repr(text) in str(refusal.value)


def test_the_settings_file_knows_them() -> None:
    settings = settings_from_dict({"pelvis": {"markers": "1,2,3,4"}}, "here")
    assert settings.pelvis.positions == PelvisMarkers((1.0, 2.0), (3.0, 4.0))
    assert PelvisSettings().positions is None
    with pytest.raises(SettingsError):
        settings_from_dict({"pelvis": {"markers": "here and there"}}, "here")


def test_a_position_outside_the_picture_is_named() -> None:
    inside = PelvisMarkers((600.0, 300.0), (560.0, 300.0))
    inside.check_inside(a_video(10))
    outside = replace(inside, back=(WIDTH + 5.0, HEIGHT / 2))
    with pytest.raises(SettingsError, match=r"back one, .*outside the picture"):
        outside.check_inside(a_video(10))
