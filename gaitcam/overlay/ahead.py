"""Let a producer run ahead of its consumer in a thread of its own."""

from collections.abc import Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar, cast

T = TypeVar("T")

_END = object()


def run_ahead(items: Iterator[T], depth: int) -> Iterator[T]:
    """Yield ``items``, made in another thread at most ``depth`` items ahead.

    An error in the producer is raised here; closing the generator stops the producer.
    """
    queue: Queue[object] = Queue(maxsize=depth)
    stop = Event()
    failure: list[BaseException] = []

    def produce() -> None:
        try:
            for item in items:
                if not _put(queue, item, stop):
                    return
        except BaseException as problem:  # handed to the consumer, whatever it is
            failure.append(problem)
        _put(queue, _END, stop)

    thread = Thread(target=produce, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not _END:
            yield cast("T", item)
        if failure:
            raise failure[0]
    finally:
        stop.set()
        thread.join()


def _put(queue: "Queue[object]", item: object, stop: Event) -> bool:
    """Put ``item`` when there is room; give up, and say so, once ``stop`` is set."""
    while not stop.is_set():
        try:
            queue.put(item, timeout=0.1)
        except Full:
            continue
        return True
    return False
