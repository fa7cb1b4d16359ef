"""A process that reads clips as the program does, and answers one line for each.

A line of JSON with a path comes in on standard input, a line of JSON with the outcome goes
out.  It lives apart from the run, so that a crash or a hang of a native decoder is seen and
counted instead of ending the run.
"""

import contextlib
import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any

from gaitcam.errors import GaitcamError
from gaitcam.video.source import VideoSettings, probe_video, read_frames

MEMORY_LIMIT_BYTES = 4 << 30


def outcome(path: Path) -> dict[str, Any]:
    """Read the whole clip and tell what came of it."""
    try:
        frames = _count_frames(path)
    except GaitcamError as problem:
        return {"kind": "refused", "text": str(problem)}
    except BaseException:
        return {"kind": "traceback", "text": traceback.format_exc()}
    return {"kind": "read", "text": f"{frames} frames"}


def _count_frames(path: Path) -> int:
    settings = VideoSettings()
    video = probe_video(path, settings)
    frames, last_s = 0, -1.0
    for frame in read_frames(video, settings):
        if frame.image.shape != (video.height, video.width, 3):
            raise AssertionError(f"frame {frame.index} has shape {frame.image.shape}")
        if not last_s < frame.time_s < float("inf"):
            raise AssertionError(f"frame {frame.index} at {frame.time_s} s, after {last_s} s")
        last_s = frame.time_s
        frames += 1
    return frames


def main() -> None:
    """Answer until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    os.nice(15)
    for line in sys.stdin:
        answer = outcome(Path(json.loads(line)))
        answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
