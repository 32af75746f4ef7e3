"""From TOML to a charter; whatever cannot be meant is refused with the nearest name and that article's own sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.charter import ARTICLES, Agreement, Article, Charter
from laag.neighbourhood.charter.likely import nearest
from laag.neighbourhood.charter.values import Agreements, Truth, Value, Whole

HEADER = ("name", "version")
LONGEST_NAME, MOST_VERSIONS = 80, 999_999
WAY_OUT = "docs/charter.md has every article"
_TABLES = {one.table: None for one in ARTICLES if one.table}
_BY_NAME = {one.name: one for one in ARTICLES}
_USUAL = Charter("")


def read(path: Path) -> Charter:
    """The charter in a file."""
    try:
        return parse(path.read_text("utf-8"), str(path))
    except FileNotFoundError as missing:
        raise BadInput(f"there is no charter at {path}; {WAY_OUT}") from missing
    except UnicodeDecodeError as odd:
        raise BadInput(f"{path} is not UTF-8 ({odd}); save it as UTF-8") from odd


def parse(toml: str, where: str = "the charter") -> Charter:
    r"""The same from its text; what it leaves out is as usual.

    >>> parse('name = "Kade"\n[market]\nk_percent = 30\n').k_percent
    30
    """
    return of_tables(_tables(toml, where), where)


def of_tables(given: Mapping[str, Any], where: str = "the charter") -> Charter:
    """The same from tables that were read already."""
    if wrong := faults(given):
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise BadInput(f"{where}: {wrong[0].en}{more} ({WAY_OUT})")
    charter = Charter(given["name"], version=str(given.get("version", 1)))
    for one in ARTICLES:
        found = _given(one, given)
        if found is not None:
            charter = one.put(charter, _value(one, found))
    return charter


def _tables(toml: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as odd:
        raise BadInput(f"{where} is not TOML ({odd}); {WAY_OUT}") from odd


def faults(given: Mapping[str, Any] | str) -> tuple[Said, ...]:
    """All that is wrong with the tables of a charter; nothing where it is one."""
    if isinstance(given, str):
        given = _tables(given, "the charter")
    return (*_header(given), *_unknown(given), *_values(given))


def _header(given: Mapping[str, Any]) -> Iterator[Said]:
    name, version = given.get("name"), given.get("version", 1)
    if not (isinstance(name, str) and name.strip() and name.isprintable() and len(name) <= LONGEST_NAME):
        yield Said(
            f'name moet er staan: hoe de buurt heet, in hoogstens {LONGEST_NAME} tekens (name = "Onze straat")',
            f'name has to be there: what the neighbourhood is called, in at most {LONGEST_NAME} characters (name = "Our street")',
        )
    if not Whole(1, MOST_VERSIONS).fits(version):
        yield Said(
            f"version is {version!r}; het mag zijn: een geheel getal vanaf 1",
            f"version is {version!r}; it may be a whole number from 1 on",
        )


def _unknown(given: Mapping[str, Any]) -> Iterator[Said]:
    for key, value in given.items():
        if key in HEADER or (key in _BY_NAME and not _BY_NAME[key].table):
            continue
        if key in _TABLES and isinstance(value, Mapping):
            yield from (_no_article(f"{key}.{name}") for name in value if f"{key}.{name}" not in _BY_NAME)
        elif key in _TABLES:
            yield Said(f"{key} is een tabel; schrijf [{key}]", f"{key} is a table; write [{key}]")
        elif isinstance(value, Mapping):
            yield _nothing(key, nearest(key, _TABLES), list(_TABLES))
        else:
            yield _no_article(key)


def _no_article(name: str) -> Said:
    """A misspelt key; one that stands in the wrong table is found by its own name."""
    last = name.rpartition(".")[2]
    near = (
        next((one.name for one in ARTICLES if one.field == last), None)
        or nearest(name, [one.name for one in ARTICLES if one.table == name.rpartition(".")[0]])
        or nearest(name, _BY_NAME)
        or nearest(last, HEADER)
    )
    if near in _BY_NAME:
        said = _BY_NAME[near].said(_USUAL)
        return Said(
            f"er is geen artikel {name}; bedoel je {near}? „{said.nl}”",
            f"there is no article {name}; did you mean {near}? “{said.en}”",
        )
    return _nothing(name, near, list(_BY_NAME))


def _nothing(name: str, near: str | None, known: list[str]) -> Said:
    if near:
        return Said(f"er is geen {name}; bedoel je {near}?", f"there is no {name}; did you mean {near}?")
    named = ", ".join(known)
    return Said(f"er is geen {name}; kies uit {named}", f"there is no {name}; choose one of {named}")


def _values(given: Mapping[str, Any]) -> Iterator[Said]:
    for one in ARTICLES:
        found = _given(one, given)
        if found is None:
            continue
        if isinstance(one.may, Agreements) and (wrong := _in_agreements(found)) is not None:
            yield wrong
            continue
        if (why := one.wrong(_value(one, found))) is not None:
            said = one.said(_USUAL)
            if one.fixed is not None:
                by = one.fixed
                yield Said(
                    f"{why.nl}, want {by.why.nl} ({by.source})", f"{why.en}, for {by.why.en} ({by.source})"
                )
            else:
                yield Said(f"{why.nl} (gewoonlijk: „{said.nl}”)", f"{why.en} (as usual: “{said.en}”)")


def _in_agreements(found: Any) -> Said | None:
    known = [one.name for one in fields(Agreement)]
    needed = {one.name for one in fields(Agreement) if one.default is MISSING}
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        return Said("schrijf elke afspraak als [[agreements]]", "write each agreement as [[agreements]]")
    for one in found:
        for name in one:
            if name not in known:
                return _nothing(f"agreements.{name}", nearest(name, known), known)
        if lacking := sorted(needed - set(one)):
            named = ", ".join(lacking)
            return Said(f"een afspraak mist {named}", f"an agreement lacks {named}")
    return None


def _given(one: Article, given: Mapping[str, Any]) -> Any:
    """What a file says of an article; ``None``: nothing."""
    if not one.table:
        return given.get(one.name)
    table = given.get(one.table)
    return table.get(one.field) if isinstance(table, Mapping) else None


def _value(one: Article, found: Any) -> Value:
    """As the article has it; what it cannot be is for ``wrong`` to refuse."""
    match one.may:
        case Whole(nothing=str() as word) if found == word:
            return None
        case Truth(unsaid=True) if found is False:
            return None
        case Agreements() if isinstance(found, list):
            return tuple(_agreement(each) for each in found)
    return tuple(found) if isinstance(found, list) else found


def _agreement(found: Mapping[str, Any]) -> Agreement:
    plain = Agreement("", "", 0, 0)
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
    }
    return replace(plain, **given)
