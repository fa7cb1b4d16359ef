"""The table of which article section yields which entries: docs/COVERAGE.md.

``python -m gaitcam.findings.coverage > docs/COVERAGE.md`` writes it anew.
"""

import sys
from collections.abc import Iterable

from gaitcam.findings.corrections import load_handbook
from gaitcam.findings.finding_keys import FINDING_LABELS
from gaitcam.findings.handbook import Article, Handbook, Section, Source

_HEAD = """# What the articles say, and where it went

Every section of the five articles, and the entries of `gaitcam/findings/corrections.toml`
that tell what it says in our own words. Section names in square brackets are ours, where an
article has no heading. This file is generated: `python -m gaitcam.findings.coverage`.
"""

Citations = dict[str, list[str]]


def coverage_table(handbook: Handbook) -> str:
    """Return docs/COVERAGE.md: per article its sections with entries, then entries by finding."""
    citations = cited_by(handbook)
    tables = [_article_table(article, citations) for article in handbook.articles.values()]
    return "\n".join([_HEAD, *tables, _finding_table(handbook)])


def cited_by(handbook: Handbook) -> Citations:
    """Return for each section, such as ``A1/checklist``, the entries that cite it."""
    citations: Citations = {}
    for name, sources in _entries(handbook):
        for source in sources:
            names = citations.setdefault(source.key, [])
            if name not in names:
                names.append(name)
    return citations


def _entries(handbook: Handbook) -> Iterable[tuple[str, tuple[Source, ...]]]:
    for entry in handbook.corrections.values():
        yield f"`{entry.correction_id}`", entry.sources
    for disagreement in handbook.disagreements:
        for position in disagreement.positions:
            yield f"disagreement `{disagreement.disagreement_id}`", position.sources
    for flag in handbook.red_flags:
        yield f"red flag `{flag.flag_id}`", flag.sources
    for item in handbook.checklist:
        yield "weekly checklist", item.sources
    for test in handbook.self_screen:
        yield "self-screen", test.sources


def _article_table(article: Article, citations: Citations) -> str:
    rows = [_section_row(article, section, citations) for section in article.sections.values()]
    return "\n".join([f"## {article.citation}\n", "| Section | Entries |", "|---|---|", *rows, ""])


def _section_row(article: Article, section: Section, citations: Citations) -> str:
    names = citations.get(f"{article.article_id}/{section.section_id}", [])
    what = ", ".join(names) or f"No advice: {section.without_advice}"
    return f"| {section.name} | {what} |"


def _finding_table(handbook: Handbook) -> str:
    rows = [
        f"| {label} | {', '.join(f'`{c.correction_id}`' for c in handbook.serving(key))} |"
        for key, label in FINDING_LABELS.items()
    ]
    return "\n".join(["## Entries by finding\n", "| Finding | Entries |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(coverage_table(load_handbook()))
