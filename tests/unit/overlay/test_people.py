"""The picture of choices shows everybody, with the followed one marked."""

import numpy as np

from gaitcam.overlay.people import draw_people
from gaitcam.overlay.style import NEAR
from gaitcam.pose.people import People, SeenPerson

HEIGHT, WIDTH = 360, 640
LEFT, RIGHT = (60.0, 120.0, 160.0, 320.0), (400.0, 100.0, 520.0, 330.0)


def frame() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((HEIGHT, WIDTH, 3), 90, np.uint8)


def amber(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    """Return where the amber pixels lie across the picture, on average."""
    return float(np.flatnonzero((image == NEAR).all(axis=2).any(axis=0)).mean())


def test_the_followed_one_is_marked_where_he_is() -> None:
    seen = (SeenPerson(3, 0.1, LEFT), SeenPerson(3, 0.1, RIGHT))
    first, second = (draw_people({3: frame()}, People(seen, number)) for number in (1, 2))
    assert first.shape == (HEIGHT, WIDTH, 3)
    assert 60 < amber(first) < 200
    assert 390 < amber(second) < 560


def test_who_is_not_in_that_frame_stands_below_it() -> None:
    seen = (SeenPerson(3, 0.1, LEFT), SeenPerson(9, 0.3, RIGHT))
    people = People(seen, 1)
    image = draw_people({3: frame(), 9: frame()}, people)
    assert image.shape[0] > HEIGHT
    assert draw_people({3: frame()}, people).shape[0] == HEIGHT


def test_a_large_picture_is_made_smaller_with_its_boxes() -> None:
    large = np.full((4 * HEIGHT, 5 * WIDTH, 3), 90, np.uint8)
    seen = (SeenPerson(3, 0.1, (2000.0, 400.0, 2400.0, 1300.0)), SeenPerson(3, 0.1, LEFT))
    image = draw_people({3: large}, People(seen, 1))
    assert max(image.shape) == 1600
    assert 950 < amber(image) < 1250
