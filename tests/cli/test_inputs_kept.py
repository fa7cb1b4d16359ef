"""What is given to the program is never lost; no result of another clip stays beside the new."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner, Result

from gaitcam.cli import main
from gaitcam.delivery import OutputOptions, check_writable, write_outputs
from gaitcam.errors import OutputError
from gaitcam.pipeline import analyze_landmarks
from gaitcam.placing import RESULT_NAMES, default_folder
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.report.write import ReportOptions
from gaitcam.settings import Settings
from gaitcam.video.cuts import CERTAIN, Cut
from tests.robustness.clips import Recipe, even_times, source_pictures, write_clip, zeroed

STORED = Path(__file__).parents[2] / "fixtures" / "landmarks" / "demo_overstride.npz"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def metrics_in(folder: Path) -> object:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))["metrics"]


@pytest.fixture
def pose(tmp_path: Path) -> Path:
    """A folder with the stored pose of the demonstration clip."""
    (tmp_path / "pose").mkdir()
    return Path(shutil.copy(STORED, tmp_path / "pose" / "landmarks.npz"))


def test_a_clip_is_known_by_whatever_way_leads_to_its_folder(
    demo_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cl").mkdir()
    (tmp_path / "link").symlink_to("cl")
    shutil.copy(demo_clip, "cl/annotated.mp4")
    for out in ("link", "other/../cl", "cl", tmp_path / "cl"):
        result = run("analyze", "cl/annotated.mp4", "--landmarks", STORED, "--out", out)
        assert result.exit_code == 1, out
        assert "would be replaced" in result.stderr
    assert Path("cl/annotated.mp4").read_bytes() == demo_clip.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"cl", "link"}


@pytest.mark.parametrize("name", RESULT_NAMES)
def test_no_input_that_has_a_results_name_is_replaced(name: str, tmp_path: Path) -> None:
    given = tmp_path / name
    given.parent.mkdir(exist_ok=True)
    given.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="would be replaced"):
        check_writable(tmp_path, clip=given)
    if name == "landmarks.npz":  # is written again as it was
        check_writable(tmp_path, landmarks=given)
        return
    with pytest.raises(OutputError, match="would be replaced"):
        check_writable(tmp_path, landmarks=given)


def test_a_part_of_a_stored_pose_leaves_the_whole_of_it_in_place(pose: Path) -> None:
    common = ("analyze", "--landmarks", pose, "--quiet")
    before = LandmarkTrack.load(pose)
    assert run(*common, "--start", "3", "--end", "6").exit_code == 0
    after = LandmarkTrack.load(pose)
    np.testing.assert_array_equal(after.image_px, before.image_px)
    np.testing.assert_array_equal(after.time_s, before.time_s)
    first = metrics_in(pose.parent)
    result = run(*common, "--end", "2.5")
    assert result.exit_code == 0, result.output
    assert run(*common, "--start", "3", "--end", "6").exit_code == 0
    assert metrics_in(pose.parent) == first


def test_what_a_run_leaves_out_can_be_measured_from_its_stored_pose(tmp_path: Path) -> None:
    """As the note about another part advises; and the same again gives the same again."""
    track = LandmarkTrack.load(STORED)
    stored = tmp_path / "cut.npz"
    object.__setattr__(track, "cuts", (Cut(5.0, CERTAIN + 1),))
    track.save(stored)
    out = tmp_path / "out"
    assert run("analyze", "--landmarks", stored, "--out", out, "--quiet").exit_code == 0
    first = (out / "summary.json").read_text(encoding="utf-8")
    assert "To measure another part" in first
    again = run("analyze", "--landmarks", out / "landmarks.npz", "--quiet")
    assert again.exit_code == 0, again.output
    assert metrics_in(out) == json.loads(first)["metrics"]
    rest = run("analyze", "--landmarks", out / "landmarks.npz", "--start", "5.1", "--quiet")
    assert rest.exit_code == 0, rest.output


def of_another_clip(pose: Path, folder: Path) -> Path:
    """Return a stored pose that tells of another clip."""
    track = LandmarkTrack.load(pose)
    stored = folder / "other.npz"
    replace(track, video=replace(track.video, sha256="00" * 32)).save(stored)
    return stored


def test_results_of_another_clip_do_not_stay_beside_the_new(
    demo_clip: Path, pose: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    earlier = ("analyze", demo_clip, "--landmarks", pose, "--end", "3", "--plots", "--quiet")
    assert run(*earlier, "--out", out).exit_code == 0
    (out / "people.jpg").write_text("of the clip before", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert (out / "annotated.mp4").exists()
    assert len(list((out / "plots").iterdir())) == 6
    # The same clip told anew keeps what only the clip itself can give.
    assert run("analyze", "--landmarks", pose, "--out", out, "--quiet").exit_code == 0
    assert {path.name for path in out.iterdir()} >= {"annotated.mp4", "people.jpg"}
    assert not (out / "plots").exists()
    other = of_another_clip(pose, tmp_path)
    assert run("analyze", "--landmarks", other, "--out", out, "--quiet").exit_code == 0
    present = {path.name for path in out.iterdir()}
    assert not present & {"annotated.mp4", "plots", "people.jpg"}
    assert present >= {"notes.txt", "report.html", "frames.csv"}
    assert not [name for name in present if name.startswith(".")]


def test_what_is_not_gaitcams_stays(demo_clip: Path, pose: Path, tmp_path: Path) -> None:
    """Files beside the plots, links, a clip with a result's name; all, where no run was before."""
    out = tmp_path / "out"
    (out / "plots").mkdir(parents=True)
    shutil.copy(demo_clip, out / "annotated.mp4")
    (out / "people.jpg").write_text("mine", encoding="utf-8")
    arguments = ("analyze", "--landmarks", pose, "--out", out, "--quiet")
    assert run(*arguments).exit_code == 0
    assert (out / "people.jpg").exists()
    (out / "plots" / "contacts.png").symlink_to(out / "people.jpg")
    (out / "plots" / "mine.png").write_text("mine", encoding="utf-8")
    other = of_another_clip(pose, tmp_path)
    assert run("analyze", "--landmarks", other, "--out", out, "--quiet").exit_code == 0
    assert {path.name for path in (out / "plots").iterdir()} == {"contacts.png", "mine.png"}
    # The clip of the run before, which was not named.
    assert (out / "annotated.mp4").read_bytes() == demo_clip.read_bytes()


def test_a_way_through_a_missing_folder_makes_none(pose: Path, tmp_path: Path) -> None:
    analysis = analyze_landmarks(LandmarkTrack.load(pose))
    for _ in range(2):  # into a new folder, and into one that is there
        write_outputs(analysis, tmp_path / "missing" / ".." / "out")
        assert {path.name for path in tmp_path.iterdir()} == {"pose", "out"}
        assert (tmp_path / "out" / "report.html").exists()


def test_all_that_is_made_is_known_by_name(pose: Path, tmp_path: Path) -> None:
    options = OutputOptions(report=ReportOptions(plots=True))
    out = write_outputs(analyze_landmarks(LandmarkTrack.load(pose)), tmp_path / "o", options)
    made = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert made == set(RESULT_NAMES) - {"annotated.mp4", "people.jpg"}


@pytest.mark.parametrize("failing", ["move out", "move in"])
def test_when_one_file_cannot_be_replaced_none_is(
    failing: str, pose: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a table that Excel holds open on Windows, or another user's file in a shared folder."""
    out = tmp_path / "out"
    analysis = analyze_landmarks(LandmarkTrack.load(pose))
    options = OutputOptions(report=ReportOptions(plots=True))
    write_outputs(analysis, out, options)
    for name in ("landmarks.npz", "plots/contacts.svg"):
        (out / name).unlink()
    before = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        outward = out / "steps.csv" == self
        inward = out / "steps.csv" == target and self.parent.name == "made"
        if outward if failing == "move out" else inward:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    other = analyze_landmarks(analysis.to_store, Settings().changed("video", start_s=3.0))
    with pytest.raises(OutputError, match="earlier results there are unchanged"):
        write_outputs(other, out)
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_earlier_results_that_cannot_be_put_back_are_kept_and_it_is_said_where(
    pose: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    analysis = analyze_landmarks(LandmarkTrack.load(pose))
    write_outputs(analysis, out)
    report = (out / "report.html").read_bytes()
    replace = Path.replace

    def fails_for_good(self: Path, target: Path) -> Path:
        if target.parent == out:
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_for_good)
    with pytest.raises(OutputError, match="these are in") as problem:
        write_outputs(analysis, out)
    (kept,) = out.glob(".gaitcam-*/earlier")
    assert str(kept) in str(problem.value)
    assert (kept / "report.html").read_bytes() == report


def test_clips_of_one_name_but_two_kinds_do_not_share_a_folder(pose: Path) -> None:
    analysis = analyze_landmarks(LandmarkTrack.load(pose))  # of demo_overstride.mp4
    home = pose.parent
    clip = home / analysis.video.file_name
    other = clip.with_suffix(".mov")
    assert default_folder(clip) == default_folder(other) == home / "demo_overstride"
    write_outputs(analysis, home / "demo_overstride")
    assert default_folder(clip) == home / "demo_overstride"
    assert default_folder(other) == home / "demo_overstride-mov"
    assert default_folder(home / "demo_overstride") == home / "demo_overstride"
    assert default_folder(pose) == home
    clip.write_bytes(b"")
    os.link(clip, home / "demo_overstride.MP4")  # one file, where the case of letters is all one
    assert default_folder(home / "demo_overstride.MP4") == home / "demo_overstride"
    (home / "demo_overstride" / "summary.json").write_text("{}", encoding="utf-8")
    assert default_folder(other) == home / "demo_overstride"


def test_player_and_video_agree_where_a_clip_begins_damaged(
    demo_clip: Path, tmp_path: Path
) -> None:
    """Its first pictures cannot be decoded, so the annotated video begins later, too."""
    pictures = source_pictures(demo_clip, 240, step=1)
    recipe = Recipe(times_s=even_times(60, 240), gop=30, size=(640, 360))
    clip = zeroed(write_clip(recipe, pictures, tmp_path / "s.mp4"), range(20))
    out = tmp_path / "out"
    result = run("analyze", clip, "--out", out, "--quiet", "--no-cache")
    assert result.exit_code == 0, result.output
    page = (out / "report.html").read_text(encoding="utf-8")
    video_s = json.loads(page.partition('"video_s":')[2].partition("]")[0] + "]")
    track = LandmarkTrack.load(out / "landmarks.npz")
    assert track.shown_s[0] == pytest.approx(0.5)
    assert video_s[0] == pytest.approx(0.0)
    with av.open(str(out / "annotated.mp4")) as made:
        last = max(frame.time or 0.0 for frame in made.decode(video=0))
    assert video_s[-1] == pytest.approx(last, abs=1e-3)
