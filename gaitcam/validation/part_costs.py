"""What each part of the work costs, done alone: processor time of one of its pictures.

The parts are threads that share the pictures, so nothing is handed from process to process.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from gaitcam.analysis import Analysis
from gaitcam.overlay.render import make_renderer
from gaitcam.overlay.settings import OverlaySettings
from gaitcam.pipeline import analyze
from gaitcam.pose.model_files import find_model
from gaitcam.pose.networks import LANDMARK_PX, LandmarkPlacer
from gaitcam.pose.region import Region
from gaitcam.pose.tracking_estimator import TrackingEstimator
from gaitcam.settings import Settings
from gaitcam.video.info import Frame
from gaitcam.video.sink import open_sink
from gaitcam.video.source import read_frames

# So many pictures are held at a time: more than a cache holds.
HELD = 60


def part_costs(clip: Path) -> dict[str, float]:
    """Return processor time [ms] by part, for the pictures of ``clip``."""
    cv2.setNumThreads(1)  # as in the program
    analysis = analyze(clip, Settings())
    frames = list(islice(_read(analysis), HELD))
    model = find_model(analysis.settings.pose.model).path
    region, placer = _runner_region(frames, model), LandmarkPlacer(model)

    def cut(frame: Frame) -> object:
        return region.cut(frame.picture, LANDMARK_PX, cv2.BORDER_REPLICATE)

    cutting_ms = _each_ms(cut, frames)
    looking_ms = _each_ms(lambda frame: placer.place(frame.picture, region), frames)
    decoding_ms = _decoding_ms(analysis)
    drawing_ms, coding_ms = _video_ms(analysis, decoding_ms)
    return {
        "decoding": decoding_ms,
        "cutting out the runner and converting him to RGB": cutting_ms,
        "one look of the network": looking_ms - cutting_ms,
        "copying the picture and drawing on it": drawing_ms,
        "coding": coding_ms,
    }


def _read(analysis: Analysis) -> Iterator[Frame]:
    return read_frames(analysis.video, analysis.settings.video)


def _decoding_ms(analysis: Analysis) -> float:
    start = time.process_time()
    count = sum(1 for _ in _read(analysis))
    return 1e3 * (time.process_time() - start) / count


def _runner_region(frames: Sequence[Frame], model: Path) -> Region:
    estimator = TrackingEstimator(model)
    sightings = (estimator.estimate(frame.picture, None) for frame in frames)
    return next(seen.region for seen in sightings if seen is not None and seen.region is not None)


def _each_ms(work: Callable[[Frame], object], frames: Sequence[Frame]) -> float:
    start = time.process_time()
    for frame in frames:
        work(frame)
    return 1e3 * (time.process_time() - start) / len(frames)


def _video_ms(analysis: Analysis, decoding_ms: float) -> tuple[float, float]:
    """Return what drawing and coding take; coding is what is left of the whole."""
    video = analysis.video
    renderer = make_renderer(analysis, OverlaySettings())
    frames = _read(analysis)
    first = next(frames)
    drawing_s, count, start = 0.0, 0, time.process_time()
    with (
        TemporaryDirectory() as folder,
        open_sink(
            Path(folder) / "annotated.mp4",
            video.width,
            video.height,
            video.container_rate_hz,
            first.code,
        ) as sink,
    ):
        for frame in frames:
            page = sink.page()
            before = time.thread_time()
            renderer.draw(frame, page.planes, first.code)
            drawing_s += time.thread_time() - before
            sink.append(page, frame.shown_s)
            count += 1
    whole_ms, drawing_ms = (1e3 * s / count for s in (time.process_time() - start, drawing_s))
    return drawing_ms, whole_ms - drawing_ms - decoding_ms
