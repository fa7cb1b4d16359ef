"""Angles and lengths of a rendered runner from its exact joints, at and between true events.

Written apart from the program's own geometry, so that a mistake there shows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.vocabulary import Side

NAN = float("nan")
Moment = tuple[Side, float, float]  # side, initial contact and toe-off [s]


@dataclass(frozen=True, slots=True, eq=False)
class TrueJoints:
    """Joints of F frames: ``place[name]`` (F, 2) anterior and up [m], at ``time_s`` (F,)."""

    time_s: FloatArray
    place: dict[str, FloatArray]

    @classmethod
    def read(cls, truth: dict[str, Any]) -> "TrueJoints":
        """Read the joints of a rendered clip's truth."""
        xyz = np.array(truth["frames"]["xyz_m"])
        xyz[..., 0] *= 1.0 if truth["direction"] == "right" else -1.0
        names = truth["frames"]["keypoint_names"]
        place = {name: xyz[:, index, :2] for index, name in enumerate(names)}
        return cls(np.arange(len(xyz)) / float(truth["fps"]), place)

    def measure(self, moments: list[Moment]) -> dict[str, FloatArray]:
        """Return every metric that follows from the joints, one value a step, NaN outside."""
        lean = self._incline(self._middle("hip"), self._middle("shoulder"))
        head = self._incline(self._middle("shoulder"), self._middle("ear"))
        rows = {
            "trunk_lean_deg": [self._mean(lean, ic, to) for _, ic, to in moments],
            "trunk_lean_at_ic_deg": [self._at(lean, ic) for _, ic, _ in moments],
            "thigh_angle_at_to_deg": [self._at(self._thigh(s), to) for s, _, to in moments],
            "peak_knee_flexion_stance_deg": [
                self._peak(self._knee(s), ic, ic + 0.75 * (to - ic)) for s, ic, to in moments
            ],
            "peak_thigh_flexion_swing_deg": [
                self._peak(self._thigh(s), to, ic + 2.0 * self._step_s(moments))
                for s, ic, to in moments
            ],
            "head_forward_deg": [self._mean(head, ic, to) for _, ic, to in moments],
            "elbow_flexion_deg": [float(np.mean(self._elbow(s))) for s, _, _ in moments],
            "arm_swing_deg": [float(np.ptp(self._upper_arm(s))) for s, _, _ in moments],
        }
        return {key: np.array(values) for key, values in rows.items()}

    def _step_s(self, moments: list[Moment]) -> float:
        contacts = [ic for _, ic, _ in moments]
        return float(np.median(np.diff(contacts))) if len(contacts) > 1 else NAN

    def _middle(self, joint: str) -> FloatArray:
        return 0.5 * (self.place[f"left_{joint}"] + self.place[f"right_{joint}"])

    def _incline(self, lower: FloatArray, upper: FloatArray) -> FloatArray:
        """Return the forward lean of a line against vertical [deg]."""
        across, up = (upper - lower).T
        lean: FloatArray = np.degrees(np.arctan2(across, up))
        return lean

    def _thigh(self, side: Side) -> FloatArray:
        return -self._incline(self.place[f"{side}_knee"], self.place[f"{side}_hip"])

    def _knee(self, side: Side) -> FloatArray:
        shank = -self._incline(self.place[f"{side}_ankle"], self.place[f"{side}_knee"])
        return self._thigh(side) - shank

    def _upper_arm(self, side: Side) -> FloatArray:
        return -self._incline(self.place[f"{side}_elbow"], self.place[f"{side}_shoulder"])

    def _elbow(self, side: Side) -> FloatArray:
        upper = self.place[f"{side}_elbow"] - self.place[f"{side}_shoulder"]
        lower = self.place[f"{side}_wrist"] - self.place[f"{side}_elbow"]
        cosine = np.sum(upper * lower, axis=1)
        cosine /= np.linalg.norm(upper, axis=1) * np.linalg.norm(lower, axis=1)
        bend: FloatArray = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
        return bend

    def _at(self, values: FloatArray, moment_s: float) -> float:
        inside = self.time_s[0] <= moment_s <= self.time_s[-1]
        return float(np.interp(moment_s, self.time_s, values)) if inside else NAN

    def _mean(self, values: FloatArray, start_s: float, stop_s: float) -> float:
        during = values[(self.time_s >= start_s) & (self.time_s <= stop_s)]
        return float(during.mean()) if stop_s <= self.time_s[-1] else NAN

    def _peak(self, values: FloatArray, start_s: float, stop_s: float) -> float:
        during = values[(self.time_s >= start_s) & (self.time_s <= stop_s)]
        return float(during.max()) if stop_s <= self.time_s[-1] else NAN
