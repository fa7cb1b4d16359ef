"""All settings of an analysis, composed of the stages' own; TOML in and out."""

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gaitcam.errors import SettingsError
from gaitcam.files import check_ordinary
from gaitcam.gait.detection import DetectionSettings
from gaitcam.keypoints.clean import CleaningSettings
from gaitcam.markers.given import PelvisSettings
from gaitcam.pose.estimator import PoseSettings
from gaitcam.video.source import VideoSettings

LARGEST_SETTINGS_BYTES = 1_000_000

SHORTEST_CM, TALLEST_CM = 80.0, 250.0


@dataclass(frozen=True, slots=True)
class RunnerSettings:
    """What the user tells of the runner; ``height_cm`` barefoot, gives the scale in metres."""

    height_cm: float | None = None

    def __post_init__(self) -> None:
        if self.height_cm is not None and not SHORTEST_CM <= self.height_cm <= TALLEST_CM:
            raise SettingsError(
                f"height is {self.height_cm:g} cm, expected {SHORTEST_CM:g} to {TALLEST_CM:g} "
                "(centimetres, without shoes)"
            )

    @property
    def height_m(self) -> float | None:
        """Height in metres, if known."""
        return None if self.height_cm is None else self.height_cm / 100.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of every stage; each default stands beside its stage."""

    runner: RunnerSettings = field(default_factory=RunnerSettings)
    video: VideoSettings = field(default_factory=VideoSettings)
    pose: PoseSettings = field(default_factory=PoseSettings)
    pelvis: PelvisSettings = field(default_factory=PelvisSettings)
    cleaning: CleaningSettings = field(default_factory=CleaningSettings)
    detection: DetectionSettings = field(default_factory=DetectionSettings)

    def to_dict(self) -> dict[str, object]:
        """Return all settings as plain nested values."""
        return dataclasses.asdict(self)

    def changed(self, section: str, **values: object) -> "Settings":
        """Return settings with some values of one section replaced; None leaves the value."""
        given = {key: value for key, value in values.items() if value is not None}
        part: Any = getattr(self, section)
        return dataclasses.replace(self, **{section: dataclasses.replace(part, **given)})


def read_settings(path: Path) -> Settings:
    """Read settings from a TOML file; an unknown section, key or kind is a `SettingsError`."""
    try:
        check_ordinary(path, LARGEST_SETTINGS_BYTES)
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be read ({problem.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise SettingsError(f"{path}: not valid TOML: {problem}") from None
    return settings_from_dict(content, str(path))


def settings_from_dict(content: dict[str, Any], where: str) -> Settings:
    """Return settings with the given values over the defaults; ``where`` is named in errors."""
    parts: dict[str, Any] = {}
    known = {part.name: part for part in dataclasses.fields(Settings)}
    for section, values in content.items():
        if section not in known:
            raise SettingsError(f"{where}: no section [{section}]; there are {', '.join(known)}")
        if not isinstance(values, dict):
            raise SettingsError(f"{where}: {section} must be a section, [{section}]")
        parts[section] = _section(section, values, where)
    return Settings(**parts)


def _section(section: str, values: dict[str, Any], where: str) -> Any:
    default = getattr(Settings(), section)
    types = {part.name: part.type for part in dataclasses.fields(default)}
    for key, value in values.items():
        if key not in types:
            raise SettingsError(f"{where}: [{section}] has no {key}; it has {', '.join(types)}")
        _check_kind(f"{where}: [{section}] {key}", value, str(types[key]))
    try:
        return dataclasses.replace(default, **values)
    except (TypeError, ValueError, SettingsError) as problem:
        raise SettingsError(f"{where}: [{section}] {problem}") from None


def _check_kind(what: str, value: object, expected: str) -> None:
    """Raise when a TOML value has another kind than the field's annotation names."""
    kinds = [word for word in ("bool", "int", "float", "str") if word in expected]
    got = type(value).__name__
    if got not in kinds and not (got == "int" and "float" in kinds):
        raise SettingsError(f"{what} must be {' or '.join(kinds)}, got {value!r}")
