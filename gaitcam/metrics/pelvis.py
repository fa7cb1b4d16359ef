"""Pelvic tilt: an estimate from two hip points, and a measurement where stickers are worn.

MediaPipe finds the hip joints and no iliac spines, and a line through two hip joints carries
no sagittal tilt.  What is left is what usually goes with tilt: a trunk that leans forward and
thighs that extend.  The estimate says no more than that, and its interval is wide.

Two stickers, over the front (ASIS) and the back (PSIS) of the pelvis on the side that faces
the camera, make it a measurement: the angle of their line.  That line is not level in a
neutral pelvis: in ordinary standing it drops about 10 deg towards the front, and people differ.
So the change within one runner tells more than the value.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.gait.cycles import Step
from gaitcam.keypoints.camera import Attitude, undo
from gaitcam.keypoints.steady import is_moved, turn_back
from gaitcam.keypoints.track import KeypointTrack
from gaitcam.metrics.definition import Gait
from gaitcam.metrics.geometry import from_horizontal_deg, within
from gaitcam.metrics.leg import thigh_angle_deg
from gaitcam.metrics.posture import stance_mean, trunk_lean_deg
from gaitcam.vocabulary import Direction, Side

USUAL_TILT_DEG = 15.0  # within the 10 to 30 deg of runners (Schache 2000)
USUAL_LEAN_DEG = 7.3  # self-selected lean at 3.4 m/s (Teng & Powers 2014)
USUAL_THIGH_DEG = 10.0  # both thighs' mean over a running stride
TILT_PER_LEAN = 0.5  # about half of a forward lean comes from the pelvis, half from the spine
TILT_PER_THIGH = -0.2  # extending thighs tilt the pelvis forward (Schache 2000, Franz 2009)

NAN = float("nan")
LONGEST_HIDDEN = 0.4  # of a stride, that the rest of it can bridge
FEWEST_FRAMES = 8  # of a stride, for a mean and two swings
LEAST_SEEN = 0.4  # share of frames; with less, what was found is as likely something else


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


def pelvic_tilt_measured_deg(track: KeypointTrack) -> FloatArray:
    """Return how far the stickers' line drops from back to front, shape (F,).

    NaN in frames where a sticker is hidden, and throughout without stickers.  The camera's
    attitude and its roll from frame to frame are undone as for the pose.
    """
    pelvis, camera = track.landmarks.pelvis, track.landmarks.camera
    view, video = track.view, track.landmarks.video
    if pelvis is None:
        return np.full(len(track), np.nan)
    size_px = (video.width, video.height)
    stickers = np.stack([pelvis.front_px, pelvis.back_px], axis=1)
    if is_moved(camera, view.camera):
        stickers = turn_back(stickers, camera, size_px)
    attitude = Attitude(view.roll_deg, view.pitch_deg, view.yaw_deg)
    # The picture's y runs down and forward may be its left: both to x forward, y up.
    upright = (1.0 if view.direction is Direction.RIGHT else -1.0, -1.0)
    front, back = np.moveaxis(undo(stickers, attitude, size_px) * upright, 1, 0)
    return -from_horizontal_deg(back, front)


def stride_pelvic_tilt_measured_deg(gait: Gait, step: Step) -> float:
    """Return the mean measured tilt over a stride; NaN when too much of it is hidden.

    An arm hides a sticker at the same moment of every stride, so leaving those frames out
    would shift the mean.  In runners with markers on ASIS and PSIS the line swings once and
    twice a stride, by 1 to 3 deg each, and hardly any faster: a mean with these two swings is
    fitted to the frames in which both stickers are seen.
    """
    pelvis = gait.track.landmarks.pelvis
    if pelvis is None or pelvis.seen_fraction < LEAST_SEEN:
        return NAN
    stride = within(gait.track.time_s, step.contact_s, step.next_contact_s)
    tilt = gait.frame_columns["pelvic_tilt_measured_deg"][stride]
    known = np.isfinite(tilt)
    cycle = (gait.track.time_s[stride] - step.contact_s) / (step.next_contact_s - step.contact_s)
    if _longest_hidden(cycle[known]) > LONGEST_HIDDEN:
        return NAN
    angles = 2.0 * np.pi * cycle[known, None] * np.array([1.0, 2.0])
    basis = np.concatenate([np.ones_like(angles[:, :1]), np.cos(angles), np.sin(angles)], axis=1)
    return float(np.linalg.lstsq(basis, tilt[known], rcond=None)[0][0])


def _longest_hidden(cycle: FloatArray) -> float:
    """Return the longest stretch between moments of a cycle (0 to 1), over its end too."""
    if len(cycle) < FEWEST_FRAMES:
        return 1.0
    return float(np.diff(np.append(cycle, cycle[0] + 1.0)).max())
