"""What may be the stickers in one frame, and which pair of it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gaitcam.arrays import FloatArray
from gaitcam.markers.picture import Picture, blur, bump, cut_out, summit
from gaitcam.markers.spot import Look, contrast

# A sighting's misfit is a sum of squares, each over what is usual for a sticker that is seen:
# blur, folds and light change how much it stands out and how bright it is, but less its hue;
# the gait moves it about its place at the hip.
USUAL_STRENGTH = 0.4  # logarithm
USUAL_BRIGHTNESS = 0.3  # logarithm of the light's cube root
USUAL_COLOUR = 7.0  # CIE Lab, beside the change of brightness
USUAL_CONTRAST, USUAL_CONTRAST_SHARE = 3.0, 0.2
# By the definition of CIE Lab, (L + 16, a, b) of a surface grow with the light's cube root.
NO_LIGHT = np.array([-16.0, 0.0, 0.0])
USUAL_PLACE = 0.08  # leg lengths
USUAL_PAIR = 0.1  # of the distance between the stickers: the pelvis turns, but does not stretch
REACH = 0.15  # leg lengths around the expected place
LOWEST_HEIGHT = 0.4  # of the marked sticker's
MOST_SIGHTINGS = 6
# A sticker whose misfit would be larger than this (three times the usual) is taken as hidden.
HIDDEN = 9.0
# One alone has no partner that speaks for it: it must look more like itself.
HIDDEN_ALONE = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Sightings:
    """Places (K, 2) in a frame that may be a sticker, and the misfit (K,) of each."""

    place_px: FloatArray
    misfit: FloatArray


def find_sightings(
    image: NDArray[np.uint8], look: Look, expected_px: FloatArray, leg_length_px: float
) -> Sightings:
    """Return what looks like ``look`` around the place where the sticker is expected."""
    reach = int(np.ceil(REACH * leg_length_px))
    rim = int(np.ceil(3.0 * look.radius_px))
    picture = cut_out(image, expected_px, reach + rim)
    inner = slice(rim, rim + 2 * reach + 1)
    height = bump(picture @ look.direction, look.radius_px)[inner, inner]
    rows, columns = _peaks(height, LOWEST_HEIGHT * look.height)
    corner = np.round(expected_px) - reach
    summits = [summit(height, r, c) for r, c in zip(rows, columns, strict=True)]
    places = np.array(summits, dtype=np.float64).reshape(-1, 2) + corner
    misfit = _unlikeness(picture, look, rows + rim, columns + rim, height[rows, columns])
    away = np.linalg.norm(places - expected_px, axis=1)
    return Sightings(places, misfit + (away / (USUAL_PLACE * leg_length_px)) ** 2)


def _peaks(height: Picture, lowest: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and columns of the highest local peaks above ``lowest``."""
    from scipy.ndimage import maximum_filter

    rows, columns = np.nonzero((height == maximum_filter(height, size=3)) & (height > lowest))
    highest = np.argsort(-height[rows, columns])[:MOST_SIGHTINGS]
    return rows[highest], columns[highest]


def _unlikeness(
    picture: Picture,
    look: Look,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    height: Picture,
) -> FloatArray:
    """Return how far peaks (K,) differ from ``look`` in height, colour and contrast."""
    colours = blur(picture, look.radius_px)[rows, columns]
    colour, brightness = _unlike(colours - NO_LIGHT, look.colour - NO_LIGHT)
    bulge, _ = _unlike(contrast(picture, look.radius_px)[rows, columns], look.contrast)
    usual_bulge = USUAL_CONTRAST + USUAL_CONTRAST_SHARE * float(np.linalg.norm(look.contrast))
    unlikeness: FloatArray = (
        (np.log(height / look.height) / USUAL_STRENGTH) ** 2
        + (brightness / USUAL_BRIGHTNESS) ** 2
        + (colour / USUAL_COLOUR) ** 2
        + (bulge / usual_bulge) ** 2
    )
    return unlikeness


def _unlike(colours: FloatArray | Picture, look: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how far colours (K, 3) are from a fainter or stronger ``look`` (3,), and how much so.

    The first is a distance (K,), the second the logarithm (K,) of the factor.
    """
    factor = np.clip(colours @ look / float(look @ look), 0.4, 2.5)
    distance: FloatArray = np.linalg.norm(colours - factor[:, None] * look, axis=1)
    return distance, np.log(factor)


def choose_pair(
    front: Sightings, back: Sightings, usual_px: FloatArray
) -> tuple[int | None, int | None]:
    """Return which sightings are the front and the back sticker; None is hidden.

    Both at once: their line ``usual_px`` (2,), from back to front, changes little.
    """
    tolerance_px = USUAL_PAIR * float(np.linalg.norm(usual_px))
    line = front.place_px[:, None] - back.place_px[None]
    bent = (np.linalg.norm(line - usual_px, axis=2) / tolerance_px) ** 2
    cost = np.full((len(front.misfit) + 1, len(back.misfit) + 1), 2.0 * HIDDEN)
    cost[:-1, :-1] = front.misfit[:, None] + back.misfit[None] + bent
    cost[:-1, -1] = front.misfit + HIDDEN
    cost[-1, :-1] = back.misfit + HIDDEN
    i, j = np.unravel_index(int(cost.argmin()), cost.shape)
    if i < len(front.misfit) and j < len(back.misfit):
        return int(i), int(j)
    return _alone(front, int(i)), _alone(back, int(j))


def _alone(sightings: Sightings, choice: int) -> int | None:
    """Return the choice, or None when it is no sighting or not sure enough by itself."""
    is_sure = choice < len(sightings.misfit) and sightings.misfit[choice] < HIDDEN_ALONE
    return choice if is_sure else None
