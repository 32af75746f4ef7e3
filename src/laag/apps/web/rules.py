"""The page of the rules in force, the same for a home and for a street; without a script, and with a place for every rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fastapi import Request
from starlette.responses import HTMLResponse

from laag.adapters import rules
from laag.apps.rulebook import ORDER, Told, told
from laag.apps.web import rules_words as words
from laag.apps.web.kit import Web
from laag.foundation.words import Said
from laag.settlement.rules import LINES, Scope, Standing, Whom, about

Kind = TypeVar("Kind", Scope, Whom)


@dataclass(frozen=True, slots=True)
class Part:
    """All rules that stand alike."""

    standing: Standing
    title: Said
    rules: list[Told]


def rules_page(
    web: Web, request: Request, today: date, scope: Scope, whom: Whom, *, network: str = "*.3x25A"
) -> HTMLResponse:
    """The rules about a home or a community; ``?for=`` and ``?about=`` choose other ones than the usual."""
    asked_scope = _one_of(Scope, request.query_params.get("about"), scope)
    asked_whom = _one_of(Whom, request.query_params.get("for"), whom)
    found = told(about(rules.load(), scope=asked_scope, whom=asked_whom), today, network=network)
    parts = [
        Part(standing, words.PARTS[standing], [one for one in found if one.standing is standing])
        for standing in ORDER
    ]
    return web.page(
        request,
        "web/rules.html",
        t=words,
        parts_=[part for part in parts if part.rules],
        scopes=[(one.value, words.SCOPES[one]) for one in Scope],
        whoms=[(one.value, words.WHOMS[one]) for one in Whom],
        scope=asked_scope.value,
        whom=asked_whom.value,
        old=sum(one.overdue is not None for one in found),
    )


def rule_of_line(code: str) -> tuple[str, Said] | None:
    """Where the rule stands on which a line of a bill depends, and what it is called; ``None`` where it is none of law's."""
    key = LINES.get(code)
    rule = next((one for one in rules.load() if one.key == key), None)
    return None if rule is None else (f"/rules#{rule.key}", rule.title)


def _one_of(kind: type[Kind], text: str | None, usual: Kind) -> Kind:
    return next((one for one in kind if one.value == text), usual)
