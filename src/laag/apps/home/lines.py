"""Lines on a terminal: indented, and again under themselves where they are longer than it is wide."""

from __future__ import annotations

from textwrap import fill

from rich.console import Console
from rich.text import Text

from laag.foundation.words import Lang, Said

_NARROW, _WIDE = 40, 100
"""Below the first, lines run on; beyond the second nobody finds the next one."""


def line(console: Console, before: str, text: str, style: str = "") -> None:
    """One paragraph that begins with ``before``."""
    wrapped = fill(
        text,
        min(max(console.width, _NARROW), _WIDE),
        initial_indent=before,
        subsequent_indent=" " * len(before),
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(wrapped, soft_wrap=True, style=style)


def title(console: Console, words: Said, lang: Lang) -> None:
    """A heading, set apart from what goes before."""
    console.print()
    console.print(Text(words.to(lang), style="bold"))


def capital(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]
