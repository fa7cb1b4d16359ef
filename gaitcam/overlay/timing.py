"""When each frame is shown, if at all: as in the source, or slowed down around the contacts."""

from dataclasses import dataclass

import numpy as np

from gaitcam.analysis import Analysis
from gaitcam.arrays import FloatArray
from gaitcam.overlay.settings import OverlaySettings

# No screen shows more, and a player need not keep up with more.
MOST_PICTURES_HZ = 120.0
PICTURE_S = 1.0 / MOST_PICTURES_HZ
UNEVEN = 0.25  # of the time of a picture: a clock's wobble


class Pace:
    """Tells which frames become pictures: of 240 frames a second every other one."""

    def __init__(self) -> None:
        """Prepare for the first frame, which always does."""
        self._due_s: float | None = None

    def takes(self, shown_s: float) -> bool:
        """Whether the frame to be shown at ``shown_s`` [s] becomes a picture; call in order."""
        due_s = shown_s if self._due_s is None else self._due_s
        if shown_s < due_s - UNEVEN * PICTURE_S:
            return False
        self._due_s = max(due_s, shown_s - PICTURE_S) + PICTURE_S
        return True


@dataclass(frozen=True, slots=True, eq=False)
class SlowMotion:
    """Maps the file's clock to a slower one: slow near each contact, at rest on it.

    ``slow_s`` (n, 2) start and end of the slow stretches, apart from each other, on the file's
    clock [s]; each plays ``factor`` times slower.  The last frame shown before each of
    ``rests_s`` (m,) stays ``rest_s`` longer.
    """

    slow_s: FloatArray
    factor: float
    rests_s: FloatArray
    rest_s: float

    def __call__(self, shown_s: float) -> float:
        """Return when the frame that the file shows at ``shown_s`` is to be shown [s]."""
        passed = np.clip(shown_s - self.slow_s[:, 0], 0.0, self.slow_s[:, 1] - self.slow_s[:, 0])
        rests = int(np.count_nonzero(shown_s > self.rests_s))
        return shown_s + (self.factor - 1.0) * float(passed.sum()) + self.rest_s * rests


def video_clock(analysis: Analysis, settings: OverlaySettings) -> SlowMotion | None:
    """Return the clock of the annotated video, or None where it is the source's own."""
    return slow_down_contacts(analysis, settings) if settings.slowmo_contacts else None


def slow_down_contacts(analysis: Analysis, settings: OverlaySettings) -> SlowMotion:
    """Return the clock that slows each contact of ``analysis`` down as ``settings`` say."""
    scale = analysis.video.time_scale
    contacts_s = np.array([step.contact_s for step in analysis.steps], dtype=np.float64) / scale
    half_frame_s = 0.5 / analysis.video.container_rate_hz
    return SlowMotion(
        slow_s=merged_stretches(contacts_s, settings.slowmo_reach_s / scale),
        factor=settings.slowmo_factor,
        rests_s=contacts_s + half_frame_s,
        rest_s=settings.slowmo_rest_s,
    )


def merged_stretches(middles_s: FloatArray, reach_s: float) -> FloatArray:
    """Return the union of ``middles_s`` (n,) +- ``reach_s`` as stretches apart, shape (m, 2)."""
    stretches: list[list[float]] = []
    starts_s = np.maximum(middles_s - reach_s, 0.0)  # a video's clock starts at 0, slow or not
    for start, end in zip(starts_s, middles_s + reach_s, strict=True):
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = end
        else:
            stretches.append([start, end])
    return np.array(stretches, dtype=np.float64).reshape(-1, 2)
