"""docs/SETTINGS.md names every setting there is, with the default that holds."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gaitcam.cli import analyze
from gaitcam.errors import SettingsError
from gaitcam.settings import Settings, read_settings, settings_from_dict
from gaitcam.settings_document import ENTRIES, PATH, SECTIONS, settings_as_markdown

README = Path(__file__).parents[2] / "README.md"


def test_the_document_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == settings_as_markdown(), (
        "run: python -m gaitcam.settings_document"
    )


def test_every_section_and_key_is_explained_and_no_other() -> None:
    keys = {
        section: [field.name for field in dataclasses.fields(getattr(Settings(), section))]
        for section in Settings().to_dict()
    }
    assert {section: list(entries) for section, entries in ENTRIES.items()} == keys
    assert list(SECTIONS) == list(keys)


def test_every_option_that_is_named_exists() -> None:
    known = {name for option in analyze.params for name in option.opts}
    named = {entry.option for entries in ENTRIES.values() for entry in entries.values()} - {""}
    assert named <= known


def test_a_user_is_led_to_the_document_and_its_example_works(tmp_path: Path) -> None:
    assert "[docs/SETTINGS.md](docs/SETTINGS.md)" in README.read_text(encoding="utf-8")
    example = PATH.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    file = tmp_path / "settings.toml"
    file.write_text(example, encoding="utf-8")
    assert tomllib.loads(example)
    assert read_settings(file).runner.height_cm == 176.0


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("cleaning", {"trunk_cutoff_hz": -3.0}),
        ("cleaning", {"limb_cutoff_hz": float("nan")}),
        ("cleaning", {"longest_gap_s": -0.1}),
        ("cleaning", {"outlier_window_s": 0.0}),
        ("cleaning", {"outlier_window_s": 1e9}),
        ("cleaning", {"outlier_leg_ratio": 0.0}),
        ("cleaning", {"low_visibility": 1.5}),
        ("detection", {"least_contacts": 0}),
        ("detection", {"least_known": 2.0}),
        ("detection", {"least_known": float("nan")}),
        ("detection", {"largest_misfit": float("inf")}),
    ],
)
def test_what_cannot_be_is_refused_by_name(section: str, values: dict[str, Any]) -> None:
    key = next(iter(values))
    with pytest.raises(SettingsError, match=rf"settings.toml: \[{section}\] {key}: expected"):
        settings_from_dict({section: values}, "settings.toml")
