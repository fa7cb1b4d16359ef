"""What the numbers mean and what the articles advise.

The handbook (`load_handbook`, `load_articles`, `load_corrections`, `load_red_flags`) holds
what the five articles say; a correction's id is its anchor in the report.
"""

from gaitcam.findings.corrections import (
    load_articles,
    load_corrections,
    load_handbook,
    load_red_flags,
)

__all__ = [
    "load_articles",
    "load_corrections",
    "load_handbook",
    "load_red_flags",
]
