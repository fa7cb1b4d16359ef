"""Where a body leaps as none moves: a clip may be cut there, though the view stays the same.

From one pose to the next the picture of a fast leg changes about as much as at a cut within one
view, so that pictures alone do not tell.  But where points move on from is known.
"""

import numpy as np

from gaitcam.arrays import FloatArray
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.vocabulary import KEYPOINT_INDEX, Side

POINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
BODY = [KEYPOINT_INDEX[f"{side}_{point}"] for side in Side for point in POINTS]
AROUND_S = 0.8  # on either side that a leap is measured against: a stride and more
BESIDE = 2  # poses, which a leap disturbs, too
# Times what all but a tenth of the poses around are off by: most jumps in time are, and a few of a
# hundred other poses.
USUAL_PERCENT, SUSPECT = 90, 2.0
STILLEST_PX = 0.5  # less is the network's noise


def find_leaps(landmarks: LandmarkTrack) -> list[int]:
    """Return the rows whose pose neither goes on from those before nor leads to those after.

    A suspicion only: a leg that is taken for the other leaps, too.
    """
    from scipy.ndimage import percentile_filter

    off_px = np.nan_to_num(_off_course(landmarks.image_px[:, BODY].astype(np.float64)))
    if len(off_px) < 2:
        return []
    reach = BESIDE + max(1, round(AROUND_S / float(np.median(np.diff(landmarks.time_s)))))
    is_around = np.abs(np.arange(-reach, reach + 1)) > BESIDE
    around = percentile_filter(off_px, USUAL_PERCENT, footprint=is_around, mode="constant")
    return np.flatnonzero(off_px > SUSPECT * np.maximum(around, STILLEST_PX)).tolist()


def _off_course(points: FloatArray) -> FloatArray:
    """Return by how much each pose (F, P, 2) is off straight ways to it, (F,); NaN if unknown.

    The median over its points; of the ways from before and back from after, the better counts.
    """
    bends = np.median(np.linalg.norm(np.diff(points, 2, axis=0), axis=-1), axis=1)
    off = np.full((2, len(points)), np.nan)
    off[0, 2:] = bends  # how far a pose lies off the two before it
    off[1, 1:-1] = bends  # and the one before it off this one and the next
    nearer: FloatArray = off.min(axis=0)
    return nearer
