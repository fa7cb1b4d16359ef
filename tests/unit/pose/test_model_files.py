"""A model is used only when it is exactly the one that the manifest names."""

import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from gaitcam.errors import ModelFileError
from gaitcam.pose.model_files import MODEL_NAMES, find_model, find_model_in

MODELS = Path(__file__).parents[3] / "models"


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_every_model_is_found_whole(name: str) -> None:
    model = find_model(name)
    assert model.path.is_file()
    assert model.sha256 == sha256(model.path.read_bytes()).hexdigest()


def test_the_manifest_tells_the_parts_of_each_bundle() -> None:
    import tomllib

    manifest = tomllib.loads((MODELS / "MANIFEST.toml").read_text())
    for bundle in manifest["bundles"].values():
        path = MODELS / bundle["file"]
        assert path.stat().st_size == bundle["bytes"]
        with zipfile.ZipFile(path) as archive:
            for name in bundle["parts"]:
                part = manifest["parts"][name]
                content = archive.read(part["file"])
                assert sha256(content).hexdigest() == part["sha256"]
                assert len(content) == part["bytes"]
                assert part["licence"] == "Apache-2.0"


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    shutil.copy(MODELS / "MANIFEST.toml", tmp_path)
    (tmp_path / "pose_landmarker_lite.task").write_bytes(b"damaged")
    with pytest.raises(ModelFileError, match=r"is damaged.*rebuild it with models/build_models"):
        find_model_in(tmp_path, "lite")


def test_a_missing_model_and_a_missing_manifest_are_said(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"list of pose models is missing"):
        find_model_in(tmp_path, "full")
    shutil.copy(MODELS / "MANIFEST.toml", tmp_path)
    with pytest.raises(ModelFileError, match=r"pose_landmarker_full.task.*cannot be read"):
        find_model_in(tmp_path, "full")
