"""Settings that cannot be are refused in a sentence, wherever they come from."""

import math

import pytest

from gaitcam.errors import SettingsError
from gaitcam.settings import settings_from_dict


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("cleaning", "trunk_cutoff_hz", 0.0),
        ("cleaning", "limb_cutoff_hz", -5.0),
        ("cleaning", "limb_cutoff_hz", math.nan),
        ("cleaning", "outlier_window_s", math.nan),
        ("cleaning", "outlier_window_s", 1e9),
        ("cleaning", "longest_gap_s", -0.1),
        ("cleaning", "outlier_leg_ratio", 0.0),
        ("cleaning", "low_visibility", 1.5),
        ("detection", "least_known", math.nan),
        ("detection", "least_contacts", 0),
        ("detection", "largest_misfit", math.inf),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_named(section: str, key: str, value: float) -> None:
    with pytest.raises(SettingsError, match=f"{key}.*expected"):
        settings_from_dict({section: {key: value}}, "my.toml")
