"""Which part of a clip a check looks at."""

import numpy as np
import pytest

from gaitcam.check.clip import quick_moment

EVERY_SECOND = np.arange(20.0)
SINGLE = np.zeros(1)
SPARSE = np.array([0.0, 4.0, 8.0, 12.0, 16.0])


def test_where_keyframes_are_many_the_moment_stays() -> None:
    assert quick_moment(10.3, EVERY_SECOND, (0.0, 19.0)) == 10.3


@pytest.mark.parametrize(
    ("moment_s", "keyframes_s", "quick_s"),
    [(10.0, SINGLE, 1.0), (8.5, SPARSE, 9.0), (12.9, SPARSE, 13.0), (10.0, SPARSE, 10.0)],
)
def test_else_it_moves_to_where_decoding_has_begun(
    moment_s: float, keyframes_s: np.ndarray, quick_s: float
) -> None:
    assert quick_moment(moment_s, keyframes_s, (0.0, 19.0)) == quick_s


def test_it_never_leaves_the_part_that_was_asked_for() -> None:
    assert quick_moment(10.0, SINGLE, (5.0, 19.0)) == 10.0
