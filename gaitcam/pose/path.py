"""Where the runner will be in the next frames, from where he was in the last ones."""

from collections import deque
from collections.abc import Sequence

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
        times = [seen_s - time_s for seen_s, _ in self._seen]
        regions = [region for _, region in self._seen]
        return Region(
            _at_zero(times, [region.x for region in regions]),
            _at_zero(times, [region.y for region in regions]),
            _median([region.side for region in regions]),
            _median([region.rotation_rad for region in regions]),
        )

    def _is_stale(self, time_s: float) -> bool:
        return not self._seen or self._seen[-1][0] < time_s - STALE_S


# Plain numbers: for so few of them a call to numpy takes longer than the sum itself.


def _at_zero(times: Sequence[float], values: Sequence[float]) -> float:
    """Return where the straight line through ``values`` (least squares) is at time 0."""
    mean_time, mean_value = sum(times) / len(times), sum(values) / len(values)
    spread = sum((time - mean_time) ** 2 for time in times)
    rise = sum((time - mean_time) * value for time, value in zip(times, values, strict=True))
    return mean_value - mean_time * rise / spread


def _median(values: Sequence[float]) -> float:
    ordered, middle = sorted(values), len(values) // 2
    return 0.5 * (ordered[middle] + ordered[-1 - middle])
