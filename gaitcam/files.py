"""Files that are read with care and written for their owner alone."""

import errno
import secrets
import stat
from pathlib import Path


def check_ordinary(path: Path, largest_bytes: int) -> None:
    """Raise `OSError` unless ``path`` is an ordinary file of at most ``largest_bytes``.

    A pipe would be waited for without end, a device read without end.
    """
    facts = path.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise OSError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    if facts.st_size > largest_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {largest_bytes / 1e6:g} MB")


def write_privately(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, readable for the user alone; raises `OSError`."""
    draft = path.with_name(f".gaitcam-{secrets.token_hex(4)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
