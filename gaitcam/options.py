"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path

import click

from gaitcam.vocabulary import DEVICES

PERSON = click.option(
    "--person",
    metavar="WHO",
    help="Of several people, whom to follow: the number in people.jpg (1 = left-most), or left, "
    "centre, right (default: the runner).",
)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `analyze` and `demo` share."""
    options = [
        click.option(
            "--out", "-o", type=click.Path(path_type=Path), help="Folder for the results."
        ),
        click.option("--no-video", is_flag=True, help="Write no annotated video (quicker)."),
        click.option(
            "--units",
            type=click.Choice(["metric", "imperial"]),
            default="metric",
            show_default=True,
            help="Units of lengths and speeds.",
        ),
        click.option("--plots", is_flag=True, help="Also write figures as PNG and SVG."),
        click.option(
            "--profile",
            type=click.Path(path_type=Path),
            help="Training profile (TOML), see `gaitcam profile`.",
        ),
        click.option("--slowmo-contacts", is_flag=True, help="Slow the video around contacts."),
        click.option("--side-by-side", is_flag=True, help="Show the plain frame beside it."),
        click.option("--open", "open_report", is_flag=True, help="Open the report when done."),
        click.option(
            "--cache/--no-cache",
            default=True,
            show_default=True,
            help="Keep the pose of a clip, for a quick second run with other options.",
        ),
        click.option("--quiet", is_flag=True, help="Print errors only."),
        click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def analysis_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how to analyse."""
    options = [
        click.option("--height", type=float, metavar="CM", help="Runner's height: gives metres."),
        click.option("--model", type=click.Choice(["lite", "full", "heavy"]), help="Pose model."),
        click.option("--start", type=float, metavar="S", help="Analyse from this second on."),
        click.option("--end", type=float, metavar="S", help="Analyse up to this second."),
        click.option(
            "--capture-fps", type=float, metavar="N", help="The camera's rate, for slow motion."
        ),
        click.option(
            "--pelvis-markers",
            metavar="FX,FY,BX,BY[@S]",
            help="Pixels of two stickers on the near side of the pelvis, front (ASIS) and back "
            "(PSIS), in the frame at S seconds (default: the first): measures pelvic tilt.",
        ),
        PERSON,
        click.option(
            "--every-frame",
            is_flag=True,
            help="Look for the pose in every frame, not 30 times a second: slower, and hardly more "
            "accurate.",
        ),
        click.option(
            "--device",
            type=click.Choice(DEVICES),
            help="Let a graphics processor find the pose and decode, where there is one.",
        ),
        click.option("--workers", type=int, metavar="N", help="Cores to use (default: all)."),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            help="Settings file (TOML), see docs/SETTINGS.md.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command
