"""A cut is told from movement, shaking, flicker and noise by how it stands out."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gaitcam.video.cuts import Cut, CutWatch
from gaitcam.video.info import Frame

RATE_HZ = 30.0
Pictures = list[NDArray[np.uint8]]


def cuts_of(pictures: Pictures) -> tuple[Cut, ...]:
    watch = CutWatch()
    for index, picture in enumerate(pictures):
        watch.see(Frame(index, index / RATE_HZ, index / RATE_HZ, picture))
    return watch.find()


def scene(seed: int, frames: int = 30, moved_px: int = 0, noise: float = 0.0) -> Pictures:
    """Return a structured view with a dark figure that walks through it."""
    random = np.random.default_rng(seed)
    coarse = random.uniform(40, 220, (12, 40))
    view = np.kron(coarse, np.ones((15, 15)))
    pictures = []
    for index in range(frames):
        x = moved_px * index
        picture = view[:, x : x + 320].copy()
        picture[60:160, 20 + 6 * index : 60 + 6 * index] = 10
        picture += noise * random.standard_normal(picture.shape)
        grey = np.clip(picture, 0, 255).astype(np.uint8)
        pictures.append(np.repeat(grey[:, :, None], 3, axis=2))
    return pictures


def test_a_cut_to_another_view_is_certain() -> None:
    (cut,) = cuts_of([*scene(1), *scene(2)])
    assert cut.shown_s == pytest.approx(30 / RATE_HZ)
    assert cut.is_certain


def test_a_cut_within_one_view_is_suspected_only() -> None:
    clip = scene(1, 40)
    cuts = cuts_of([*clip[:20], *clip[22:]])
    assert [round(cut.shown_s * RATE_HZ) for cut in cuts] == [20]
    assert not cuts[0].is_certain


@pytest.mark.parametrize(
    "pictures",
    [
        scene(1),
        scene(1, moved_px=8),
        scene(1, noise=25.0),
        [picture for picture in scene(1) for _ in range(2)],
        [np.zeros((180, 320, 3), np.uint8)] * 30,
        scene(1, 3),
        [],
    ],
    ids=["movement", "panning", "noise", "doubled frames", "darkness", "three frames", "nothing"],
)
def test_what_is_no_cut_is_not_taken_for_one(pictures: Pictures) -> None:
    assert cuts_of(pictures) == ()


def test_a_coarse_keyframe_is_no_certain_cut() -> None:
    random = np.random.default_rng(5)
    clip = scene(1)
    pop = random.integers(-9, 10, clip[0].shape[:2])[:, :, None]
    blocks = np.kron(pop[::20, ::20], np.ones((20, 20, 1)))
    popped = [np.asarray(np.clip(p + blocks, 0, 255), np.uint8) for p in clip[15:]]
    assert not any(cut.is_certain for cut in cuts_of([*clip[:15], *popped]))
