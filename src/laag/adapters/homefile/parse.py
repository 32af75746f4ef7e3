"""From the text of a home file to its checked parts, and the format's own description."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from laag.adapters.homefile.fields import quoted
from laag.adapters.homefile.home import HomeFile
from laag.adapters.homefile.signals import KINDS
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

WAY_OUT = "docs/home-file.md has every field, and `laag home example` prints a home that works"
_WAY_OUT = Said("docs/home-file.md heeft elk veld, en `laag home example` geeft een huis dat werkt", WAY_OUT)
MOST_SAID = 3


def parse(text: str, lang: Lang = Lang.EN) -> HomeFile:
    """The home in a JSON text; what cannot be meant is named by its path, a field's fault in this language.

    >>> parse('{"version": 1, "name": "Kade 12", "start": "2026-04-14T00:00"}').zone
    'Europe/Amsterdam'
    """
    given = _plain(text)
    if not isinstance(given, dict):
        raise BadInput(f"a home file is one JSON object, and this is {quoted(given)}; {WAY_OUT}")
    try:
        return HomeFile.model_validate(given)
    except ValidationError as odd:
        raise BadInput(f"{faults(odd, lang)} ({_WAY_OUT.to(lang)})") from None


def faults(odd: ValidationError, lang: Lang = Lang.EN) -> str:
    """What is wrong, each by its path; the first few of many."""
    said = list(dict.fromkeys(_fault(one).to(lang) for one in odd.errors(include_url=False)))
    count = len(said) - MOST_SAID
    more = Said(f"; en nog {count}", f"; and {count} more").to(lang) if count > 0 else ""
    return f"{'; '.join(said[:MOST_SAID])}{more}"


def schema() -> dict[str, Any]:
    """The JSON Schema of the format, every field with its meaning and unit."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **HomeFile.model_json_schema(by_alias=True),
    }


def example() -> str:
    """A home with everything that a file can say; the same as ``examples/home.json``."""
    return files(__package__).joinpath("example.json").read_text("utf-8")


def _plain(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]} at line {error.lineno}, column {error.colno}; {WAY_OUT}"
        ) from None
    except RecursionError:
        raise BadInput(f"this is no home: it is nested too deeply; {WAY_OUT}") from None
    except ValueError:
        raise BadInput(
            "this holds a number with thousands of digits; give numbers as a meter would"
        ) from None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadInput(f"{quoted(twice)} occurs twice in one object; keep one of them")
    return found


def _fault(one: ErrorDetails) -> Said:
    """What is wrong and where, the path written as one would in code."""
    where = _path(one["loc"])
    if one["type"] == "rule":
        nl, en = (
            f"{where or home}{one['ctx'][lang]}" for home, lang in (("het huis", "nl"), ("the home", "en"))
        )
        return Said(nl.replace("het huis.", ""), en.replace("the home.", ""))
    if one["type"] == "missing":
        return Said(f"{where} ontbreekt", f"{where} is missing")
    if one["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        kinds = ", ".join(KINDS)
        return Said(f"{where} heeft een soort nodig: {kinds}", f"{where} needs a kind: {kinds}")
    to_give = _to_give(one)
    nl, en = (f"{where or home} is {quoted(one['input'])}" for home in ("het huis", "the home"))
    return Said(f"{nl}; {to_give.nl}", f"{en}; {to_give.en}")


def _to_give(one: ErrorDetails) -> Said:
    """What could stand there instead."""
    match one["type"]:
        case "literal_error":
            choice = one["ctx"]["expected"]
            return Said(f"geef {choice.replace(' or ', ' of ')}", f"give {choice}")
        case "model_type" | "model_attributes_type":
            return Said("geef een object tussen accolades", "give an object in braces")
        case "tuple_type":
            return Said("geef een lijst tussen vierkante haken", "give a list in square brackets")
        case "bool_type":
            return Said("geef true of false", "give true or false")
        case "string_type" | "string_too_short":
            return Said("geef een tekst", "give a text")
        case _:
            told = f"{one['msg'][0].lower()}{one['msg'][1:]}"
            return Said(told, told)


def _path(parts: tuple[int | str, ...]) -> str:
    """``signals[0].max_kw``; the kind of a signal is no part of its path."""
    inside = [
        part
        for before, part in zip((None, *parts), parts, strict=False)
        if not (isinstance(before, int) and part in KINDS)
    ]
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in inside).removeprefix(".")
