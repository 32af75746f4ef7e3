"""From a charter to TOML: every article, in order, under the sentence that says what it means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from textwrap import wrap

from laag.foundation.words import Lang, Said
from laag.neighbourhood.charter import ARTICLES, Agreement, Article, Charter
from laag.neighbourhood.charter.values import Agreements, Truth

WIDTH = 110
_FIXED = Said("Dit verandert niet bij stemming", "This is not changed by a vote")


def text(charter: Charter, lang: Lang = Lang.EN) -> str:
    """What ``parse`` reads as the same charter.

    >>> text(Charter("Kade")).splitlines()[:4]
    ['name = "Kade"', 'version = 1', '', '[market]']
    """
    lines = [f"name = {_word(charter.name)}", f"version = {charter.version}"]
    table = ""
    # What stands in no table has to come before the tables where it is a plain value; agreements are tables themselves.
    for one in ARTICLES:
        if one.table and one.table != table:
            table = one.table
            lines += ["", f"[{table}]"]
        lines += _article(one, charter, lang)
    return "\n".join(lines) + "\n"


def _article(one: Article, charter: Charter, lang: Lang) -> Iterator[str]:
    if isinstance(one.may, Agreements):
        yield ""
    yield from wrap(one.said(charter).to(lang), WIDTH, initial_indent="# ", subsequent_indent="# ")
    if one.fixed is not None:
        why = f"{_FIXED.to(lang)}: {one.fixed.why.to(lang)} ({one.fixed.source})."
        yield from wrap(why, WIDTH, initial_indent="# ", subsequent_indent="# ")
    value = one.of(charter)
    if isinstance(one.may, Agreements):
        assert isinstance(value, tuple)
        for each in value:
            assert isinstance(each, Agreement)
            yield from _agreement(each)
    elif isinstance(value, tuple):
        yield f"{one.field} = [{', '.join(_word(str(word)) for word in value)}]"
    elif isinstance(one.may, Truth) or (isinstance(value, int) and not isinstance(value, bool)):
        yield f"{one.field} = {one.text(charter)}"
    else:
        yield f"{one.field} = {_word(one.text(charter))}"


def _agreement(each: Agreement) -> Iterator[str]:
    yield "[[agreements]]"
    for one in fields(Agreement):
        value = getattr(each, one.name)
        if value is not None:
            yield f"{one.name} = {json.dumps(value, ensure_ascii=False)}"


def _word(word: str) -> str:
    """As TOML quotes it: its plain strings are those of JSON, for what can be printed."""
    return json.dumps(word, ensure_ascii=False)
