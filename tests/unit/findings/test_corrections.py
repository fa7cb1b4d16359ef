"""The handbook is complete, points nowhere into the void, and says when its data is broken."""

import re
from pathlib import Path

import pytest

from gaitcam.errors import SettingsError
from gaitcam.findings import load_articles, load_corrections, load_handbook, load_red_flags
from gaitcam.findings.corrections import parse_handbook
from gaitcam.findings.coverage import cited_by, coverage_table
from gaitcam.findings.finding_keys import FINDING_LABELS

ROOT = Path(__file__).parents[3]
COPIED_WORDS = 7

ARTICLES = """
[[article]]
id = "A1"
title = "A title"
author = ""
site = ""
[article.sections]
one = { name = "One" }
"""
ENTRY = """
[[correction]]
id = "tall"
topic = "Run tall"
kind = "form"
text = "Run tall."
sources = ["A1/one"]
serves = ["trunk_lean"]
"""


def test_every_section_is_covered_or_says_why_not() -> None:
    cited = cited_by(load_handbook())
    for article in load_articles().values():
        for section in article.sections.values():
            is_cited = f"{article.article_id}/{section.section_id}" in cited
            assert is_cited != bool(section.without_advice), (article.article_id, section.name)


def test_every_finding_has_an_entry_that_serves_it() -> None:
    handbook = load_handbook()
    assert [key for key in FINDING_LABELS if not handbook.serving(key)] == []


def test_the_five_articles_are_named_as_they_name_themselves() -> None:
    by = {key: (article.author, article.site) for key, article in load_articles().items()}
    assert by == {
        "A1": ("Dylan Hayes", ""),
        "A2": ("", "UCF Health"),
        "A3": ("", ""),
        "A4": ("Lauren Bedosky", "MapMyRun"),
        "A5": ("", "Elite Pain Doctors"),
    }
    assert load_articles()["A3"].citation.endswith("No author named.")


def test_coverage_document_is_current() -> None:
    document = (ROOT / "docs" / "COVERAGE.md").read_text(encoding="utf-8")
    assert document == coverage_table(load_handbook()), (
        "run python -m gaitcam.findings.coverage > docs/COVERAGE.md"
    )


def test_entries_are_told_in_our_own_words(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (shared / "articles").glob("A*.txt")]
    assert len(texts) == 5
    runs = {run for text in texts for run in _word_runs(text)}
    copied = {
        entry.correction_id: sorted(_word_runs(f"{entry.text} {entry.note}") & runs)
        for entry in load_corrections().values()
    }
    assert {name: found for name, found in copied.items() if found} == {}


def _word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}


def test_what_the_articles_disagree_on_shows_both_sides() -> None:
    disagreements = {d.disagreement_id: d for d in load_handbook().disagreements}
    assert {"lean", "surfaces", "cadence", "when-to-see-someone"} <= set(disagreements)
    for disagreement in disagreements.values():
        positions = [{s.article_id for s in p.sources} for p in disagreement.positions]
        assert len(positions) >= 2
        assert positions[0] != positions[1], disagreement.disagreement_id


def test_red_flags_hold_both_articles_limits() -> None:
    flags = {flag.flag_id: {s.article_id for s in flag.sources} for flag in load_red_flags()}
    assert flags["over-24-hours"] == {"A1"}
    assert flags["over-two-weeks"] == {"A5"}
    assert {"sharp", "radiating", "numbness", "worsening", "daily-life"} <= set(flags)


def test_checklist_has_the_seven_points_and_self_screen_the_three_tests() -> None:
    handbook = load_handbook()
    assert len(handbook.checklist) == 7
    assert len(handbook.self_screen) == 3


def test_a_sound_entry_is_read() -> None:
    entry = parse_handbook(ARTICLES, ENTRY).corrections["tall"]
    assert entry.sources[0].key == "A1/one"
    assert entry.sources[0].section == "One"
    assert entry.dose == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A1/one", "A9/one", "'A9/one', which is not in articles.toml"),
        ("A1/one", "A1/two", "'A1/two', which is not in articles.toml"),
        ('sources = ["A1/one"]', "sources = []", "names no source"),
        ('sources = ["A1/one"]\n', "", "names no source"),
        ("trunk_lean", "trunc_lean", "unknown finding 'trunc_lean'"),
        ('serves = ["trunk_lean"]', "serves = []", "serves no finding"),
        ('"form"', '"foam"', "unknown kind 'foam'"),
        ('text = "Run tall."', 'text = ""', "needs a text for 'text'"),
        ('text = "Run tall."', "text = 7", "needs a text for 'text'"),
        ("topic =", "topik =", "unknown key 'topik'"),
        ("[[correction]]", "[[correction", "corrections.toml is not valid TOML"),
    ],
)
def test_a_broken_entry_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)):
        parse_handbook(ARTICLES, ENTRY.replace(old, new))


def test_an_id_used_twice_is_an_error() -> None:
    with pytest.raises(SettingsError, match="'tall' is used twice"):
        parse_handbook(ARTICLES, ENTRY + ENTRY)


def test_a_checklist_line_that_points_nowhere_is_an_error() -> None:
    line = '[[checklist]]\ntext = "Do it"\ncorrection = "gone"\nsources = ["A1/one"]\n'
    with pytest.raises(SettingsError, match="unknown correction 'gone'"):
        parse_handbook(ARTICLES, ENTRY + line)


def test_a_disagreement_of_one_is_an_error() -> None:
    one_sided = (
        '[[disagreement]]\nid = "d"\ntopic = "t"\nreading = "r"\nserves = ["trunk_lean"]\n'
        '[[disagreement.position]]\ntext = "p"\nsources = ["A1/one"]\n'
    )
    with pytest.raises(SettingsError, match="needs two positions"):
        parse_handbook(ARTICLES, ENTRY + one_sided)
