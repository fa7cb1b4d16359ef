"""How the pose model errs on running legs: measured on clips whose joints are known.

The error has a part that repeats with every stride (a landmark is not the joint, and the
model's habits change with the leg's posture) and a part that does not.  Both are measured per
clip and leg, so that legs from motion capture can be given the errors of a filmed leg.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.keypoints.clean import CleaningSettings, clean_keypoints
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.validation.event_truth import read_rendered_events
from gaitcam.validation.marker_runs import LEG_POINTS, Times
from gaitcam.vocabulary import KEYPOINT_INDEX, EventKind, Side

STANCE_SHARE = 0.35  # of the phase clock, whatever the runner's own duty factor
HARMONICS = 4
UNFILTERED = CleaningSettings(trunk_cutoff_hz=1e3, limb_cutoff_hz=1e3)


@dataclass(frozen=True, slots=True, eq=False)
class PoseError:
    """One clip's error of near and far leg, in leg lengths, x anterior and y up.

    ``habit`` (2 roles, 9 coefficients, 5 points, 2) of the stride's harmonics; ``spread`` and
    ``white`` (2, 5, 2): standard deviation of what is left, and of its share that changes
    from frame to frame; ``lag_s`` how long the rest of it lasts.
    """

    clip: str
    habit: FloatArray
    spread: FloatArray
    white: FloatArray
    lag_s: float = 0.05

    def draw(
        self, role: int, phase: FloatArray, rate_hz: float, rng: np.random.Generator
    ) -> FloatArray:
        """Return errors (F, 5, 2) of one leg (0 near, 1 far) at a gait phase (F,) from 0 to 1."""
        habit = np.einsum("fh,hpc->fpc", harmonics(phase), self.habit[role])
        shape = (len(phase), *self.white.shape[1:])
        slow_sd = np.sqrt(np.clip(self.spread[role] ** 2 - self.white[role] ** 2, 0.0, None))
        keep = float(np.exp(-1.0 / (rate_hz * self.lag_s)))
        slow = rng.standard_normal(shape)
        for frame in range(1, len(slow)):
            slow[frame] = keep * slow[frame - 1] + np.sqrt(1 - keep**2) * slow[frame]
        errors: FloatArray = habit + slow_sd * slow + self.white[role] * rng.standard_normal(shape)
        return errors


def harmonics(phase: FloatArray) -> FloatArray:
    """Return 1, cos and sin of the first harmonics of a phase (F,), shape (F, 9)."""
    turns = 2 * np.pi * np.outer(phase, np.arange(1, HARMONICS + 1))
    return np.concatenate([np.ones((len(phase), 1)), np.cos(turns), np.sin(turns)], axis=1)


def gait_phase(time_s: FloatArray, events: Times, side: Side) -> FloatArray:
    """Return the phase of a leg (F,): 0 at its contact, 0.35 at toe-off, 1 at the next contact.

    Outside the known events the median stride and contact time continue.
    """
    contact, toe_off = (np.sort(events[kind, side]) for kind in EventKind)
    other = events[EventKind.INITIAL_CONTACT, side.other]
    stride_s = _stride_s(contact, other)
    stance_s = float(np.median([(toe_off - c)[toe_off > c].min() for c in contact[:-1]] or [0.25]))
    before = contact[0] - stride_s * np.arange(4, 0, -1)
    after = contact[-1] + stride_s * np.arange(1, 5)
    starts = np.concatenate([before, contact, after])
    ends = np.array([_next(toe_off, start, start + stance_s) for start in starts])
    clock = np.stack([starts, ends], axis=1).ravel()
    turns = np.stack([np.arange(len(starts)), np.arange(len(starts)) + STANCE_SHARE], axis=1)
    phase: FloatArray = np.interp(time_s, clock, turns.ravel()) % 1.0
    return phase


def _next(times_s: FloatArray, after_s: float, otherwise_s: float) -> float:
    later = times_s[(times_s > after_s) & (times_s < after_s + 0.45)]
    return float(later[0]) if len(later) else otherwise_s


def _stride_s(contact: FloatArray, other: FloatArray) -> float:
    if len(contact) > 1:
        return float(np.median(np.diff(contact)))
    return 2.0 * float(np.min(np.abs(other - contact[0])))


def measure_pose_error(landmarks: LandmarkTrack, truth_file: Path) -> PoseError:
    """Return the error of one rendered clip's landmarks after swaps are undone, unfiltered."""
    truth = json.loads(truth_file.read_text())
    events = read_rendered_events(truth_file)
    track = clean_keypoints(landmarks, UNFILTERED)
    names = truth["frames"]["keypoint_names"]
    true_px = np.array(truth["frames"]["uv_px"])[landmarks.frame_index.astype(int)]
    ahead = 1.0 if truth["direction"] == "right" else -1.0
    near = Side(truth["near_side"])
    parts = []
    for side in (near, near.other):
        found = np.stack([track.image_px[:, KEYPOINT_INDEX[f"{side}_{p}"]] for p in LEG_POINTS], 1)
        known = np.stack([true_px[:, names.index(f"{side}_{p}")] for p in LEG_POINTS], 1)
        error = (found - known) * [ahead, -1.0] / track.view.leg_length_px
        parts.append(_split(error, gait_phase(track.time_s, events, side)))
    habit, spread, white = (np.stack([part[i] for part in parts]) for i in range(3))
    return PoseError(truth_file.stem, habit, spread, white)


def _split(error: FloatArray, phase: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Split errors (F, 5, 2) into the stride's habit, the spread left, and its white share."""
    known = np.isfinite(error).all(axis=(1, 2))
    basis, values = harmonics(phase[known]), error[known].reshape(known.sum(), -1)
    # A weak pull to zero keeps the harmonics sane where a clip shows few strides.
    pull = 0.3 * np.eye(basis.shape[1])
    weights = np.ones(len(values))
    for _ in range(3):  # frames with a grossly wrong pose must not bend the habit
        root = np.sqrt(weights)[:, None]
        system = np.vstack([basis * root, pull])
        target = np.vstack([values * root, np.zeros((len(pull), values.shape[1]))])
        habit = np.linalg.lstsq(system, target, rcond=None)[0]
        left = values - basis @ habit
        size = np.sqrt(np.mean((left / (1.5 * np.std(left, axis=0))) ** 2, axis=1))
        weights = 1.0 / np.maximum(1.0, size) ** 2
    changes = np.diff(left, n=2, axis=0) / np.sqrt(6.0)
    shape = error.shape[1:]
    white: FloatArray = (1.4826 * np.median(np.abs(changes), axis=0)).reshape(shape)
    spread: FloatArray = np.std(left, axis=0).reshape(shape)
    shared: FloatArray = np.asarray(habit, dtype=np.float64).reshape(-1, *shape)
    return shared, spread, white
