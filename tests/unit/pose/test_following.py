"""While one runner is followed, others are looked for now and then, and never all at once."""

from typing import Any

import numpy as np
import pytest

from gaitcam.pose.following import Freely
from gaitcam.pose.people_search import PARTS
from gaitcam.pose.region import Region
from gaitcam.pose.sighting import Sighting

PICTURE = np.zeros((4, 4, 3), np.uint8)
RUNNER = Sighting(np.zeros((33, 7)), Region(100.0, 100.0, 50.0, 0.0))


class Lookout:
    """Sees the runner always, and another one when it looks into the ``other``-th part."""

    def __init__(self, other: int | None = None) -> None:
        self.looks: list[int | None] = []
        self._other = other

    def estimate(self, image: Any, expected: Any, step: int | None = None) -> Sighting:
        return RUNNER

    def look(self, image: Any, region: Region) -> Sighting:
        return RUNNER

    def sees_others(self, image: Any, sighting: Sighting, part: int | None = None) -> bool:
        self.looks.append(part)
        return part is not None and part == self._other

    def close(self) -> None:
        pass


def looks(rate_hz: float, seconds: float, other: int | None = None) -> list[tuple[float, Any]]:
    """Return when others were looked for, in which part, and "seen" where one was."""
    plan, lookout, found = Freely(), Lookout(other), []
    for frame in range(round(seconds * rate_hz)):
        has_others = plan.job(frame / rate_hz)(lookout, PICTURE).has_others
        found += [(frame / rate_hz, "seen" if has_others else part) for part in lookout.looks]
        lookout.looks.clear()
    return found


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 59.94])
def test_each_part_is_looked_into_once_and_in_a_frame_of_its_own(rate_hz: float) -> None:
    parts = [(time_s, part) for time_s, part in looks(rate_hz, 5.0) if part is not None]
    assert [part for _, part in parts] == list(range(PARTS))
    assert len({time_s for time_s, _ in parts}) == PARTS
    assert parts[0][0] == pytest.approx(0.5, abs=1 / rate_hz)


def test_the_whole_picture_is_looked_at_every_second_and_a_half() -> None:
    whole = [time_s for time_s, part in looks(30.0, 5.0) if part is None]
    assert whole == pytest.approx([0.0, 1.5, 3.0, 4.5])


@pytest.mark.parametrize("part", range(PARTS))
def test_whoever_is_seen_in_a_part_is_told_of(part: int) -> None:
    assert [told for _, told in looks(30.0, 2.0, part)].count("seen") == 1


def test_a_clip_whose_clock_leaps_over_the_second_step_is_looked_into_as_well() -> None:
    plan, lookout = Freely(), Lookout()
    for time_s in (0.0, *np.arange(1.2, 1.6, 1 / 30)):
        plan.job(float(time_s))(lookout, PICTURE)
    assert [part for part in lookout.looks if part is not None] == list(range(PARTS))
