"""Ask a separate process to read clips; notice when it dies or hangs."""

import json
import subprocess
import sys
from pathlib import Path
from select import select
from types import TracebackType
from typing import Any

TIME_LIMIT_S = 60.0


class Reader:
    """One reading process, started anew when it dies."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._process = self._start()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, path: Path) -> dict[str, Any]:
        """Return ``kind`` (read, refused, traceback, crash or hang), ``text`` and ``peak_mb``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(str(path)) + "\n")
        self._process.stdin.flush()
        ready, _, _ = select([self._process.stdout], [], [], self._time_limit_s)
        line = self._process.stdout.readline() if ready else ""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        return self._failure(bool(ready))

    def _failure(self, has_died: bool) -> dict[str, Any]:
        if not has_died:
            self._process.kill()
        code = self._process.wait()
        self._end()
        self._process = self._start()
        if has_died:
            return {"kind": "crash", "text": f"the process ended with {code}", "peak_mb": 0}
        return {"kind": "hang", "text": f"longer than {self._time_limit_s:g} s", "peak_mb": 0}

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.robustness.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
