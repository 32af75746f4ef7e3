"""Who gains and who loses, as bars: for everybody and for each group one, as long as it has homes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from laag.apps.street import charter_words as words
from laag.cycle.shadow import Share
from laag.foundation.words import Lang, Said

_ROW, _BAR = 46, 18
_PARTS = (("gain", "f-good", words.GAIN), ("same", "f-load pale", words.SAME), ("lose", "f-bad", words.LOSE))
_EDGE = 2


def name_of(share: Share) -> Said:
    """What a group is called."""
    if share.of == "street":
        return words.EVERYBODY
    if share.of == "cable":
        return words.on_cable(share.name)
    return words.WITH.get(share.name, Said(share.name, share.name))


def picture(shares: Sequence[Share], lang: Lang) -> Markup:
    """A figure with a legend; the same numbers are in the table beside it."""
    if not shares:
        return Markup("")
    legend = "".join(
        f'<li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><rect width="22" height="8" class="{colour}"/></svg>'
        f"{escape(said.to(lang))}</li>"
        for _, colour, said in _PARTS
    )
    drawn = "".join(_drawn(shares, kind, width, lang) for kind, width in (("wide", 900), ("narrow", 360)))
    title = escape(words.SHADOW.to(lang))
    return Markup(  # noqa: S704 - every text in it is escaped where it is put in
        f'<figure class="chart"><figcaption>{title}</figcaption><ul class="legend">{legend}</ul>{drawn}</figure>'
    )


def _drawn(shares: Sequence[Share], kind: str, width: int, lang: Lang) -> str:
    said = "; ".join(
        words.who_gains(name_of(one).to(lang), one.gain, one.same, one.lose).to(lang) for one in shares
    )
    height = _ROW * len(shares) + 4
    rows = "".join(part for at, one in enumerate(shares) for part in _row(one, at, width, shares, lang))
    return f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(said)}">{rows}</svg>'


def _row(one: Share, at: int, width: int, shares: Sequence[Share], lang: Lang) -> Iterator[str]:
    most = max(share.homes for share in shares)
    top = at * _ROW
    said = words.who_gains(name_of(one).to(lang), one.gain, one.same, one.lose).to(lang)
    yield f'<text class="strong" x="0" y="{top + 14}">{escape(said)}</text>'
    left = 0.0
    for part, colour, _ in _PARTS:
        count = getattr(one, part)
        if not count:
            continue
        long = count * width / most
        inner = max(long - _EDGE, 1.0)
        yield f'<rect class="{colour}" x="{left:.1f}" y="{top + 21}" width="{inner:.1f}" height="{_BAR}"/>'
        left += long
