"""Where the runner is expected next: on a straight line through the last sightings."""

import numpy as np
import pytest

from gaitcam.pose.path import FEWEST_SIGHTINGS, MEMORY_S, STALE_S, RunnerPath
from gaitcam.pose.region import Region

STEP_S = 1 / 30


def walked(regions: list[Region]) -> RunnerPath:
    path = RunnerPath()
    for number, region in enumerate(regions):
        path.add(number * STEP_S, region)
    return path


def moving(count: int) -> list[Region]:
    return [Region(100.0 + 6 * n, 300.0 - n, 200.0, 0.1) for n in range(count)]


@pytest.mark.parametrize("count", [FEWEST_SIGHTINGS, 9, 40])
def test_a_steady_movement_goes_on(count: int) -> None:
    expected = walked(moving(count)).expect((count + 2) * STEP_S)
    there = Region(100.0 + 6 * (count + 2), 300.0 - (count + 2), 200.0, 0.1)
    assert expected is not None
    assert np.allclose(vars_of(expected), vars_of(there), atol=1e-9)


def test_the_line_is_the_least_squares_one() -> None:
    rng = np.random.default_rng(1)
    regions = [Region(x, y, side, 0.0) for x, y, side in rng.normal(300, 20, (12, 3)).tolist()]
    times = np.arange(12) * STEP_S
    expected = walked(regions).expect(0.5)
    assert expected is not None
    assert expected.x == pytest.approx(
        np.polyval(np.polyfit(times, [r.x for r in regions], 1), 0.5)
    )
    assert expected.side == pytest.approx(np.median([r.side for r in regions]))


def test_one_strange_size_does_not_spread() -> None:
    regions = moving(9)
    regions[4] = Region(regions[4].x, regions[4].y, 900.0, 2.0)
    expected = walked(regions).expect(10 * STEP_S)
    assert expected is not None
    assert (expected.side, expected.rotation_rad) == (200.0, 0.1)


def test_what_is_long_past_counts_no_more() -> None:
    early = [Region(0.0, 0.0, 200.0, 0.0)] * 20
    late = [Region(500.0, 0.0, 200.0, 0.0)] * round(MEMORY_S / STEP_S + 2)
    expected = walked(early + late).expect(len(early + late) * STEP_S)
    assert expected is not None
    assert expected.x == pytest.approx(500.0)


def test_too_few_or_too_old_sightings_tell_nothing() -> None:
    assert walked(moving(FEWEST_SIGHTINGS - 1)).expect(0.2) is None
    assert walked(moving(9)).expect(9 * STEP_S + STALE_S) is None


def test_a_small_runner_is_expected_from_the_first_sight_on() -> None:
    path, region = RunnerPath(), Region(50.0, 60.0, 40.0, 0.0)
    path.add(0.0, region, is_small=True)
    assert path.expect(STEP_S) == region


def vars_of(region: Region) -> tuple[float, ...]:
    return region.x, region.y, region.side, region.rotation_rad
