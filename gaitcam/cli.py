"""The command line: the only module that prints, asks, exits or knows click."""

import json
import os
import signal
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaitcam.errors import GaitcamError, SettingsError, printable
from gaitcam.interruption import POLITE_SIGNALS
from gaitcam.options import PERSON, analysis_options, output_options
from gaitcam.vocabulary import GPU

if TYPE_CHECKING:
    from gaitcam.analysis import Analysis
    from gaitcam.findings.questions import Question
    from gaitcam.settings import Settings

INTERRUPTED = 130

# Everything else is imported where it is used: `gaitcam --help` must answer at once.


class _Main(click.Group):
    """Turns gaitcam's own errors into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GaitcamError as problem:
            click.echo(f"gaitcam: {printable(str(problem))}", err=True)
            sys.exit(problem.exit_code)
        except MemoryError:
            click.echo("gaitcam: not enough memory; choose a part with --start, --end", err=True)
            sys.exit(1)
        except ImportError as problem:
            if ".so" not in str(problem):
                raise
            click.echo(f"gaitcam: {_missing_library(problem)}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("gaitcam: stopped; unfinished results were removed", err=True)
            sys.exit(INTERRUPTED)


def _missing_library(problem: ImportError) -> str:
    return (
        f"a system library is missing ({problem}); on Debian or Ubuntu: "
        "apt install libgl1 libegl1 libgles2 libglib2.0-0"
    )


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gaitcam")
def main() -> None:
    """Running form from a side-view phone video.

    gaitcam finds where the foot lands relative to the hips, trunk lean, an estimate of pelvic
    tilt, cadence and more, and writes an annotated video, tables and a report. It runs offline
    and informs; it does not diagnose.
    """
    # A polite kill, or a terminal that is closed, cleans up as Ctrl-C does.
    for number in POLITE_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup asks
            signal.signal(number, _interrupt)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@main.command()
@click.argument("clip", type=click.Path(path_type=Path), required=False)
@click.option(
    "--landmarks",
    "landmarks_file",
    type=click.Path(path_type=Path),
    help="Use this stored pose (landmarks.npz) instead of finding it again.",
)
@analysis_options
@output_options
def analyze(clip: Path | None, landmarks_file: Path | None, **options: Any) -> None:
    """Analyse CLIP, a video of a runner filmed from the side.

    Results go into a folder named after the clip, beside it, unless --out says otherwise.
    """
    if clip is None and landmarks_file is None:
        raise click.UsageError("give a CLIP, or --landmarks FILE")
    if landmarks_file is not None:
        _check_no_search(options)
    from gaitcam.placing import default_folder

    source = clip or landmarks_file
    assert source is not None
    folder = options["out"] or default_folder(source)
    _run(clip, landmarks_file, folder, _settings(options), options)


def _check_no_search(options: dict[str, Any]) -> None:
    """Refuse options that say how the pose is found, and whose: a stored one has been found."""
    for name in ("model", "every_frame", "workers", "person"):
        if options[name] not in (None, False):
            raise click.UsageError(
                f"--{name.replace('_', '-')}: the stored pose has been found already, of one "
                "person; give the CLIP without --landmarks to find it anew"
            )


@main.command()
@click.argument("clip", type=click.Path(path_type=Path))
@click.option("--start", type=float, metavar="S", help="Check from this second on.")
@click.option("--end", type=float, metavar="S", help="Check up to this second.")
@click.option("--capture-fps", type=float, metavar="N", help="The camera's rate, for slow motion.")
@PERSON
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def check(clip: Path, as_json: bool, **options: Any) -> None:
    """Check in seconds whether CLIP is fit for analysis, and how to film it better.

    Looks at a part of the clip only.  The exit code is 0 when the clip can be analysed and
    judged as running from the side, and 1 when it cannot.
    """
    from gaitcam.check.clip import check_clip
    from gaitcam.check.report import as_plain
    from gaitcam.terminal import print_check, progress_bars

    settings = _settings(options)
    with progress_bars(is_shown=not as_json and sys.stderr.isatty()) as progress:
        report = check_clip(clip, settings.video, settings.pose, progress)
    if as_json:
        click.echo(json.dumps(as_plain(report), indent=2, ensure_ascii=False))
    else:
        print_check(report, printable(clip.name))
    if not report.is_usable:
        sys.exit(1)


@main.command()
@output_options
def demo(**options: Any) -> None:
    """Analyse the bundled clip: a rendered runner, 1.76 m tall, who overstrides."""
    from gaitcam.demo import DEMO_HEIGHT_CM, find_demo_clip

    settings = _settings({"height": DEMO_HEIGHT_CM})
    folder = options["out"] or Path("gaitcam-demo")
    _run(find_demo_clip(), None, folder, settings, options)


@main.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("profile.toml"))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def profile(file: Path, force: bool) -> None:
    """Ask about training, shoes and pain, and write the answers to FILE (profile.toml).

    Give the file to `gaitcam analyze --profile FILE`: the report then checks what a clip cannot
    show. Press Enter to skip a question; nothing leaves this computer.
    """
    from gaitcam.errors import OutputError
    from gaitcam.files import write_privately
    from gaitcam.findings.profile_file import Profile, profile_as_toml
    from gaitcam.findings.questions import QUESTIONS

    if file.exists() and not force:
        raise OutputError(f"{file} exists already; choose another name, or --force to replace it")
    answers: dict[str, Any] = {}
    group = ""
    for question in QUESTIONS:
        if question.group != group:
            group = question.group
            click.secho(f"\n{group}", bold=True)
        answer = _ask(question)
        if answer is not None:
            answers[question.key] = answer
    text = profile_as_toml(Profile(**answers))
    try:
        write_privately(file, text)
    except OSError as problem:
        raise OutputError(f"{file} cannot be written ({problem.strerror})") from None
    click.echo(f"\nWritten: {file}")


def _ask(question: "Question") -> Any:
    """Ask until the answer fits the question; None when it is skipped."""
    from gaitcam.findings.answers import parse_answer

    while True:
        text = click.prompt(question.spoken, default="", show_default=False).strip()
        if not text:
            return None
        try:
            return parse_answer(question, text)
        except SettingsError as problem:
            click.echo(f"  {problem} Press Enter to skip it.")


def _settings(options: dict[str, Any]) -> "Settings":
    from gaitcam.pose.estimator import EVERY_FRAME
    from gaitcam.settings import Settings, read_settings

    settings = read_settings(options["config"]) if options.get("config") else Settings()
    settings = settings.changed("runner", height_cm=options.get("height"))
    settings = settings.changed(
        "video",
        start_s=options.get("start"),
        end_s=options.get("end"),
        capture_fps=options.get("capture_fps"),
        device=options.get("device"),
    )
    settings = settings.changed("pelvis", markers=options.get("pelvis_markers"))
    return settings.changed(
        "pose",
        model=options.get("model"),
        workers=options.get("workers"),
        person=options.get("person"),
        poses_per_s=EVERY_FRAME if options.get("every_frame") else None,
        device=_device(options),
    )


def _device(options: dict[str, Any]) -> str | None:
    """Return where the pose is found, and say so when a graphics processor is asked for in vain."""
    if options.get("device") != GPU:
        return options.get("device")
    from gaitcam.pose.model_files import find_model
    from gaitcam.pose.networks import LandmarkPlacer

    device = LandmarkPlacer(find_model(options.get("model") or "full").path, GPU).device
    if device != GPU:
        click.echo(
            "gaitcam: no graphics processor can be used here; the processor does the work", err=True
        )
    return device


def _run(
    clip: Path | None,
    landmarks_file: Path | None,
    folder: Path,
    settings: "Settings",
    options: dict[str, Any],
) -> None:
    """Analyse, write, and tell."""
    from gaitcam.delivery import check_writable, write_outputs
    from gaitcam.terminal import print_summary, progress_bars

    outputs = _outputs(options)
    if clip is not None:
        _check_clip(clip)
    check_writable(folder, clip, landmarks_file)
    with progress_bars(is_shown=not (options["quiet"] or options["as_json"])) as progress:
        analysis = _analyse(clip, landmarks_file, settings, progress, options["cache"])
        write_outputs(analysis, folder, outputs, progress)
    if options["as_json"]:
        click.echo((folder / "summary.json").read_text(encoding="utf-8"))
    elif not options["quiet"]:
        print_summary(analysis, folder, outputs.report.units, outputs.report.profile_findings)
    if options["open_report"]:
        webbrowser.open((folder / "report.html").resolve().as_uri())


def _check_clip(clip: Path) -> None:
    """Say what is wrong with a clip's path before any folder is touched."""
    from gaitcam.errors import VideoError

    if not os.path.lexists(clip):
        raise VideoError(f"{clip}: no such file")


def _analyse(
    clip: Path | None,
    landmarks_file: Path | None,
    settings: "Settings",
    progress: Any,
    use_cache: bool,
) -> "Analysis":
    from gaitcam.pipeline import analyze as analyze_clip
    from gaitcam.pipeline import analyze_landmarks, attach_clip
    from gaitcam.pose.cache import LandmarkCache, user_cache_folder
    from gaitcam.pose.landmarks import LandmarkTrack

    if landmarks_file is None:
        assert clip is not None
        cache = LandmarkCache(user_cache_folder()) if use_cache else None
        return analyze_clip(clip, settings, progress, cache)
    landmarks = LandmarkTrack.load(landmarks_file)
    if clip is not None:
        landmarks = attach_clip(landmarks, clip, settings)
    return analyze_landmarks(landmarks, settings, progress)


def _outputs(options: dict[str, Any]) -> Any:
    from gaitcam.delivery import OutputOptions
    from gaitcam.findings.profile import check_profile
    from gaitcam.findings.profile_file import read_profile
    from gaitcam.overlay.settings import OverlaySettings
    from gaitcam.report.write import ReportOptions
    from gaitcam.units import UnitSystem

    profile, units = options["profile"], UnitSystem(options["units"])
    return OutputOptions(
        video=not options["no_video"],
        overlay=OverlaySettings(
            slowmo_contacts=options["slowmo_contacts"],
            side_by_side=options["side_by_side"],
            units=units,
        ),
        report=ReportOptions(
            units=units,
            plots=options["plots"],
            profile_findings=check_profile(read_profile(profile)) if profile else (),
        ),
    )
