"""How a stage tells how far it is, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Called from time to time with the stage's name and how much of it is done."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report ``done`` of ``total`` units (frames, files) of ``stage``."""


def silent(stage: str, done: int, total: int) -> None:
    """Take progress reports and do nothing with them."""
