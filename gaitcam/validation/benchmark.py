"""How long an analysis takes beside the loop that a user would write.

    python -m gaitcam.validation.benchmark CLIP [--frames 600] [--repeats 3]

The bare loop decodes the clip and asks MediaPipe's Pose Landmarker for each frame, in one
process; it writes nothing.  The analysis is the whole command with all its outputs.  The two
take turns, each in a process of its own, so that a busy machine disturbs both alike; ratios are
medians over the turns.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import av
import numpy as np
from av.video.stream import VideoStream

from gaitcam.pose.estimator import PoseSettings, estimate_landmarks
from gaitcam.pose.mediapipe_estimator import MediaPipeEstimator
from gaitcam.pose.model_files import MODEL_NAMES, find_model
from gaitcam.progress import silent
from gaitcam.validation.part_costs import part_costs
from gaitcam.video.info import VideoInfo
from gaitcam.video.source import VideoSettings, probe_video, read_frames

WHOLE = VideoSettings()
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took: by the clock, and on all cores together."""

    wall_s: float
    cpu_s: float


def measure(work: Callable[[], object], who: int = resource.RUSAGE_SELF) -> Cost:
    """Return the cost of ``work``, done in this process or (``RUSAGE_CHILDREN``) in another."""
    wall, cpu = time.perf_counter(), _cpu_s(who)
    work()
    return Cost(time.perf_counter() - wall, _cpu_s(who) - cpu)


def run_bare_loop(clip: Path, model: str) -> None:
    """Decode ``clip`` and detect the pose in every frame, as simply as can be."""
    estimator = MediaPipeEstimator(find_model(model).path)
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            estimator.estimate(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8))
    estimator.close()


def write_clip(source: Path, target: Path, size: tuple[int, int], count: int) -> None:
    """Write at most ``count`` frames of ``source``, scaled to ``size``, at 60 frames/s."""
    with av.open(str(source)) as original, av.open(str(target), "w") as container:
        rate = Fraction(60)
        stream = container.add_stream("libx264", rate=rate, options={"crf": "18"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt, stream.gop_size = "yuv420p", 60
        for index, frame in enumerate(islice(original.decode(video=0), count)):
            scaled = frame.reformat(width=size[0], height=size[1], format="yuv420p")
            scaled.pts, scaled.time_base = index, 1 / rate
            container.mux(stream.encode(scaled))
        container.mux(stream.encode(None))


def compare_with_bare_loop(clip: Path, model: str, repeats: int) -> str:
    """Return a table row: the whole analysis beside the bare loop."""
    bare = [sys.executable, "-m", "gaitcam.validation.benchmark", str(clip), "--bare"]
    command = "from gaitcam.__main__ import run; run()"
    turns = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            whole = [sys.executable, "-c", command, "analyze", str(clip), "--quiet", "--no-cache"]
            options = ["--model", model, "--out", str(Path(folder) / "out")]
            turns.append((_run([*bare, "--model", model]), _run([*whole, *options])))
    wall = median(ours.wall_s / theirs.wall_s for theirs, ours in turns)
    cpu = median(ours.cpu_s / theirs.cpu_s for theirs, ours in turns)
    return (
        f"| {clip.stem} | {model} | {median(t.wall_s for t, _ in turns):.1f} | "
        f"{median(o.wall_s for _, o in turns):.1f} | **{wall:.2f}** | "
        f"{median(t.cpu_s for t, _ in turns):.1f} | {median(o.cpu_s for _, o in turns):.1f} | "
        f"{cpu:.2f} |"
    )


def describe_stages(clip: Path) -> Iterator[str]:
    """Yield table rows: what each part of reading and pose costs for a frame."""
    video = probe_video(clip, WHOLE)

    def row(label: str, work: Callable[[], object]) -> str:
        cost = measure(work)
        wall, cpu = (1e3 * s / video.frame_count for s in (cost.wall_s, cost.cpu_s))
        return f"| {label} | {wall:.1f} | {cpu:.1f} |"

    yield row("decode", lambda: _decode(clip))
    yield row("decode, RGB", lambda: [None for _ in read_frames(video, WHOLE)])
    engines = [(engine, workers) for workers in (1, 2) for engine in ("tracking", "mediapipe")]
    for engine, workers in engines:
        label = f"all that, and pose: {engine}, full, {workers} worker(s)"
        yield row(label, partial(_pose, video, PoseSettings(workers=workers, engine=engine)))
    for model in MODEL_NAMES:
        yield row(f"the same: tracking, {model}", partial(_pose, video, PoseSettings(model=model)))


def describe_parts(clips: Sequence[Path]) -> str:
    """Return table rows: what each part costs for a picture of each clip."""
    costs = [part_costs(clip) for clip in clips]
    return "\n".join(
        f"| {part} | {' | '.join(f'{each[part]:.1f}' for each in costs)} |" for part in costs[0]
    )


def _pose(video: VideoInfo, settings: PoseSettings) -> object:
    return estimate_landmarks(video, WHOLE, settings, silent)


def _decode(clip: Path) -> None:
    with av.open(str(clip)) as container:
        for _ in container.decode(video=0):
            pass


def _run(command: list[str]) -> Cost:
    return measure(lambda: subprocess.run(command, check=True), resource.RUSAGE_CHILDREN)


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the tables of docs/PERFORMANCE.md for one clip."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clip", type=Path)
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--model", default="full", choices=MODEL_NAMES)
    parser.add_argument("--bare", action="store_true", help="only run the bare loop")
    arguments = parser.parse_args()
    if arguments.bare:
        run_bare_loop(arguments.clip, arguments.model)
        return
    print(f"{os.cpu_count()} cores, {arguments.frames} frames, {arguments.repeats} turns\n")
    print("| clip | model | bare loop s | analyze s | ratio | bare CPU s | CPU s | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        clips = {name: Path(folder) / f"{name}.mp4" for name in SIZES}
        for name, clip in clips.items():
            write_clip(arguments.clip, clip, SIZES[name], arguments.frames)
            print(compare_with_bare_loop(clip, arguments.model, arguments.repeats), flush=True)
        print("\n| stage (720p) | ms a frame, clock | ms a frame, CPU |\n|---|---|---|")
        for row in describe_stages(clips["720p"]):
            print(row, flush=True)
        print(f"\n| part, CPU ms of a picture | {' | '.join(clips)} |\n|---|---|---|")
        print(describe_parts(list(clips.values())))


if __name__ == "__main__":
    main()
