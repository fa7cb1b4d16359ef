"""Text files that only their owner can read, written whole or not at all."""

import secrets
from pathlib import Path


def write_privately(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, readable for the user alone; raises `OSError`."""
    draft = path.with_name(f".gaitcam-{secrets.token_hex(4)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
