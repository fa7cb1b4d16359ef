import pytest

from gaitcam.metrics.catalog import CATALOG
from gaitcam.units import DEGREES_AT_A_GLANCE, IMPERIAL, METRIC, UnitSystem, display_unit


@pytest.mark.parametrize(
    ("unit", "value", "metric", "imperial"),
    [
        ("m", 0.254, "25.4 cm", "10.0 in"),
        ("m/s", 2.68224, "2.68 m/s", "6.0 mph"),
        ("deg", -7.25, "−7.2°", "−7.2°"),
        ("s", 0.2496, "250 ms", "250 ms"),
        ("ratio", 0.3678, "36.8 %", "36.8 %"),
        ("leg lengths", 0.3558, "35.6 % of leg", "35.6 % of leg"),
        ("steps/min", 168.46, "168.5 steps/min", "168.5 steps/min"),
    ],
)
def test_a_stored_value_is_told_in_the_readers_unit(
    unit: str, value: float, metric: str, imperial: str
) -> None:
    assert display_unit(unit, UnitSystem.METRIC).text(value) == metric
    assert display_unit(unit, UnitSystem.IMPERIAL).text(value) == imperial


def test_every_unit_of_the_catalog_is_known() -> None:
    for row in CATALOG:
        assert row.unit in METRIC
        assert row.unit in IMPERIAL


def test_a_missing_value_is_a_dash_and_never_zero() -> None:
    assert display_unit("deg", UnitSystem.METRIC).text(None) == "–"


def test_zero_has_no_sign() -> None:
    assert display_unit("deg", UnitSystem.METRIC).text(-0.01) == "0.0°"


@pytest.mark.parametrize(("value", "text"), [(170.0, "170"), (37.3, "37.3"), (0.0, "0")])
def test_rounded_drops_digits_that_say_nothing(value: float, text: str) -> None:
    assert display_unit("deg", UnitSystem.METRIC).rounded(value) == text


def test_numbers_at_a_glance_have_a_real_minus_and_no_minus_zero() -> None:
    shown = [DEGREES_AT_A_GLANCE.text(value) for value in (-3.4, -0.2, 28.6)]
    assert shown == ["−3°", "0°", "29°"]
