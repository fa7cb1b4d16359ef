"""Whether a clip plays at real speed, and how many times slower or faster if it does not.

Two clocks tell, and both are in the picture.  Runners' cadences differ little from one to the
other.  And between two steps the body falls as gravity makes it: how high the trunk bounces,
in leg lengths, says how long a step takes (Blickhan 1989).  Neither is exact; together they
tell which of the speeds that cameras and editors make is the likely one.
"""

import math
from dataclasses import dataclass

import numpy as np

from gaitcam.arrays import FloatArray

NAN = float("nan")
GRAVITY = 9.81  # m/s2
LEG_M = 0.87  # hip to ankle over the knee, of an adult; a tenth more or less is 5 % of time
# Height changes at step frequency by 2 a / w2, where a is the first harmonic of the ground's
# push less gravity: 0.85 to 1.45 g for feet that are down 90 to 55 % of the time.
PUSH_HARMONIC = 1.15
FEWEST_FRAMES = 6  # in a stride
# Runners' steps per minute, as a middle and a spread (of the logarithm); and sprinters'.
USUAL_SPM, USUAL_SPREAD = 168.0, 0.10
SPRINT_SPM, SPRINT_SPREAD, SPRINTERS = 210.0, 0.20, 0.02
FALL_SPREAD = 0.15  # of the logarithm: legs, duty and what the pose adds (18 clips: 0.11)
POSSIBLE_SPM = (100.0, 320.0)
# How often clips play so, before anything is seen of them.  A camera at these rates stores at
# the file's own; editors slow down or speed up by these factors.
REAL = 0.95
CAMERAS_HZ = {60: 0.01, 120: 0.01, 240: 0.01, 50: 1e-3, 100: 1e-3, 200: 1e-3, 480: 1e-3, 960: 1e-3}
SLOWED = {2.0: 2e-3, 4.0: 2e-3, 8.0: 2e-3, 1.5: 2e-3, 2.5: 1e-3, 3.0: 1e-3, 5.0: 1e-3, 10.0: 1e-3}
SPED_UP = {2.0: 5e-3, 1.5: 5e-3, 3.0: 2e-3, 4.0: 2e-3, 1.25: 5e-4, 2.5: 5e-4, 5.0: 5e-4, 8.0: 5e-4}
LEAST_SLOWED = 1.2
NEARLY_WHOLE = 0.02
SURE, DOUBTFUL = 20.0, 0.1  # times as likely as real speed


@dataclass(frozen=True, slots=True)
class ClipSpeed:
    """How many times ``slower`` than real a clip most likely plays, and whether that is sure.

    1 is real time, below 1 is sped up.  ``is_possible``: at that speed a person can run so.
    """

    slower: float = 1.0
    is_sure: bool = True
    is_possible: bool = True


REAL_TIME = ClipSpeed()


def estimate_speed(cadence_spm: float, fall_slower: float, file_rate_hz: float) -> ClipSpeed:
    """Return the likely speed of a clip that shows a runner.

    ``cadence_spm`` is the cadence as the clip plays, ``fall_slower`` what `measure_fall` says
    (NaN: nothing), ``file_rate_hz`` the rate at which its frames are stored.
    """
    speeds = _speeds(file_rate_hz)
    likely = {
        slower: prior * _likelihood(cadence_spm * slower, fall_slower / slower)
        for slower, prior in speeds.items()
    }
    real = likely.pop(1.0)
    best = max(likely, key=lambda slower: likely[slower])
    if likely[best] < DOUBTFUL * real:
        return ClipSpeed(1.0, True, is_possible(cadence_spm))
    if not is_possible(cadence_spm * best):
        return ClipSpeed(1.0, True, False)
    return ClipSpeed(best, likely[best] > SURE * real, True)


def is_possible(cadence_spm: float) -> bool:
    """Whether a person can run at a cadence."""
    return POSSIBLE_SPM[0] <= cadence_spm <= POSSIBLE_SPM[1]


def _speeds(file_rate_hz: float) -> dict[float, float]:
    """Return the speeds that clips have, as times slower than real, and how common they are."""
    nearest = round(file_rate_hz)
    is_whole = nearest > 0 and abs(file_rate_hz / nearest - 1.0) < NEARLY_WHOLE
    rate_hz = float(nearest) if is_whole else file_rate_hz
    speeds = {1.0: REAL} | SLOWED | {1.0 / faster: prior for faster, prior in SPED_UP.items()}
    for camera_hz, prior in CAMERAS_HZ.items():
        slower = camera_hz / rate_hz
        if slower > LEAST_SLOWED:
            speeds[slower] = max(prior, speeds.get(slower, 0.0))
    return speeds


def _likelihood(cadence_spm: float, fall_slower: float) -> float:
    """Return how likely a real cadence is, and bodies that fall so many times too slowly."""
    usual = _bell(math.log(cadence_spm / USUAL_SPM), USUAL_SPREAD)
    sprint = _bell(math.log(cadence_spm / SPRINT_SPM), SPRINT_SPREAD)
    cadence = (1.0 - SPRINTERS) * usual + SPRINTERS * sprint
    return cadence * (_bell(math.log(fall_slower), FALL_SPREAD) if fall_slower > 0 else 1.0)


def _bell(value: float, spread: float) -> float:
    return math.exp(-0.5 * (value / spread) ** 2) / spread


def measure_fall(
    height_px: FloatArray, time_s: FloatArray, stride_s: float, leg_px: float
) -> float:
    """Return how many times slower than under gravity the trunk rises and falls.

    ``height_px`` (F,) is the trunk's height, NaN where it was not seen.  The median over
    strides of what goes with the steps; NaN when no stride is seen whole.
    """
    known = np.isfinite(height_px)
    height, moments = height_px[known] / leg_px, time_s[known]
    swings = [
        _swing(height[one], moments[one], stride_s / 2)
        for start in np.arange(time_s[0], time_s[-1] - stride_s, stride_s)
        if (one := (moments >= start) & (moments < start + stride_s)).sum() >= FEWEST_FRAMES
    ]
    swing_m = LEG_M * float(np.median(swings)) if swings else NAN
    if not swing_m > 0:
        return NAN
    step_s = 2.0 * math.pi * math.sqrt(swing_m / (2.0 * PUSH_HARMONIC * GRAVITY))
    return stride_s / 2 / step_s


def _swing(height: FloatArray, time_s: FloatArray, step_s: float) -> float:
    """Return by how much a height rises and falls with the steps, beside a slow drift."""
    phase = 2.0 * np.pi * time_s / step_s
    basis = np.stack([np.ones_like(phase), time_s, np.cos(phase), np.sin(phase)], axis=1)
    wave = np.linalg.lstsq(basis, height, rcond=None)[0][2:]
    return 2.0 * float(np.hypot(*wave))
