"""In which language somebody reads: what they chose, else what their browser asks for, else Dutch."""

from __future__ import annotations

from fastapi import Request

from laag.foundation.words import Lang

COOKIE, FIELD = "laag_lang", "lang"


def language(request: Request) -> Lang:
    """The language of one page."""
    for chosen in (request.query_params.get(FIELD), request.cookies.get(COOKIE)):
        if chosen in {lang.value for lang in Lang}:
            return Lang(chosen)
    return asked_for(request.headers.get("accept-language", ""))


def asked_for(header: str) -> Lang:
    """What a browser likes best of the two.

    >>> asked_for("de-DE, en;q=0.8, nl;q=0.5"), asked_for("nl-BE,en;q=0.9"), asked_for("de")
    (<Lang.EN: 'en'>, <Lang.NL: 'nl'>, <Lang.NL: 'nl'>)
    """
    liked: dict[str, float] = {}
    for part in header.split(","):
        tag, _, weight = part.partition(";")
        name = tag.strip().lower().split("-")[0]
        liked[name] = max(liked.get(name, 0.0), _weight(weight))
    return max(Lang, key=lambda lang: (liked.get(lang.value, 0.0), lang is Lang.NL))


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1.0)
    except ValueError:
        return 0.0
