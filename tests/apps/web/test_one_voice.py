"""Every page speaks to its reader as a neighbour does: with ``je``, whoever reads it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import laag

_SRC = Path(laag.__file__).parent
_FORMAL = re.compile(r"\b[Uu]we?\b|\bU [a-z]{2,}|[a-z]{2,} u\b|\bu [a-z]{2,}")


def _sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(_SRC.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        bare = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for one in ast.walk(tree):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in bare:
                yield f"{path.relative_to(_SRC)}:{one.lineno}", one.value
    for path in sorted([*_SRC.rglob("*.html"), *_SRC.rglob("*.js")]):
        yield str(path.relative_to(_SRC)), path.read_text("utf-8")


def test_no_page_says_u() -> None:
    """One voice on all pages, in what is said on the phone's screen and in what is refused."""
    formal = {where: found[0] for where, text in _sentences() if (found := _FORMAL.search(text))}
    assert formal == {}


@pytest.mark.parametrize("text", ["Meld u eerst aan.", "Uw huis", "U bent", "Was dat het uwe?", "hebt u dit"])
def test_a_formal_sentence_would_be_seen(text: str) -> None:
    """The test above can fail."""
    assert _FORMAL.search(text)
