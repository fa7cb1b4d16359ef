"""What the numbers mean and what the articles advise.

`assess` reads a run's summary into findings, `top_actions` picks the three things to do
first.  The handbook (`load_handbook`, `load_articles`, `load_corrections`,
`load_red_flags`) holds what the five articles say; a correction's id is its anchor in the
report.  `PAPERS` are the studies that findings cite by id.
"""

from gaitcam.findings.assess import assess, top_actions
from gaitcam.findings.corrections import (
    load_articles,
    load_corrections,
    load_handbook,
    load_red_flags,
)
from gaitcam.findings.papers import PAPERS

__all__ = [
    "PAPERS",
    "assess",
    "load_articles",
    "load_corrections",
    "load_handbook",
    "load_red_flags",
    "top_actions",
]
