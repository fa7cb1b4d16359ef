"""Spread work over threads, in order, with few items in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_in_order(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int
) -> Iterator[Result]:
    """Yield ``work(item)`` for each item, in order, done by ``workers`` threads.

    Threads are enough where the work runs outside Python's lock, as networks do: they start at
    once, share memory, and cannot be left behind.  At most two items a worker wait.  When the
    consumer stops or an item fails, waiting items are dropped.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="gaitcam")
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
