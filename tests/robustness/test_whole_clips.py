"""A few of the whole clips that docs/ROBUSTNESS.md tells of, through the whole program."""

from pathlib import Path

import pytest

from tests.robustness.whole_clips import WHOLE_CLIPS, Clip, WholeClip, faults, read_original

QUICK = (
    "a title card for 2 s",
    "cut to a mirrored view",
    "cut in time",
    "sped up 3 times",
    "a still picture",
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def original(demo_clip: Path) -> Clip:
    return read_original(demo_clip)


@pytest.mark.parametrize(
    "case", [case for case in WHOLE_CLIPS if case.title in QUICK], ids=lambda case: case.title
)
def test_a_clip_as_users_film_it_gives_true_numbers_and_says_what_is_odd(
    case: WholeClip, original: Clip, tmp_path: Path
) -> None:
    assert faults(case, original, tmp_path)[1] == []


def test_wrong_numbers_and_missing_notes_would_be_noticed(original: Clip, tmp_path: Path) -> None:
    wrong = WholeClip("", lambda clip: clip[::2], "title card", options=("--capture-fps", "60"))
    assert faults(wrong, original, tmp_path)[1] == ["no note about title card", "wrong cadence"]
