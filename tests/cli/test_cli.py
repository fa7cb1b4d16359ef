"""What the command line says and returns, for good input and bad."""

import json
import shutil
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner, Result

from gaitcam.cli import main

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
OUTPUTS = {
    "report.html",
    "report.md",
    "summary.json",
    "frames.csv",
    "steps.csv",
    "columns.csv",
    "landmarks.npz",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def assert_refused(result: Result, code: int, *words: str) -> None:
    """One sentence on standard error, the exit code, and no traceback."""
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    message = result.stderr.strip().splitlines()[-1]
    assert message.startswith("gaitcam: ")
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in message


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, demo_clip: Path) -> Path:
    """Two seconds of the demonstration clip, analysed with the annotated video."""
    folder = tmp_path_factory.mktemp("cli") / "out"
    result = run(
        "analyze", demo_clip, "--out", folder, "--height", "176", "--end", "2.5", "--quiet"
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return folder


def test_all_outputs_are_written(results: Path) -> None:
    present = {path.name for path in results.iterdir()}
    assert present >= OUTPUTS | {"annotated.mp4"}
    page = (results / "report.html").read_text(encoding="utf-8")
    assert page.count('class="still"') == 6  # three landings of each foot, taken with the video


def test_the_annotated_video_plays_in_browsers_with_the_sources_timing(
    results: Path, demo_clip: Path
) -> None:
    with av.open(str(results / "annotated.mp4")) as made, av.open(str(demo_clip)) as source:
        stream, original = made.streams.video[0], source.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == (original.width, original.height)
        times = [frame.time for frame in made.decode(stream)]
        true = [frame.time for frame in source.decode(original)]
    assert times == pytest.approx(true, abs=1e-3)


def test_no_temporary_folder_is_left(results: Path) -> None:
    assert [path.name for path in results.parent.iterdir()] == [results.name]


def test_stored_landmarks_give_the_same_numbers_without_the_clip(
    results: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    result = run(
        "analyze",
        "--landmarks",
        results / "landmarks.npz",
        "--out",
        again,
        "--height",
        "176",
        "--quiet",
    )
    assert result.exit_code == 0, result.output
    first, second = (
        json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        for folder in (results, again)
    )
    assert second["metrics"] == first["metrics"]
    assert not (again / "annotated.mp4").exists()


def test_a_second_run_takes_the_pose_from_the_cache(
    results: Path, tmp_path: Path, demo_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the pose was estimated again")

    monkeypatch.setattr("gaitcam.pipeline.estimate_landmarks", fail)
    common = ("--end", "2.5", "--no-video", "--quiet", "--height", "176")
    again = run("analyze", demo_clip, "--out", tmp_path / "again", *common)
    assert again.exit_code == 0, again.output
    first, second = (
        json.loads((folder / "summary.json").read_text(encoding="utf-8"))["metrics"]
        for folder in (results, tmp_path / "again")
    )
    assert second == first
    fresh = run("analyze", demo_clip, "--out", tmp_path / "fresh", "--no-cache", *common)
    assert isinstance(fresh.exception, AssertionError)


@pytest.mark.parametrize("option", [("--model", "lite"), ("--every-frame",), ("--workers", "1")])
def test_how_the_pose_is_found_cannot_be_told_of_a_stored_one(
    results: Path, tmp_path: Path, option: tuple[str, ...]
) -> None:
    out = tmp_path / "x"
    result = run("analyze", "--landmarks", results / "landmarks.npz", "--out", out, *option)
    assert result.exit_code == 2
    assert f"{option[0]}: the stored pose has been found already" in " ".join(result.stderr.split())
    assert not out.exists()


def test_landmarks_of_another_clip_are_refused(
    results: Path, tmp_path: Path, demo_clip: Path
) -> None:
    other = tmp_path / "other.mp4"
    shutil.copy(demo_clip, other)
    with other.open("ab") as file:
        file.write(b"\0")
    result = run(
        "analyze", other, "--landmarks", results / "landmarks.npz", "--out", tmp_path / "x"
    )
    assert_refused(result, 1, "belong to another clip")


def test_a_stranger_with_the_clips_name_is_not_taken_for_the_clip(
    results: Path, tmp_path: Path, demo_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(demo_clip.name).write_bytes(b"another clip")
    result = run("analyze", "--landmarks", results / "landmarks.npz", "--out", "out", "--quiet")
    assert result.exit_code == 0, result.output
    assert not Path("out/annotated.mp4").exists()


def test_json_prints_the_summary_and_nothing_else(results: Path, tmp_path: Path) -> None:
    result = run(
        "analyze", "--landmarks", results / "landmarks.npz", "--out", tmp_path / "j", "--json"
    )
    assert json.loads(result.stdout)["schema_version"]


def test_the_closing_table_names_the_headline_numbers_with_units(
    results: Path, tmp_path: Path
) -> None:
    result = run("analyze", "--landmarks", results / "landmarks.npz", "--out", tmp_path / "t")
    for word in ("Cadence", "steps/min", "Trunk lean", "°", "Pelvic tilt (estimate)"):
        assert word in result.stdout


def test_signs_of_danger_among_the_answers_come_before_the_numbers(
    results: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "me.toml"
    answers.write_text("has_pain = true\npain_spreads = true\n", encoding="utf-8")
    common = ("analyze", "--landmarks", results / "landmarks.npz", "--out", tmp_path / "t")
    words = "Please have your back looked at before you run on."
    assert words in run(*common, "--profile", answers).stdout.partition("running form")[0]
    assert words not in run(*common).stdout


def _picture_clip(path: Path, frames: int) -> Path:
    """Write a clip of nobody: a grey room."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(frames):
            frame = av.VideoFrame.from_ndarray(
                np.full((240, 320, 3), 128, np.uint8), format="rgb24"
            )
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _sound_file(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _bad_clip(kind: str, folder: Path, demo_clip: Path) -> Path:
    path = folder / f"{kind}.mp4"
    if kind == "text":
        path.write_text("this is no video", encoding="utf-8")
    elif kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    elif kind == "cut":
        path.write_bytes(demo_clip.read_bytes()[:20_000])
    elif kind == "sound":
        _sound_file(path)
    elif kind == "nobody":
        _picture_clip(path, 30)
    elif kind == "three_frames":
        _picture_clip(path, 3)
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "text", "empty", "folder", "cut", "sound", "nobody", "three_frames"]
)
def test_what_cannot_be_analysed_is_refused_in_words_and_leaves_nothing(
    kind: str, tmp_path: Path, demo_clip: Path
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    clip = _bad_clip(kind, source, demo_clip)
    result = run("analyze", clip, "--out", tmp_path / "out")
    assert_refused(result, 1, clip.name)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_failed_run_leaves_an_earlier_result_as_it_was(tmp_path: Path, demo_clip: Path) -> None:
    earlier = tmp_path / "out"
    earlier.mkdir()
    (earlier / "report.html").write_text("earlier", encoding="utf-8")
    result = run("analyze", _bad_clip("nobody", tmp_path, demo_clip), "--out", earlier)
    assert_refused(result, 1)
    assert (earlier / "report.html").read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in earlier.iterdir()] == ["report.html"]


def test_wrong_usage_exits_2(tmp_path: Path, demo_clip: Path) -> None:
    assert run("analyze").exit_code == 2
    assert run("analyze", demo_clip, "--model", "huge").exit_code == 2
    assert_refused(run("analyze", demo_clip, "--height", "17"), 2, "17 cm")
    config = tmp_path / "settings.toml"
    config.write_text("[runner]\nheigth_cm = 170\n", encoding="utf-8")
    assert_refused(run("analyze", demo_clip, "--config", config), 2, "heigth_cm", "height_cm")


def test_results_cannot_go_where_a_file_is(tmp_path: Path, demo_clip: Path) -> None:
    target = tmp_path / "taken"
    target.write_text("mine", encoding="utf-8")
    assert_refused(run("analyze", demo_clip, "--out", target), 1, "is a file")
    assert target.read_text(encoding="utf-8") == "mine"


def test_the_profile_asks_and_writes_and_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "profile.toml"
    result = CliRunner().invoke(main, ["profile", str(file)], input="km\n20, 30\n" + "\n" * 60)
    assert result.exit_code == 0, result.output
    assert "weekly_distances = [20" in file.read_text(encoding="utf-8")
    assert_refused(run("profile", file), 1, "exists already")


def test_the_profile_says_in_plain_words_what_an_answer_lacks(tmp_path: Path) -> None:
    file = tmp_path / "profile.toml"
    typed = "miles\n30 35 50\nmaybe\nno\n" + "\n" * 60
    result = CliRunner().invoke(main, ["profile", str(file)], input=typed)
    assert result.exit_code == 0, result.output
    asked = '"Are you coming back after a break?" needs yes or no, not "maybe".'
    assert f"{asked} Press Enter to skip it." in result.output
    assert "is_restarting" not in result.output
    written = file.read_text(encoding="utf-8")
    assert 'distance_unit = "mi"' in written
    assert "weekly_distances = [30.0, 35.0, 50.0]" in written
    assert "is_restarting = false" in written


def test_a_camera_rate_that_cannot_be_is_named_where_no_steps_are_found(
    results: Path, tmp_path: Path
) -> None:
    common = ("analyze", "--landmarks", results / "landmarks.npz", "--out", tmp_path / "out")
    result = run(*common, "--capture-fps", "960")
    assert_refused(result, 1, "960 frames per second", "the file plays at 60", "--capture-fps")
    assert "film two or more strides" not in result.stderr


def test_another_person_needs_the_clip(results: Path) -> None:
    result = run("analyze", "--landmarks", results / "landmarks.npz", "--person", "2")
    assert result.exit_code == 2
    assert "give the CLIP without --landmarks" in result.stderr


def test_an_impossible_person_is_refused(demo_clip: Path, tmp_path: Path) -> None:
    result = run("analyze", demo_clip, "--out", tmp_path / "out", "--person", "upper")
    assert_refused(result, 2, "person", "'upper'")
