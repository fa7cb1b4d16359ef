"""The picture of choices: everybody who was seen, numbered, and who of them was followed."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from gaitcam.errors import OutputError
from gaitcam.overlay.canvas import Canvas, Picture
from gaitcam.overlay.sprites import BOLD, Sprite, lay, panel, stacked, text
from gaitcam.overlay.strokes import stroke
from gaitcam.overlay.style import INK, NEAR, WHITE, Colour
from gaitcam.pose.people import People, SeenPerson
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import VideoSettings, read_frames

PEOPLE_NAME = "people.jpg"
# Widened about shoes, and more about hair, in heights of the box.
BOX_MARGIN, MARGIN_ABOVE = 0.06, 0.12
LONGEST_SIDE_PX = 1600
TEXT_SHARE, LINE_SHARE = 0.045, 0.006
# Who is not in the picture stands below it, in heights of the picture.
STRIP_SHARE, CUT_MARGIN = 0.35, 0.15
JPEG_QUALITY = 90
# Of the clip's clock, so that rounding leaves no frame out.
AROUND_S = 0.5


def write_people(video: VideoInfo, people: People, folder: Path) -> Path:
    """Write the picture of choices as ``people.jpg`` into ``folder``; needs the clip itself."""
    images = _read(video, people)
    path = folder / PEOPLE_NAME
    image = draw_people(images, people)
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    )
    if not done:
        raise OutputError(f"{path} cannot be drawn")
    path.write_bytes(data.tobytes())
    return path


def _read(video: VideoInfo, people: People) -> dict[int, Picture]:
    """Return the frames, by their numbers, in which the people are shown."""
    images: dict[int, Picture] = {}
    for moment in people.seen:
        if moment.frame_index in images:
            continue
        part = VideoSettings(max(0.0, moment.shown_s - AROUND_S), moment.shown_s + AROUND_S)
        for frame in read_frames(video, part, only=(moment.frame_index,)):
            images[frame.index] = frame.image
    return images


def draw_people(images: dict[int, Picture], people: People) -> Picture:
    """Return the frame that shows most, with numbered boxes, and the others in a strip below.

    ``images``: the frames by their numbers; who is in a frame that is missing is left out.
    """
    whole = images[people.frame_index]
    scale = min(1.0, LONGEST_SIDE_PX / max(whole.shape))
    image = _resized(whole, scale)
    absent = []
    for number, person in enumerate(people.seen, 1):
        if person.frame_index == people.frame_index:
            _mark(image, person, scale, number, number == people.followed)
        elif person.frame_index in images:
            absent.append((number, person))
    if not absent:
        return image
    height = round(STRIP_SHARE * image.shape[0])
    cuts = [_cut(images[p.frame_index], p, height, n, n == people.followed) for n, p in absent]
    return np.vstack([image, _strip(cuts, image.shape[1], height)])


def _resized(image: Picture, scale: float) -> Picture:
    if scale == 1.0:
        return image.copy()
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _mark(image: Picture, person: SeenPerson, scale: float, number: int, is_followed: bool) -> None:
    """Draw a box about a person, and the number at its upper left corner."""
    canvas = Canvas.of_rgb(image)
    height, width = canvas.height, canvas.width
    unit = (height * width) ** 0.5
    left, top, right, bottom = (scale * edge for edge in person.box_px)
    wider, above = BOX_MARGIN * (bottom - top), top - MARGIN_ABOVE * (bottom - top)
    line = max(2, round(LINE_SHARE * unit * (1.5 if is_followed else 1.0)))
    left, right = (float(np.clip(x, line, width - line)) for x in (left - wider, right + wider))
    top, bottom = (float(np.clip(y, line, height - line)) for y in (above, bottom + wider))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    stroke(canvas, [np.array(corners)], _colour(is_followed), line)
    label = _label(number, is_followed, max(14, round(TEXT_SHARE * unit)))
    x = min(left, width - label.width)
    lay(canvas, label, x, top - label.height if top >= label.height else top)


def _colour(is_followed: bool) -> Colour:
    return NEAR if is_followed else WHITE


def _label(number: int, is_followed: bool, size: int) -> Sprite:
    words = text(f"{number}: followed" if is_followed else str(number), size, INK, BOLD)
    pad = round(0.35 * size)
    ground = panel(words.width + 2 * pad, words.height + pad, pad // 2, _colour(is_followed), 1.0)
    return stacked(ground, (words, pad, pad / 2))


def _cut(image: Picture, person: SeenPerson, height: int, number: int, chosen: bool) -> Picture:
    """Return the part of a frame about a person, ``height`` px high, marked with the number."""
    left, top, right, bottom = person.box_px
    wider = CUT_MARGIN * (bottom - top)
    rows = slice(max(0, int(top - wider)), int(bottom + wider) + 1)
    part = image[rows, max(0, int(left - wider)) : int(right + wider) + 1]
    part = _resized(part, height / part.shape[0])[:height]
    label = _label(number, chosen, max(14, round(0.1 * height)))
    lay(Canvas.of_rgb(part), label, 0, 0)
    return part


def _strip(cuts: Sequence[Picture], width: int, height: int) -> Picture:
    """Return the ``cuts`` side by side, as many as fit, on a dark ground."""
    strip = np.empty((height, width, 3), np.uint8)
    strip[:] = INK
    gap = round(0.05 * height)
    x = gap
    for cut in cuts:
        if x + cut.shape[1] > width:
            break
        strip[: cut.shape[0], x : x + cut.shape[1]] = cut
        x += cut.shape[1] + gap
    return strip
