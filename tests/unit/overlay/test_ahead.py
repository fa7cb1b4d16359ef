"""A producer in a thread of its own."""

import threading
from collections.abc import Iterator

import pytest

from gaitcam.errors import VideoError
from gaitcam.overlay.ahead import run_ahead


def test_all_items_come_in_order() -> None:
    assert list(run_ahead(iter(range(100)), depth=3)) == list(range(100))


def test_an_error_in_the_producer_reaches_the_consumer_after_the_items_before_it() -> None:
    def produce() -> Iterator[int]:
        yield 1
        raise VideoError("cut short")

    items = run_ahead(produce(), depth=2)
    assert next(items) == 1
    with pytest.raises(VideoError, match="cut short"):
        next(items)


def test_the_producer_never_runs_further_ahead_than_allowed() -> None:
    made = []

    def produce() -> Iterator[int]:
        for number in range(50):
            made.append(number)
            yield number

    for taken, _ in enumerate(run_ahead(produce(), depth=2), start=1):
        assert len(made) <= taken + 4


def test_a_consumer_that_stops_early_ends_the_thread_and_closes_the_producer() -> None:
    closed = threading.Event()

    def produce() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    before = threading.active_count()
    items = run_ahead(produce(), depth=2)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert closed.wait(2.0)
    assert threading.active_count() == before
