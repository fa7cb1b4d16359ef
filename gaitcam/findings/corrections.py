"""Read the handbook from ``articles.toml`` and ``corrections.toml``, and check it.

Nothing is read before it is asked for; afterwards it is kept.  A fault in the data is a
`SettingsError` that names the file, the entry and the fault.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from gaitcam.errors import SettingsError
from gaitcam.findings.finding_keys import FINDING_LABELS
from gaitcam.findings.handbook import (
    Article,
    ChecklistItem,
    Correction,
    CorrectionKind,
    Disagreement,
    Handbook,
    Position,
    RedFlag,
    Section,
    SelfTest,
    Source,
)

ARTICLES_FILE = "articles.toml"
CORRECTIONS_FILE = "corrections.toml"

Table = Mapping[str, Any]
Articles = Mapping[str, Article]
Entry = TypeVar("Entry")


def load_articles() -> Articles:
    """Return the five articles by id, ``"A1"`` to ``"A5"``."""
    return load_handbook().articles


def load_corrections() -> Mapping[str, Correction]:
    """Return all corrections by id."""
    return load_handbook().corrections


def load_red_flags() -> tuple[RedFlag, ...]:
    """Return the signs that send the reader to a professional."""
    return load_handbook().red_flags


@cache
def load_handbook() -> Handbook:
    """Return the whole handbook; raises `SettingsError` where its data is faulty."""
    return parse_handbook(_read(ARTICLES_FILE), _read(CORRECTIONS_FILE))


def _read(name: str) -> str:
    return resources.files("gaitcam.findings").joinpath(name).read_text(encoding="utf-8")


def parse_handbook(articles_toml: str, corrections_toml: str) -> Handbook:
    """Return the handbook that two TOML texts hold; raises `SettingsError`."""
    articles = _articles(_parse(articles_toml, ARTICLES_FILE))
    tables = _parse(corrections_toml, CORRECTIONS_FILE)
    entries = [_correction(table, articles) for table in tables.get("correction", [])]
    corrections = _by_id([(entry.correction_id, entry) for entry in entries])
    return Handbook(
        articles=articles,
        corrections=corrections,
        disagreements=tuple(_disagreement(t, articles) for t in tables.get("disagreement", [])),
        red_flags=tuple(_red_flag(table, articles) for table in tables.get("red_flag", [])),
        checklist=tuple(
            _checklist_item(table, articles, corrections) for table in tables.get("checklist", [])
        ),
        self_screen=tuple(
            _self_test(table, articles, corrections) for table in tables.get("self_screen", [])
        ),
    )


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name} is not valid TOML: {error}.") from error


def _by_id(pairs: Sequence[tuple[str, Entry]]) -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    for entry_id, entry in pairs:
        if entry_id in entries:
            raise SettingsError(f"The id '{entry_id}' is used twice; ids must be unique.")
        entries[entry_id] = entry
    return MappingProxyType(entries)


def _articles(tables: Table) -> Articles:
    return _by_id([(str(table["id"]), _article(table)) for table in tables["article"]])


def _article(table: Table) -> Article:
    sections = {
        key: Section(key, section["name"], section.get("without_advice", ""))
        for key, section in table["sections"].items()
    }
    return Article(
        article_id=table["id"],
        title=table["title"],
        author=table["author"],
        site=table["site"],
        sections=MappingProxyType(sections),
    )


def _correction(table: Table, articles: Articles) -> Correction:
    name = _text(table, "id", CORRECTIONS_FILE)
    _check_keys(table, {"id", "topic", "kind", "text", "sources", "serves", "dose", "note"}, name)
    return Correction(
        correction_id=name,
        topic=_text(table, "topic", name),
        kind=_kind(_text(table, "kind", name), name),
        text=_text(table, "text", name),
        sources=_sources(table, articles, name),
        serves=_serves(table, name),
        dose=table.get("dose", ""),
        note=table.get("note", ""),
    )


def _kind(word: str, entry: str) -> CorrectionKind:
    try:
        return CorrectionKind(word)
    except ValueError:
        kinds = ", ".join(CorrectionKind)
        raise SettingsError(f"'{entry}' has the unknown kind '{word}'; known: {kinds}.") from None


def _disagreement(table: Table, articles: Articles) -> Disagreement:
    name = _text(table, "id", "disagreement")
    _check_keys(table, {"id", "topic", "serves", "reading", "position"}, name)
    positions = tuple(
        Position(_text(side, "text", name), _sources(side, articles, name))
        for side in table.get("position", [])
    )
    if len(positions) < 2:
        raise SettingsError(f"The disagreement '{name}' needs two positions or more.")
    return Disagreement(
        disagreement_id=name,
        topic=_text(table, "topic", name),
        positions=positions,
        reading=_text(table, "reading", name),
        serves=_serves(table, name),
    )


def _red_flag(table: Table, articles: Articles) -> RedFlag:
    name = _text(table, "id", "red_flag")
    _check_keys(table, {"id", "text", "sources"}, name)
    return RedFlag(name, _text(table, "text", name), _sources(table, articles, name))


def _checklist_item(
    table: Table, articles: Articles, corrections: Mapping[str, Correction]
) -> ChecklistItem:
    name = _text(table, "text", "checklist")
    _check_keys(table, {"text", "correction", "sources"}, name)
    return ChecklistItem(
        name, _known_correction(table, corrections, name), _sources(table, articles, name)
    )


def _self_test(table: Table, articles: Articles, corrections: Mapping[str, Correction]) -> SelfTest:
    name = _text(table, "text", "self_screen")
    _check_keys(table, {"text", "good_answer", "otherwise", "correction", "sources"}, name)
    return SelfTest(
        text=name,
        good_answer=_text(table, "good_answer", name),
        otherwise=_text(table, "otherwise", name),
        correction_id=_known_correction(table, corrections, name),
        sources=_sources(table, articles, name),
    )


def _known_correction(table: Table, corrections: Mapping[str, Correction], entry: str) -> str:
    correction_id = _text(table, "correction", entry)
    if correction_id not in corrections:
        raise SettingsError(f"'{entry}' points to the unknown correction '{correction_id}'.")
    return correction_id


def _text(table: Table, key: str, entry: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"'{entry}' in {CORRECTIONS_FILE} needs a text for '{key}'.")
    return value


def _check_keys(table: Table, known: set[str], entry: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(f"'{entry}' in {CORRECTIONS_FILE} has the unknown key '{unknown[0]}'.")


def _serves(table: Table, entry: str) -> tuple[str, ...]:
    keys = tuple(table.get("serves", ()))
    unknown = [key for key in keys if key not in FINDING_LABELS]
    if unknown or not keys:
        what = f"the unknown finding '{unknown[0]}'" if unknown else "no finding"
        raise SettingsError(f"'{entry}' in {CORRECTIONS_FILE} serves {what}.")
    return keys


def _sources(table: Table, articles: Articles, entry: str) -> tuple[Source, ...]:
    keys = table.get("sources", [])
    if not keys:
        raise SettingsError(f"'{entry}' in {CORRECTIONS_FILE} names no source.")
    return tuple(_source(key, articles, entry) for key in keys)


def _source(key: str, articles: Articles, entry: str) -> Source:
    article_id, _, section_id = key.partition("/")
    article = articles.get(article_id)
    if article is None or section_id not in article.sections:
        raise SettingsError(f"'{entry}' cites '{key}', which is not in {ARTICLES_FILE}.")
    return Source(article_id, article.title, section_id, article.sections[section_id].name)
