"""Promises of the project as a whole: its surface, its files, its commands."""

import ast
import hashlib
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import gaitcam

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {
    "LICENSE",
    "README.md",
    "docs",
    "fixtures",
    "gaitcam",
    "models",
    "pyproject.toml",
    "tests",
}


def test_the_public_names_are_few_and_all_load() -> None:
    assert len(gaitcam.__all__) <= 8
    for name in gaitcam.__all__:
        assert getattr(gaitcam, name).__doc__


def test_the_checks_run_the_readmes_test_command() -> None:
    command = '.venv/bin/pip install -c .ci/constraints.txt -e ".[test]" && .venv/bin/pytest'
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readmes_accuracy_is_that_of_the_validation() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    validation = (ROOT / "docs" / "VALIDATION.md").read_text(encoding="utf-8")
    table = readme.split("| quantity | aim | measured |")[1].split("\n\n")[0]
    rows = [line.strip() for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) >= 10
    for row in rows:
        assert row in validation, f"not in docs/VALIDATION.md any more: {row}"


def test_every_fixture_is_listed_with_its_checksum() -> None:
    folder = ROOT / "fixtures"
    with (folder / "MANIFEST.toml").open("rb") as file:
        listed = {entry["path"]: entry for entry in tomllib.load(file)["file"]}
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "MANIFEST.toml"
    }
    assert set(listed) == present
    for path, entry in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["licence"]
        assert entry["source"]


def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in (ROOT / "gaitcam").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno > 60
    ]
    assert not long


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_the_top_level_holds_only_what_belongs_there() -> None:
    """Only what is kept in the repository: results such as those of the demo may lie beside it."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    )
    if listing.returncode or not listing.stdout:
        pytest.skip("this is no clone of the repository, or not this user's")
    kept = {name.split("/")[0] for name in listing.stdout.splitlines()}
    assert {name for name in kept if not name.startswith(".")} == TOP_LEVEL
