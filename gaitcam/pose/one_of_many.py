"""Which of several people is followed through a clip, and how that is found out.

Nearly every clip shows one person: then he is followed from frame to frame, and a look around
now and then finds nobody else.  Where it finds somebody, or where the one who was followed
does not move the legs, everybody in the clip is surveyed on a coarse grid, before and after
each moment; one is chosen, and the pose is found where that one is.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from gaitcam.errors import PoseError, SettingsError
from gaitcam.pose.following import FramePose, Freely, Led, Plan
from gaitcam.pose.guide import Guide
from gaitcam.pose.people import People, SeenPerson
from gaitcam.pose.people_choice import (
    PLACES,
    STANDING,
    Person,
    choose_runner,
    gather_people,
    measure_rhythm,
    number_people,
    pick,
)
from gaitcam.pose.people_linking import Trail
from gaitcam.pose.people_survey import ankles_apart
from gaitcam.video.info import VideoInfo

# Whether the legs move shows in so many seconds with a pose.
LONG_ENOUGH_S, MOST_LOOKED_AT = 2.0, 600


class Run(Protocol):
    """Finds the pose in the frames of a clip as a plan says, up to one that is enough."""

    def __call__(self, plan: Plan, is_enough: Callable[[FramePose], bool] = ...) -> list[FramePose]:
        """Return what was found in each frame."""


def follow_one(
    run: Run, survey: Callable[[], list[Trail]], video: VideoInfo, wanted: int | str | None
) -> tuple[list[FramePose], People | None]:
    """Return the poses of the runner, or of the person who is ``wanted``, and who else was seen.

    People are None when only one was.  Raises `SettingsError` when there is no such person.
    """
    found: list[FramePose] = []
    if wanted is None:
        found = run(Freely(), _has_others)
        is_alone = not any(map(_has_others, found))
        if is_alone and not _stands_still(found):
            return found, None
        found = found if is_alone else []
    people = gather_people(survey())
    if wanted is not None and not people:
        raise PoseError(f"nobody was found in {video.path}: film the whole body from the side")
    runner = choose_runner(people, video.width) if people else 0
    if len(people) > 1:
        return _led(run, people, runner, video, wanted)
    if wanted is not None:
        pick(str(wanted), [0.0], video.width, video.file_name)
        return run(Led(Guide(people[0], ()))), None
    return found or run(Freely()), None


def _led(
    run: Run, people: Sequence[Person], runner: int, video: VideoInfo, wanted: int | str | None
) -> tuple[list[FramePose], People]:
    """Return the poses of one of several people."""
    order, frame = number_people(people, runner)
    number = order.index(runner)
    if wanted is not None:
        here = [people[each].at(frame) for each in order]
        places = [glimpse.region.x if glimpse else None for glimpse in here]
        number = pick(str(wanted), places, video.width, video.file_name)
    chosen = order[number]
    others = [person for each, person in enumerate(people) if each != chosen]
    seen = tuple(_seen(people[each], frame, video) for each in order)
    return run(Led(Guide(people[chosen], others))), People(seen, number + 1)


def _seen(person: Person, frame: int, video: VideoInfo) -> SeenPerson:
    """Return the person in the picture of choices, or in the middle of his time."""
    glimpse = person.at(frame) or person.glimpses[len(person.glimpses) // 2]
    left, top, right, bottom = (float(edge) for edge in glimpse.box_px)
    return SeenPerson(glimpse.index, glimpse.time_s / video.time_scale, (left, top, right, bottom))


def _has_others(found: FramePose) -> bool:
    return found.has_others


def _stands_still(found: Sequence[FramePose]) -> bool:
    """Return whether the legs have no rhythm, of one who was seen for some seconds."""
    seen = [each for each in found if np.isfinite(each.pose[0, 0])][:MOST_LOOKED_AT]
    if not seen or seen[-1].time_s - seen[0].time_s < LONG_ENOUGH_S:
        return False
    apart = ankles_apart(np.array([each.pose[:, :2] for each in seen], float))
    return measure_rhythm(np.array([each.time_s for each in seen]), apart) < STANDING


def normal_person(wanted: int | str) -> int | str:
    """Return a person's number or place as it is compared; raises `SettingsError`."""
    text = str(wanted).strip().lower().replace("center", "centre")
    if text in PLACES:
        return text
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise SettingsError(
        f"person: expected a number from 1 on, or {', '.join(PLACES)}, got {wanted!r}"
    )
