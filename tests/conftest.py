"""Fixtures that several folders of tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of clips with truth, which a stranger's clone does not have."""
    if not SHARED.is_dir():
        pytest.skip("the folder of clips with truth is not here")
    return SHARED


@pytest.fixture(scope="session")
def demo_clip() -> Path:
    return ROOT / "fixtures" / "clips" / "demo_overstride.mp4"
