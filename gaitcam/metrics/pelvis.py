"""Pelvic tilt as far as two hip points allow: an estimate, and its correlate.

MediaPipe finds the hip joints and no iliac spines, and a line through two hip joints carries
no sagittal tilt.  What is left is what usually goes with tilt: a trunk that leans forward and
thighs that extend.  The estimate says no more than that, and its interval is wide.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Gait
from gaitcam.metrics.leg import thigh_angle_deg
from gaitcam.metrics.posture import stance_mean, trunk_lean_deg
from gaitcam.vocabulary import Side

USUAL_TILT_DEG = 15.0  # within the 10 to 30 deg of runners (Schache 2000)
USUAL_LEAN_DEG = 7.3  # self-selected lean at 3.4 m/s (Teng & Powers 2014)
USUAL_THIGH_DEG = 10.0  # both thighs' mean over a running stride
TILT_PER_LEAN = 0.5  # about half of a forward lean comes from the pelvis, half from the spine
TILT_PER_THIGH = -0.2  # extending thighs tilt the pelvis forward (Schache 2000, Franz 2009)


def pelvic_tilt_estimate_deg(track: KeypointTrack) -> FloatArray:
    """Return the estimated anterior tilt of each frame, shape (F,); see the module's text."""
    thighs = np.mean([thigh_angle_deg(track, side) for side in Side], axis=0)
    estimate: FloatArray = (
        USUAL_TILT_DEG
        + TILT_PER_LEAN * (trunk_lean_deg(track) - USUAL_LEAN_DEG)
        + TILT_PER_THIGH * (thighs - USUAL_THIGH_DEG)
    )
    return estimate


def stance_pelvic_tilt_estimate_deg(gait: Gait, step: Step) -> float:
    """Return the mean estimated tilt from contact to toe-off."""
    return stance_mean(gait, step, "pelvic_tilt_estimate_deg")
