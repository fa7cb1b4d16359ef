"""Interrupted, refused or without room: results appear whole or not at all, and private."""

import json
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gaitcam.cli import main
from gaitcam.delivery import check_writable
from gaitcam.errors import OutputError

# Sends the program a signal from within, at an exact moment of its work.
DRIVER = """
import contextlib, os, signal, sys
import gaitcam.delivery, gaitcam.terminal
from gaitcam.cli import main

moment, number = sys.argv.pop(1), int(sys.argv.pop(1))

def strike():
    os.kill(os.getpid(), number)

@contextlib.contextmanager
def striking_bars(is_shown):
    def listen(stage, done, total):
        if stage == moment and done == 3:
            strike()
    yield listen

gaitcam.terminal.progress_bars = striking_bars
if moment == "move":
    replace = gaitcam.delivery.Path.replace
    def replace_and_strike(self, target):
        strike()
        return replace(self, target)
    gaitcam.delivery.Path.replace = replace_and_strike
main()
"""
SIGHUP, SIGINT, SIGTERM = 1, 2, 15


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory, demo_clip: Path) -> Path:
    """Stored pose of the start of the demonstration clip."""
    folder = tmp_path_factory.mktemp("pose") / "out"
    result = run("analyze", demo_clip, "--out", folder, "--end", "2.5", "--no-video", "--quiet")
    assert result.exit_code == 0, result.output
    return folder / "landmarks.npz"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A folder with an earlier result."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "report.html").write_text("earlier", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def strike(moment: str, number: int, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", DRIVER, moment, str(number), "analyze", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("moment", "number"), [("pose", SIGINT), ("pose", SIGTERM)])
def test_stopped_while_the_pose_is_found(
    moment: str, number: int, demo_clip: Path, earlier: Path
) -> None:
    stopped = strike(moment, number, demo_clip, "--out", earlier)
    assert (stopped.returncode, stopped.stdout) == (130, "")
    assert stopped.stderr == "gaitcam: stopped; unfinished results were removed\n"
    assert contents(earlier) == {"report.html": "earlier"}


def test_stopped_while_the_video_is_drawn(demo_clip: Path, landmarks: Path, earlier: Path) -> None:
    stopped = strike("video", SIGINT, demo_clip, "--landmarks", landmarks, "--out", earlier)
    assert stopped.returncode == 130
    assert "Traceback" not in stopped.stderr
    assert contents(earlier) == {"report.html": "earlier"}


def test_stopped_while_results_are_moved_in_all_of_them_arrive(
    landmarks: Path, earlier: Path
) -> None:
    stopped = strike("move", SIGHUP, "--landmarks", landmarks, "--out", earlier)
    assert stopped.returncode == 130
    assert "Traceback" not in stopped.stderr
    names = {path.name for path in earlier.iterdir()}
    assert names >= {"report.html", "summary.json", "frames.csv", "landmarks.npz"}
    assert (earlier / "report.html").read_text(encoding="utf-8") != "earlier"
    assert not [name for name in names if name.startswith(".")]


@pytest.fixture
def full_disk() -> Iterator[None]:
    """A disk on which a file cannot grow beyond 100 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_said_and_earlier_results_stay(landmarks: Path, earlier: Path) -> None:
    result = run("analyze", "--landmarks", landmarks, "--out", earlier)
    assert result.exit_code == 1
    assert "earlier results there are unchanged" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert contents(earlier) == {"report.html": "earlier"}


@pytest.mark.usefixtures("full_disk")
def test_a_disk_that_fills_while_the_video_is_drawn_is_said_without_the_drafts_name(
    demo_clip: Path, landmarks: Path, earlier: Path
) -> None:
    result = run("analyze", demo_clip, "--landmarks", landmarks, "--out", earlier, "--quiet")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"gaitcam: cannot write to {earlier} (")
    assert "earlier results there are unchanged" in result.stderr
    assert ".gaitcam-" not in result.stderr
    assert contents(earlier) == {"report.html": "earlier"}


def test_a_stop_while_the_program_still_loads_is_quiet() -> None:
    program = (
        "import sys, types\n"
        "class Stopped(types.ModuleType):\n"
        "    def __getattr__(self, name): raise KeyboardInterrupt\n"
        "sys.modules['gaitcam.cli'] = Stopped('gaitcam.cli')\n"
        "from gaitcam.__main__ import run\n"
        "run()\n"
    )
    stopped = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (stopped.returncode, stopped.stderr) == (130, "")


def test_outputs_are_private_even_in_an_open_folder(landmarks: Path, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    for name in ("open", "new"):
        assert run("analyze", "--landmarks", landmarks, "--out", tmp_path / name).exit_code == 0
        for path in (tmp_path / name).rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_folder_in_the_way_of_a_result_is_said_before_anything_moves(
    landmarks: Path, earlier: Path
) -> None:
    (earlier / "summary.json").mkdir()
    result = run("analyze", "--landmarks", landmarks, "--out", earlier)
    assert result.exit_code == 1
    assert "is in the way" in result.stderr
    assert (earlier / "report.html").read_text(encoding="utf-8") == "earlier"
    assert len(list(earlier.iterdir())) == 2


def test_a_clip_is_not_replaced_by_its_own_annotated_video(
    demo_clip: Path, landmarks: Path, tmp_path: Path
) -> None:
    clip = Path(shutil.copy(demo_clip, tmp_path / "annotated.mp4"))
    result = run("analyze", clip, "--landmarks", landmarks, "--out", tmp_path)
    assert result.exit_code == 1
    assert "would be replaced" in result.stderr
    assert clip.read_bytes() == demo_clip.read_bytes()


@pytest.mark.parametrize("place", ["loop", "loop/below", "file/below", "n" * 300])
def test_a_place_that_can_hold_no_folder_is_said_at_once(place: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another folder"):
        check_writable(tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


def test_a_clip_with_an_impossible_name_is_refused(tmp_path: Path) -> None:
    result = run("analyze", tmp_path / ("n" * 300))
    assert result.exit_code == 1
    assert "no such file" in result.stderr


def test_a_failure_leaves_no_new_folders(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video", encoding="utf-8")
    run("analyze", tmp_path / "text.mp4", "--out", tmp_path / "a" / "b" / "c")
    assert [path.name for path in tmp_path.iterdir()] == ["text.mp4"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("-x y.mp4", "-x y.mp4"),
        ("läufer 跑.mp4", "läufer 跑.mp4"),
        ("new\nline\x1b[31m.mp4", r"new\nline\x1b[31m.mp4"),
        ("bad\udcff.mp4", r"bad\udcff.mp4"),
        ("<script>x[red].mp4", "<script>x[red].mp4"),
        ("=1+1.mp4", "=1+1.mp4"),
    ],
)
def test_any_file_name_is_taken_and_shown_safely(
    name: str, shown: str, demo_clip: Path, landmarks: Path, tmp_path: Path
) -> None:
    clip = shutil.copy(demo_clip, tmp_path / name)
    out = tmp_path / "out"
    result = run("analyze", "--landmarks", landmarks, "--out", out, "--no-video", "--", clip)
    assert result.exit_code == 0, result.output
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["clip"]["file_name"] == shown
    assert "<script>x" not in (out / "report.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in (out / "summary.json").read_text(encoding="utf-8")
    for table in out.glob("*.csv"):
        assert "1+1" not in table.read_text(encoding="utf-8")


def test_an_error_stays_on_one_line_whatever_the_name(tmp_path: Path) -> None:
    result = run("analyze", tmp_path / "gone\nis\x1b[2J.mp4")
    assert result.exit_code == 1
    assert result.stderr.endswith("gone\\nis\\x1b[2J.mp4: no such file\n")
    assert len(result.stderr.splitlines()) == 1
