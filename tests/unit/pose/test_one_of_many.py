"""When a clip is surveyed, and what is kept of who was seen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.following import FramePose, Freely, Led, Plan
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.pose.one_of_many import follow_one
from gaitcam.pose.people import People, SeenPerson, describe_followed, describe_people
from gaitcam.pose.people_linking import Trail
from gaitcam.pose.region import Region
from tests.unit.pose.test_cache import VIDEO, make_track
from tests.unit.pose.test_people_linking import SIDE, glimpse

TWO = People(
    (SeenPerson(12, 0.4, (1.0, 2.0, 3.0, 40.0)), SeenPerson(12, 0.4, (50.0, 2.0, 60.0, 40.0))), 2
)
WIDE = replace(VIDEO, width=1280, height=720)


def trail(x: float, side: float = SIDE, legs: float = 0.6) -> Trail:
    made = Trail(glimpse(0, x, side, legs))
    made.glimpses = [glimpse(index, x, side, legs) for index in range(40)]
    return made


class Clip:
    """Stands for a clip: tells which plans were run, and gives back what the test says."""

    def __init__(self, trails: list[Trail], others_at: int | None = None, rise: float = 0.5):
        self.plans: list[Plan] = []
        self.surveys = 0
        self._trails, self._others_at, self._rise = trails, others_at, rise

    def run(self, plan: Plan, is_enough: Callable[[FramePose], bool] = lambda _: False) -> Any:
        self.plans.append(plan)
        found = []
        for index in range(90):
            pose = np.random.default_rng(3).random((33, 7)).astype(np.float32)
            pose[:, 1] += 100 * (np.arange(33) > 24)
            pose[27, 1] += 200 * self._rise * np.sin(2 * np.pi * 1.4 * index / 30)
            has_others = index == self._others_at and isinstance(plan, Freely)
            time_s = index / 30
            region = Region(640, 300, SIDE, 0)
            found.append(FramePose(index, time_s, time_s, pose, region, has_others=has_others))
            if is_enough(found[-1]):
                break
        return found

    def survey(self) -> list[Trail]:
        self.surveys += 1
        return self._trails


def test_one_person_costs_no_survey() -> None:
    clip = Clip([])
    found, people = follow_one(clip.run, clip.survey, WIDE, None)
    assert (len(found), people, clip.surveys, len(clip.plans)) == (90, None, 0, 1)


def test_where_others_are_seen_the_runner_is_followed_by_a_survey() -> None:
    clip = Clip([trail(200, 1.2 * SIDE, 0.0), trail(640)], others_at=30)
    found, people = follow_one(clip.run, clip.survey, WIDE, None)
    assert people is not None
    assert (people.followed, len(people.seen)) == (2, 2)
    assert isinstance(clip.plans[-1], Led)
    assert len(found) == 90


def test_a_mistaken_look_around_leaves_the_runner_as_he_was() -> None:
    clip = Clip([trail(640)], others_at=30)
    found, people = follow_one(clip.run, clip.survey, WIDE, None)
    assert people is None
    assert isinstance(clip.plans[-1], Freely)
    assert len(found) == 90


def test_who_stands_makes_search_for_a_runner() -> None:
    clip = Clip([trail(200, 1.2 * SIDE, 0.0), trail(640, 0.4 * SIDE)], rise=0.0)
    _, people = follow_one(clip.run, clip.survey, WIDE, None)
    assert people is not None
    assert people.followed == 2


def test_who_is_asked_for_is_followed() -> None:
    for wanted, number in (("left", 1), (1, 1), ("right", 2), (2, 2)):
        clip = Clip([trail(200, 1.2 * SIDE, 0.0), trail(640)])
        _, people = follow_one(clip.run, clip.survey, WIDE, wanted)
        assert people is not None
        assert people.followed == number


def test_nobody_of_that_number_is_said_before_the_pose_is_sought() -> None:
    clip = Clip([trail(200), trail(640)])
    with pytest.raises(SettingsError, match="number 3 was asked for, but 2 people were seen"):
        follow_one(clip.run, clip.survey, WIDE, 3)
    assert clip.plans == []
    with pytest.raises(PoseError, match="nobody was found"):
        follow_one(clip.run, Clip([]).survey, WIDE, 1)


def test_people_are_kept_with_the_landmarks(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.npz"
    replace(make_track(), people=TWO).save(path)
    assert LandmarkTrack.load(path).people == TWO
    make_track().save(path)
    assert LandmarkTrack.load(path).people is None


def test_who_was_followed_is_said() -> None:
    assert "2 people" in describe_people(TWO)
    assert "marked 2" in describe_people(TWO)
    assert describe_followed(TWO, 64) == "number 2, on the right of the picture, is followed"
    with pytest.raises(ValueError, match="followed"):
        People(TWO.seen, 3)
