"""What is no clip is refused in one sentence; nothing hangs, nothing is looked up outside."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gaitcam.cli import main
from gaitcam.errors import VideoError
from gaitcam.video.source import VideoSettings, probe_video, read_frames
from tests.robustness.bad_files import BAD_FILES, PLAYLIST, Bad
from tests.robustness.clips import FRAMES, Recipe, even_times, source_pictures, write_clip
from tests.robustness.mutations import chance, cuts, zeroed
from tests.robustness.reading import Reader


def read_whole(path: Path) -> int:
    settings = VideoSettings()
    return sum(1 for _ in read_frames(probe_video(path, settings), settings))


@pytest.mark.parametrize("case", BAD_FILES, ids=lambda case: case.title)
def test_a_bad_file_is_refused_in_one_sentence(case: Bad, tmp_path: Path, demo_clip: Path) -> None:
    path = case.make(tmp_path, demo_clip)
    with pytest.raises(VideoError, match=case.words) as caught:
        read_whole(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("case", BAD_FILES, ids=lambda case: case.title)
def test_the_check_refuses_it_in_one_line(case: Bad, tmp_path: Path, demo_clip: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(case.make(tmp_path, demo_clip))])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert re.search(case.words, result.stderr)


def test_the_network_is_never_asked(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/clip.mp4"
        for name in ("list.m3u8", "list.mp4"):
            playlist = tmp_path / name
            playlist.write_text(PLAYLIST.format(address), encoding="utf-8")
            with pytest.raises(VideoError):
                read_whole(playlist)
        with pytest.raises(VideoError):
            read_whole(Path(address))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user to be refused")
def test_a_file_without_permission_is_refused(tmp_path: Path, demo_clip: Path) -> None:
    path = tmp_path / "private.mp4"
    path.write_bytes(demo_clip.read_bytes())
    path.chmod(0o600)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and folder.is_relative_to("/tmp/pytest-of-root"):
            folder.chmod(0o755)
    program = (
        "import sys; from pathlib import Path\n"
        "import gaitcam.video.source as s, os\n"
        "os.setuid(65534)\n"
        "try: s.probe_video(Path(sys.argv[1]), s.VideoSettings())\n"
        "except s.VideoError as problem: print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert re.search("permission denied", done.stdout), done
    assert done.stderr == ""


def test_damaged_clips_neither_crash_nor_hang(tmp_path: Path, demo_clip: Path) -> None:
    """A small part of the run that docs/ROBUSTNESS.md tells of."""
    clip = write_clip(Recipe(), source_pictures(demo_clip), tmp_path / "clip.mp4")
    whole = clip.read_bytes()
    damages = [*list(cuts(whole))[::30], *list(zeroed(whole))[::25], *chance(whole, 5, seed=5)]
    damaged = tmp_path / "damaged.mp4"
    with Reader(time_limit_s=60) as reader:
        for damage in damages:
            damaged.write_bytes(damage.content)
            answer = reader.read(damaged)
            assert answer["kind"] in ("read", "refused"), (damage.kind, damage.place, answer)


def _grown(folder: Path, demo_clip: Path, size: tuple[int, int]) -> Path:
    """Make a clip whose picture has another size in its second half."""
    pictures = source_pictures(demo_clip)
    later_s = tuple(1.0 + time_s for time_s in even_times(30))
    recipes = (Recipe(name="a.ts"), Recipe(name="b.ts", size=size, times_s=later_s))
    halves = [write_clip(recipe, pictures, folder / recipe.name) for recipe in recipes]
    path = folder / "grown.ts"
    path.write_bytes(b"".join(half.read_bytes() for half in halves))
    return path


def test_a_picture_that_changes_its_size_is_scaled_to_the_first(
    tmp_path: Path, demo_clip: Path
) -> None:
    settings = VideoSettings()
    video = probe_video(_grown(tmp_path, demo_clip, (320, 180)), settings)
    shapes = [frame.image.shape for frame in read_frames(video, settings)]
    assert shapes == [(90, 160, 3)] * (2 * FRAMES)


def test_a_picture_that_grows_gigantic_is_never_decoded(
    tmp_path: Path, demo_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaitcam.video.container.DECODER_OPTIONS", {"max_pixels": "20000"})
    with pytest.raises(VideoError, match="damaged"):
        read_whole(_grown(tmp_path, demo_clip, (320, 180)))
