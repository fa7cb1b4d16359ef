"""Fixtures that several folders of tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the user's cache, and the user's cache out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of clips with truth, which a stranger's clone does not have."""
    if not SHARED.is_dir():
        pytest.skip("the folder of clips with truth is not here")
    return SHARED


@pytest.fixture(scope="session")
def demo_clip() -> Path:
    return ROOT / "fixtures" / "clips" / "demo_overstride.mp4"
