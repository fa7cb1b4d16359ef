"""A coarse grid of time."""

import math


class Beat:
    """Tells which frames lie on a coarse grid of time, by their times alone."""

    def __init__(self, step_s: float) -> None:
        """Prepare for frames in order of time."""
        self._step_s = step_s
        self._last: int | None = None

    def count(self, time_s: float) -> int | None:
        """Return the number of the step that ``time_s`` is the first frame of, else None.

        The first frame of all is number 0.
        """
        place = math.floor(time_s / self._step_s + 1e-6)
        if self._last is None:
            self._first = place
        elif place == self._last:
            return None
        self._last = place
        return place - self._first
