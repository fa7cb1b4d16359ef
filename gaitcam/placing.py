"""Puts finished results into a folder: all of them or none, and nothing that is not gaitcam's."""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gaitcam.errors import OutputError, VideoError, printable
from gaitcam.files import check_ordinary
from gaitcam.interruption import uninterrupted
from gaitcam.video.source import checksum

VIDEO_NAME = "annotated.mp4"
LANDMARKS_NAME = "landmarks.npz"
SUMMARY_NAME = "summary.json"
PLOTS_FOLDER = "plots"
# All that gaitcam ever puts into a folder.
RESULT_NAMES = (
    *(VIDEO_NAME, LANDMARKS_NAME, SUMMARY_NAME, "report.html", "report.md", "people.jpg"),
    *("frames.csv", "steps.csv", "columns.csv"),
    *(
        f"{PLOTS_FOLDER}/{figure}.{kind}"
        for figure in ("gait_cycle", "contacts", "stick_figures")
        for kind in ("png", "svg")
    ),
)
LARGEST_SUMMARY_BYTES = 200_000_000
MADE, EARLIER = "made", "earlier"  # folders in the workshop


def default_folder(source: Path) -> Path:
    """Return a folder named after the clip, beside it; stored landmarks lie in theirs already.

    ``run.mov`` goes into ``run-mov`` where ``run`` holds the results of ``run.mp4``.
    """
    if source.suffix == ".npz":
        return source.parent
    usual = source.with_suffix("")
    earlier = _clip_of(usual)
    if not source.suffix or earlier is None or earlier.file_name == printable(source.name):
        return usual
    if is_same_file(source, source.parent / earlier.file_name):  # run.MP4, where case is all one
        return usual
    return source.with_name(f"{source.stem}-{source.suffix[1:]}")


def check_not_replaced(given: Path, folder: Path, names: Iterable[str] = RESULT_NAMES) -> None:
    """Raise `OutputError` when a file that was ``given`` is one of those in ``folder``.

    Two names can lead to one file: by links, ``..``, or where the case of letters does not count.
    """
    place = real(folder)
    if any(is_same_file(given, place / name) for name in names):
        raise OutputError(
            f"{given} would be replaced by a result of this name; choose another folder with --out"
        )


def is_same_file(one: Path, other: Path) -> bool:
    """Tell whether both are there, and are one file."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def real(folder: Path) -> Path:
    """Return ``folder`` without links and ``..``, also where parts of it are still missing."""
    return Path(os.path.realpath(folder))


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """Yield a private temporary folder on the same disk as ``target``; always removed.

    What is in it goes to ``target`` by `move_in`.
    """
    name = f".gaitcam-{secrets.token_hex(4)}"
    room: Path | None = None
    try:
        _nearest_folder(target)  # says what is wrong with it as it was named
        room = _nearest_folder(real(target)) / name
        room.mkdir(mode=0o700)
        made = room / MADE
        made.mkdir(mode=0o700)
        yield made
    except (OSError, OutputError) as problem:
        if isinstance(problem, OutputError) and not isinstance(problem.__cause__, OSError):
            raise
        raise OutputError(
            f"cannot write to {target} ({_reason(problem)}); earlier results there are unchanged, "
            "choose another folder with --out"
        ) from problem
    finally:
        with uninterrupted():
            if room is not None:
                _clear(room)


def move_in(made: Path, target: Path, kept: Iterable[Path] = ()) -> None:
    """Move all files of the workshop ``made`` into ``target``, or none.

    What another clip's run left there and this one did not make goes, but for the files ``kept``.
    Raises `OSError` when a file cannot be moved; all is as before then.
    """
    paths = sorted(made.rglob("*"))
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)
    names = [path.relative_to(made) for path in paths if not path.is_dir()]
    place = real(target)
    _check_no_conflict(paths, made, place)
    left = _left_by_earlier_run(made, place, set(names), kept)
    with uninterrupted():
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            made.rename(place)
            return
        _exchange(made, place, names, left)


def _exchange(made: Path, place: Path, names: list[Path], stale: list[Path]) -> None:
    """Move the files ``names`` in, and what has their names, or is ``stale``, out."""
    earlier = made.parent / EARLIER
    gone: list[Path] = []
    arrived: list[Path] = []
    try:
        for name in (*names, *stale):
            if os.path.lexists(place / name):
                (earlier / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (place / name).replace(earlier / name)
                gone.append(name)
        for name in names:
            (place / name).parent.mkdir(mode=0o700, exist_ok=True)
            (made / name).replace(place / name)
            arrived.append(name)
    except BaseException:
        _put_back(earlier, place, gone, arrived)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
    for folder in {(place / name).parent for name in stale} - {place}:
        with suppress(OSError):  # somebody else's files are in it, too
            folder.rmdir()


def _put_back(earlier: Path, place: Path, gone: list[Path], arrived: list[Path]) -> None:
    """Undo an exchange; raises `OutputError` that says where the files are if that fails."""
    for name in arrived:
        with suppress(OSError):
            (place / name).unlink()
    lost = False
    for name in gone:
        try:
            (earlier / name).replace(place / name)
        except OSError:
            lost = True
    for folder in {(place / name).parent for name in arrived} - {place}:
        with suppress(OSError):
            folder.rmdir()
    if lost:
        raise OutputError(
            f"the results could not be put into {place}, nor all earlier ones be put back; "
            f"these are in {earlier}"
        ) from None


def _left_by_earlier_run(
    made: Path, place: Path, new: set[Path], kept: Iterable[Path]
) -> list[Path]:
    """Return the results of another clip in ``place`` that have not been made anew.

    Of the same clip only the plots: the pictures are still of it, and only it can give them.
    A file ``kept`` is none of them, nor is a clip that only has the annotated video's name.
    """
    earlier, own = _clip_of(place), _clip_of(made)
    if earlier is None or own is None:
        return []
    is_same = earlier.sha256 == own.sha256
    names = [Path(name) for name in RESULT_NAMES if name.startswith(PLOTS_FOLDER) or not is_same]
    clips, given = (earlier.sha256, own.sha256), list(kept)

    def is_left(name: Path) -> bool:
        path = place / name
        if name in new or path.is_symlink() or not path.is_file():
            return False
        if any(is_same_file(path, file) for file in given):
            return False
        try:
            return name != Path(VIDEO_NAME) or checksum(path) not in clips
        except VideoError:  # it cannot be read, so nobody knows what it is
            return False

    return [name for name in names if is_left(name)]


@dataclass(frozen=True, slots=True)
class _Clip:
    """Which clip results are about."""

    file_name: str
    sha256: str


def _clip_of(folder: Path) -> _Clip | None:
    """Return whose results gaitcam has left in a folder; None where it has left none."""
    path = folder / SUMMARY_NAME
    try:
        check_ordinary(path, LARGEST_SUMMARY_BYTES)
        summary = json.loads(path.read_text(encoding="utf-8"))
        if "gaitcam_version" not in summary["provenance"]:
            return None
        return _Clip(str(summary["clip"]["file_name"]), str(summary["clip"]["sha256"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _clear(room: Path) -> None:
    """Remove a workshop; earlier results that could not be put back stay in it."""
    shutil.rmtree(room / MADE, ignore_errors=True)
    for folder, _, _ in os.walk(room, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()


def _nearest_folder(target: Path) -> Path:
    """Return ``target``, or the nearest folder above it that is there."""
    absolute = target.absolute()
    for place in (absolute, *absolute.parents):
        try:
            place.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if place.is_dir():
            return place
        break
    raise OutputError(f"{place} is a file; choose another folder with --out")


def _reason(problem: Exception) -> str:
    cause = problem if isinstance(problem, OSError) else problem.__cause__
    return str(getattr(cause, "strerror", None) or problem).lower()


def _check_no_conflict(made: list[Path], workshop: Path, target: Path) -> None:
    """Raise `OutputError` before anything is moved where a folder has a result's name."""
    for path in made:
        place = target / path.relative_to(workshop)
        if place.exists() and place.is_dir() != path.is_dir():
            raise OutputError(
                f"{place} is in the way of a result of this name; move it, "
                "or choose another folder with --out"
            )
