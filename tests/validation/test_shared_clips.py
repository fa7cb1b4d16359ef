"""Truth files of the clips beside the checkout are read as they are meant."""

from pathlib import Path

import numpy as np
import pytest

from gaitcam.validation.clip_truth import ClipTruth, read_clip_truths
from gaitcam.vocabulary import EventKind, Side


@pytest.fixture(scope="module")
def truths(shared: Path) -> dict[str, ClipTruth]:
    return {truth.name: truth for truth in read_clip_truths(shared / "data")}


def test_steps_at_the_pictures_edge_are_no_truth(truths: dict[str, ClipTruth]) -> None:
    clip = truths["p01_track_right"]
    assert clip.view_s[1] < clip.events[EventKind.INITIAL_CONTACT, Side.RIGHT][-1]
    assert clip.metrics["overstride_m"].right == pytest.approx((0.2108 + 0.2097) / 2)


def test_a_label_stands_half_a_frame_before_the_frame_that_shows_contact(
    truths: dict[str, ClipTruth],
) -> None:
    clip = truths["male_side"]
    contacts = clip.events[EventKind.INITIAL_CONTACT, Side.RIGHT]
    assert contacts[0] == pytest.approx((6 - 0.5) / 30)
    assert clip.metrics["cadence_spm"].overall == pytest.approx(168.75, abs=0.5)


def test_joints_agree_with_what_the_renderer_states(truths: dict[str, ClipTruth]) -> None:
    for name, lean_deg in (("t04_lean_0", 0.0), ("demo_overstride", 13.0)):
        assert truths[name].metrics["trunk_lean_deg"].overall == pytest.approx(lean_deg, abs=0.5)
    assert np.isnan(truths["t01_base"].metrics["cadence_spm"].left)


def test_only_the_runner_rendered_uneven_counts_as_asymmetric(
    truths: dict[str, ClipTruth],
) -> None:
    uneven = [clip.name for clip in truths.values() if clip.is_rendered and not clip.is_symmetric]
    assert uneven == ["t14_asym"]
