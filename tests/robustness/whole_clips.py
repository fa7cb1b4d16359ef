"""Whole clips as users film them, made from the demonstration clip, with what must come out.

Each goes through the whole program, as ``gaitcam analyze`` runs it.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from click.testing import CliRunner
from numpy.typing import NDArray

from gaitcam.cli import main

Picture = NDArray[np.uint8]
Clip = list[Picture]
Change = Callable[[Clip], Clip]

RATE_HZ = 60.0
FRAMES = 270
SIZE = (640, 360)
TRUE_CADENCE_SPM = 158.0
CADENCE_WITHIN_SPM = 1.5
TRUE_LEAN_DEG, LEAN_WITHIN_DEG = 13.0, 3.0


@dataclass(frozen=True, slots=True)
class WholeClip:
    """A clip made by ``change``; stored at ``rate_hz`` and quality ``crf``.

    ``told``: a pattern that a note, or the refusal, must match; empty: none is asked for.
    ``is_refused``: no numbers must come out; ``is_judged``: findings must, or must not, or may
    (None); what is judged must be right.
    """

    title: str
    change: Change
    told: str = ""
    rate_hz: float = RATE_HZ
    crf: int = 20
    options: tuple[str, ...] = ()
    is_refused: bool = False
    is_judged: bool | None = True

    @property
    def expected(self) -> str:
        """What must come out, in words."""
        if self.is_refused:
            return "refused, with the reason"
        right = "cadence and lean as in the original"
        numbers = {True: right, False: "not judged", None: f"{right}, or not judged"}[
            self.is_judged
        ]
        return f"{numbers}; a note" if self.told else numbers


def read_original(clip: Path) -> Clip:
    """Return the first seconds of the demonstration clip, smaller."""
    with av.open(str(clip)) as container:
        frames = islice(container.decode(video=0), FRAMES)
        pictures = [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in frames]
    return [_resized(picture, SIZE) for picture in pictures]


def faults(case: WholeClip, original: Clip, folder: Path) -> tuple[str, list[str]]:
    """Return what came out, in words, and all that is not as it must be."""
    clip = _write(case.change(original), case.rate_hz, case.crf, folder / "clip.mp4")
    out = folder / "out"
    arguments = ["analyze", str(clip), "--out", str(out), "--no-video", "--quiet", *case.options]
    result = CliRunner().invoke(main, [*arguments, "--no-cache"])
    if result.exit_code not in (0, 1) or "Traceback" in result.output:
        return "failure", [f"exit {result.exit_code}: {result.exception!r}"]
    if result.exit_code == 1:
        said = result.stderr.strip().removeprefix("gaitcam: ").replace(f"{folder}/", "")
        return said, _refusal_faults(case, said)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return _in_words(summary), _result_faults(case, summary)


def _refusal_faults(case: WholeClip, said: str) -> list[str]:
    if not case.is_refused:
        return ["refused"]
    return [] if re.search(case.told, said) else [f"nothing said about {case.told}"]


def _result_faults(case: WholeClip, summary: dict[str, object]) -> list[str]:
    found = ["not refused"] if case.is_refused else []
    notes = _notes(summary)
    if case.told and not re.search(case.told, " ".join(notes)):
        found.append(f"no note about {case.told}")
    is_judged = bool(summary["findings"])
    if case.is_judged is not None and is_judged is not case.is_judged:
        found.append("not judged" if case.is_judged else "judged")
    if not is_judged:
        return found
    if abs(_value(summary, "cadence_spm") - TRUE_CADENCE_SPM) > CADENCE_WITHIN_SPM:
        found.append("wrong cadence")
    if abs(_value(summary, "trunk_lean_deg") - TRUE_LEAN_DEG) > LEAN_WITHIN_DEG:
        found.append("wrong lean")
    return found


def _value(summary: dict[str, object], key: str) -> float:
    value = summary["metrics"][key]["value"]  # type: ignore[index]
    return float("nan") if value is None else float(value)


def _notes(summary: dict[str, object]) -> list[str]:
    notes: list[str] = summary["quality"]["notes"]  # type: ignore[index]
    return notes


def _in_words(summary: dict[str, object]) -> str:
    numbers = f"{_value(summary, 'cadence_spm'):.1f} steps/min, "
    numbers += f"lean {_value(summary, 'trunk_lean_deg'):.1f}°"
    numbers += "" if summary["findings"] else ", not judged"
    return ". ".join([numbers, *(note.split(". ")[0].rstrip(".") for note in _notes(summary))])


def _write(pictures: Sequence[Picture], rate_hz: float, crf: int, path: Path) -> Path:
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w") as container:
        options = {"crf": str(crf), "preset": "veryfast"}
        stream = container.add_stream("libx264", rate=Fraction(rate_hz), options=options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for picture in pictures:
            frame = VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _resized(picture: Picture, size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def each(change: Callable[[Picture], Picture]) -> Change:
    """Return a change of a clip that changes every picture alike."""
    return lambda clip: [change(picture) for picture in clip]


def _dark(share: float, noise: float = 0.0) -> Change:
    random = np.random.default_rng(8)

    def darken(picture: Picture) -> Picture:
        grain = noise * random.standard_normal((*picture.shape[:2], 1)) if noise else 0.0
        return np.asarray(np.clip(share * picture + grain, 0, 255), np.uint8)

    return each(darken)


def _blurred(sigma_px: float) -> Change:
    return each(lambda p: np.asarray(cv2.GaussianBlur(p, (0, 0), sigma_px), np.uint8))


def _combed(clip: Clip) -> Clip:
    """Weave each two pictures into one, as interlaced video does."""
    woven = []
    for first, second in zip(clip[::2], clip[1::2], strict=False):
        picture = first.copy()
        picture[1::2] = second[1::2]
        woven.append(picture)
    return woven


def _with_bars(picture: Picture) -> Picture:
    framed = np.zeros((640, 360, 3), np.uint8)
    framed[200:402] = _resized(picture, (360, 202))
    return np.asarray(cv2.resize(framed, (720, 1280)), np.uint8)


def _warped(matrix_at: Callable[[int], NDArray[np.float64]]) -> Change:
    def warp(clip: Clip) -> Clip:
        return [
            np.asarray(
                cv2.warpAffine(picture, matrix_at(i), SIZE, borderMode=cv2.BORDER_REFLECT), np.uint8
            )
            for i, picture in enumerate(clip)
        ]

    return warp


def _shaken(frame: int) -> NDArray[np.float64]:
    across = 6 * np.sin(0.31 * frame) + 2 * np.sin(1.3 * frame)
    return np.array([[1, 0, across], [0, 1, 5 * np.sin(0.23 * frame)]], np.float64)


def _turned(degrees: float) -> Callable[[int], NDArray[np.float64]]:
    centre = (SIZE[0] / 2, SIZE[1] / 2)
    return lambda _: np.asarray(cv2.getRotationMatrix2D(centre, degrees, 1.0))


def _zoomed(frame: int) -> NDArray[np.float64]:
    centre = (SIZE[0] / 2, SIZE[1] / 2)
    return np.asarray(cv2.getRotationMatrix2D(centre, 0.0, 0.85 + 0.25 * frame / FRAMES))


def _card(frames: int) -> Clip:
    card = np.full((SIZE[1], SIZE[0], 3), 60, np.uint8)
    cv2.putText(card, "my run", (180, 200), cv2.FONT_HERSHEY_SIMPLEX, 3.0, (255, 255, 255), 6)
    return [card] * frames


def _mirrored(clip: Clip) -> Clip:
    return [picture[:, ::-1] for picture in clip]


ORIGINAL: Change = lambda clip: clip  # noqa: E731 - a name for what is not changed
LEFT_OUT = "Left out: "

WHOLE_CLIPS = (
    WholeClip("as it is", ORIGINAL),
    WholeClip("a fifth of the light", _dark(0.2), "Light on the runner"),
    WholeClip("a fifth of the light, noise", _dark(0.2, 5.0), "even strides", is_judged=False),
    WholeClip("as good as no light", _dark(0.02), "good light", is_refused=True),
    WholeClip("a little out of focus", _blurred(1.0)),
    WholeClip("badly out of focus", _blurred(2.5), "Sharpness", is_judged=None),
    WholeClip("low bit rate (crf 32)", ORIGINAL, crf=32),
    WholeClip("hardly any bits (crf 44)", ORIGINAL, "even strides", crf=44, is_judged=False),
    WholeClip("320 x 180", each(lambda p: _resized(p, (320, 180))), "small in the picture"),
    WholeClip("interlaced", _combed, rate_hz=30.0),
    WholeClip("upright with bars", each(_with_bars)),
    WholeClip("a hand that shakes", _warped(_shaken), "camera"),
    WholeClip("rolled by 3 degrees", _warped(_turned(3.0))),
    WholeClip("rolled by 8 degrees", _warped(_turned(8.0))),
    WholeClip("zoomed in by 1.3", _warped(_zoomed)),
    WholeClip("a title card for 2 s", lambda c: [*_card(120), *c], "nobody is seen"),
    WholeClip("stands for 2 s first", lambda c: [*c[:1] * 120, *c], "nobody runs"),
    WholeClip("stops at the end", lambda c: [*c, *c[-1:] * 150], "nobody runs"),
    WholeClip("a still picture", lambda c: c[:1] * 180, "hardly moves the legs", is_refused=True),
    WholeClip("a card, no runner", lambda _: _card(90), "no runner", is_refused=True),
    WholeClip("cut to a mirrored view", lambda c: [*c, *_mirrored(c[:150])], "beyond a cut"),
    WholeClip("cut in time", lambda c: [*c[:75], *c[90:]], "jump in time"),
    WholeClip("slowed down 2 times", ORIGINAL, "slowed down 2 times", rate_hz=30.0),
    WholeClip("slowed down 4 times", ORIGINAL, "slowed down 4 times", rate_hz=15.0),
    WholeClip("60 stored at 24 frames/s", ORIGINAL, "slowed down 2.5 times", rate_hz=24.0),
    WholeClip(
        "60 stored at 24 frames/s, told", ORIGINAL, rate_hz=24.0, options=("--capture-fps", "60")
    ),
    WholeClip("sped up 2 times", lambda c: c[::2], "sped up 2 times"),
    WholeClip("sped up 3 times", lambda c: c[::3], "sped up 3 times"),
    WholeClip("every second frame, told", lambda c: c[::2], options=("--capture-fps", "30")),
    WholeClip(
        "feet below the picture", each(lambda p: p[:260]), "feet", is_refused=True, is_judged=False
    ),
    WholeClip("head above the picture", each(lambda p: p[70:])),
)
