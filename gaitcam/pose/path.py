"""Where the runner will be in the next frames, from where he was in the last ones."""

from collections import deque

import numpy as np

from gaitcam.pose.region import Region

# Long enough to average over a step, so that the region does not bob with the hips.
MEMORY_S = 0.6
FEWEST_SIGHTINGS = 4
# Older than this, the last sighting says nothing any more.
STALE_S = 0.5


class RunnerPath:
    """The regions of the last sightings, continued as a straight line."""

    def __init__(self) -> None:
        """Start with no sighting."""
        self._seen: deque[tuple[float, Region]] = deque()
        self._is_small = False

    def add(self, time_s: float, region: Region, is_small: bool = False) -> None:
        """Remember that the runner was in ``region`` at ``time_s``.

        One who ``is_small`` is seldom searched for: he is expected there from the first sight on.
        """
        self._is_small = is_small or (self._is_small and not self._is_stale(time_s))
        self._seen.append((time_s, region))
        while self._seen[0][0] < time_s - MEMORY_S and len(self._seen) > FEWEST_SIGHTINGS:
            self._seen.popleft()

    def expect(self, time_s: float) -> Region | None:
        """Return the region at ``time_s``; None when too little is known.

        The centre moves on along a straight line; side and rotation are medians, so that one
        strange frame does not spread.
        """
        if self._is_stale(time_s):
            return None
        if len(self._seen) < FEWEST_SIGHTINGS:
            return self._seen[-1][1] if self._is_small else None
        times = np.array([seen_s for seen_s, _ in self._seen]) - time_s
        values = np.array([(r.x, r.y, r.side, r.rotation_rad) for _, r in self._seen])
        centre = np.polynomial.polynomial.polyfit(times, values[:, :2], 1)[0]
        side, rotation = np.median(values[:, 2:], axis=0)
        return Region(float(centre[0]), float(centre[1]), float(side), float(rotation))

    def _is_stale(self, time_s: float) -> bool:
        return not self._seen or self._seen[-1][0] < time_s - STALE_S
