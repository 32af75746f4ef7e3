"""Supply and demand of one quarter-hour as the server draws them, with the steps as a table behind the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from laag.apps.home.words import decimal
from laag.apps.street.pages import words
from laag.apps.web import words as frame
from laag.apps.web.charts import ticks
from laag.apps.web.written import centiticks, kwh, per_kwh
from laag.cycle.live.views import Picture
from laag.cycle.live.views.market import Step
from laag.foundation.contracts import Side
from laag.foundation.words import Lang, Said
from laag.settlement.words import count

_TOP, _FOOT = 22, 44
_LEAST_SPAN_TICKS = 4_000
_LEAST_HEIGHT = 12
"""Of a block that is offered at any price, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class _Box:
    width: int
    height: int
    left: int
    right: int
    low: float
    high: float
    most_wh: int

    def x(self, wh: float) -> float:
        return self.left + wh * (self.right - self.left) / self.most_wh

    def y(self, ticks: float | None, *, free: float) -> float:
        """Where a limit stands; any price stands at the edge."""
        value = free if ticks is None else min(max(ticks, self.low), self.high)
        return _TOP + (1 - (value - self.low) / (self.high - self.low)) * (self.bottom - _TOP)

    @property
    def bottom(self) -> int:
        return self.height - _FOOT


def ladders(picture: Picture) -> tuple[list[Step], list[Step]]:
    """Supply rising and demand falling, with what comes from and goes to the outside in its place."""
    gate = picture.street
    inside = max(sum(step.wh for step in picture.supply), sum(step.wh for step in picture.demand), 1)

    def outside(side: Side, name: str, limit: int, wh: int, most: int | None) -> Step:
        shown = max(wh, min(inside // 5, most if most is not None else inside))
        return Step(side, name, limit, shown, wh)

    coming = outside(Side.SELL, "import", gate.landed_ticks, gate.imported_wh, gate.import_max_wh)
    going = outside(Side.BUY, "export", gate.export_ticks, gate.exported_wh, gate.export_max_wh)
    supply = sorted([*picture.supply, coming], key=lambda one: (_number(one.limit_ticks, -1), one is coming))
    demand = sorted([*picture.demand, going], key=lambda one: (-_number(one.limit_ticks, 1), one is going))
    return supply, demand


def _number(limit: int | None, free: int) -> float:
    return free * float("inf") if limit is None else float(limit)


def merit_picture(picture: Picture, lang: Lang) -> Markup:
    """A wide and a narrow picture, the legend and the table; where nobody came to the market it says so."""
    if not picture.supply and not picture.demand:
        return Markup('<p class="message">{}</p>').format(words.NOBODY.to(lang))
    supply, demand = ladders(picture)
    about = _about(picture).to(lang)
    title = words.MERIT.to(lang)
    pictures = "".join(
        _drawn(picture, supply, demand, kind, size, right, title, about, lang)
        for kind, size, right in (("wide", (900, 400), 170), ("narrow", (380, 340), 108))
    )
    legend = "".join(
        f'<li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><rect width="22" height="8" class="f-{_colour(name)}"/></svg>{escape(words.DEVICES[name].to(lang))}</li>'
        for name in dict.fromkeys(step.device for step in supply)
    )
    legend += f'<li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><path d="M0 4h22" class="s-ink"/></svg>{escape(words.DEMAND.to(lang))}</li>'
    return Markup(  # noqa: S704 - every text in it is escaped where it is put in
        f'<figure class="chart merit"><ul class="legend">{legend}</ul>{pictures}{_table(supply, demand, lang)}</figure>'
    )


def _drawn(
    picture: Picture,
    supply: Sequence[Step],
    demand: Sequence[Step],
    kind: str,
    size: tuple[int, int],
    right: int,
    title: str,
    about: str,
    lang: Lang,
) -> str:
    gate = picture.street
    known = [
        gate.landed_ticks,
        gate.export_ticks,
        picture.buyer_centiticks / 100,
        picture.seller_centiticks / 100,
    ]
    span = max(max(known) - min(known), _LEAST_SPAN_TICKS)
    marks = ticks(min(*known, 0) / 1000, (max(known) + 0.15 * span) / 1000)
    most_wh = max(sum(step.wh for step in supply), sum(step.wh for step in demand), 1)
    box = _Box(*size, 40, size[0] - right, 1000 * marks[0], 1000 * marks[-1], most_wh)
    met = sum(step.accepted_wh for step in supply)
    parts = [
        f'<svg class="{kind}" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="merit-{kind}-title merit-{kind}-about">',
        f'<title id="merit-{kind}-title">{escape(title)}</title><desc id="merit-{kind}-about">{escape(about)}</desc>',
        f'<text x="{box.left}" y="12">ct/kWh</text>',
        *_across(marks, box, lang),
        *_blocks(supply, box),
        f'<path class="line s-ink" d="{_line(demand, box)}"/>',
        *_labels(picture, met, box, lang),
        *_free(demand, box, lang),
        f'<path class="zero" d="M{box.left} {box.bottom}H{box.right}"/>',
        f'<text x="{box.left}" y="{box.bottom + 34}">0</text>',
        f'<text x="{box.right}" y="{box.bottom + 34}" text-anchor="end">{escape(count(most_wh, lang))} Wh</text>',
        "</svg>",
    ]
    return "".join(parts)


def _across(marks: Sequence[float], box: _Box, lang: Lang) -> Iterator[str]:
    places = 0 if all(mark == int(mark) for mark in marks) else 1
    for mark in marks:
        y = box.y(1000 * mark, free=0)
        yield f'<path class="rule" d="M{box.left} {y:.1f}H{box.right}"/>'
        yield f'<text x="{box.left - 6}" y="{y + 4:.1f}" text-anchor="end">{decimal(mark, places, lang)}</text>'


def _blocks(supply: Sequence[Step], box: _Box) -> Iterator[str]:
    """From the floor up to the limit; what did not go through is pale."""
    at, floor = 0, box.bottom
    for step in supply:
        top = min(box.y(step.limit_ticks, free=box.low), floor - _LEAST_HEIGHT)
        for first, stop, pale in (
            (at, at + step.accepted_wh, ""),
            (at + step.accepted_wh, at + step.wh, " pale"),
        ):
            if stop > first:
                width = max(box.x(stop) - box.x(first) - 0.6, 0.4)
                yield f'<rect class="f-{_colour(step.device)}{pale}" x="{box.x(first):.1f}" y="{top:.1f}" width="{width:.1f}" height="{max(floor - top, 1):.1f}"/>'
        at += step.wh


def _line(demand: Sequence[Step], box: _Box) -> str:
    path: list[str] = []
    at = 0
    for step in demand:
        y = box.y(step.limit_ticks, free=box.high)
        path.append(f"{'V' if path else f'M{box.x(at):.1f} '}{y:.1f}")
        at += step.wh
        path.append(f"H{box.x(at):.1f}")
    return "".join(path)


def _free(demand: Sequence[Step], box: _Box, lang: Lang) -> Iterator[str]:
    """What asks at any price runs along the upper edge, and says so."""
    if demand and demand[0].limit_ticks is None:
        yield f'<text class="halo" x="{box.left + 6}" y="{_TOP + 15}">{escape(words.ANY_PRICE.to(lang))}</text>'


@dataclass(frozen=True, slots=True)
class _Label:
    y: float
    at: float
    price: str
    names: tuple[str, ...]
    colour: str


def _labels(picture: Picture, met: int, box: _Box, lang: Lang) -> Iterator[str]:
    """The prices by name at the right, apart from each other; where supply meets demand a ring."""
    gate = picture.street
    given = [
        (100 * gate.landed_ticks, words.LANDED, "import"),
        (picture.buyer_centiticks, words.BUYER, "ink"),
        (picture.seller_centiticks, words.SELLER, "local"),
        (100 * gate.export_ticks, words.EXPORT, "export"),
    ]
    labels: list[_Label] = []
    for price, name, colour in sorted(given, key=lambda one: -one[0]):
        y, text = box.y(price / 100, free=0), centiticks(price, lang)
        said = name.to(lang) if box.width > 500 else _SHORT[name].to(lang)
        if labels and labels[-1].price == text:
            labels[-1] = replace(labels[-1], names=(*labels[-1].names, said))
            continue
        above = labels[-1].at + 16 + 14 * len(labels[-1].names) if labels else _TOP
        labels.append(_Label(y, max(y, above), text, (said,), colour))
    over = labels[-1].at + 14 * len(labels[-1].names) - (box.height - 6)
    if over > 0:
        labels = [replace(one, at=max(_TOP, one.at - over)) for one in labels]
    for one in labels:
        yield f'<path class="s-{one.colour} line dashed" d="M{box.left} {one.y:.1f}H{box.right}L{box.right + 8} {one.at:.1f}"/>'
        yield f'<text class="strong" x="{box.right + 12}" y="{one.at + 4:.1f}">{escape(one.price)}</text>'
        for line, words_of in enumerate(one.names):
            yield f'<text x="{box.right + 12}" y="{one.at + 18 + 14 * line:.1f}">{escape(words_of)}</text>'
    if met:
        x, y = box.x(met), box.y(picture.buyer_centiticks / 100, free=0)
        yield f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        yield f'<text class="strong" x="{x:.1f}" y="{box.bottom + 18}" text-anchor="middle">{escape(count(met, lang))} Wh</text>'


_SHORT = {
    words.LANDED: Said("van buiten", "from outside"),
    words.BUYER: Said("kopers", "buyers"),
    words.SELLER: Said("verkopers", "sellers"),
    words.EXPORT: Said("naar buiten", "to outside"),
}


def _about(picture: Picture) -> Said:
    def said(lang: Lang) -> tuple[str, ...]:
        return (
            kwh(picture.bought_wh, lang),
            centiticks(picture.buyer_centiticks, lang),
            kwh(picture.sold_wh, lang),
            centiticks(picture.seller_centiticks, lang),
            kwh(picture.street.imported_wh, lang),
            kwh(picture.street.exported_wh, lang),
        )

    nl = "Gekocht {} voor {}; verkocht {} voor {}; van buiten {}, naar buiten {}."
    en = "Bought {} at {}; sold {} at {}; from outside {}, to outside {}."
    return Said(nl.format(*said(Lang.NL)), en.format(*said(Lang.EN)))


def _table(supply: Sequence[Step], demand: Sequence[Step], lang: Lang) -> str:
    heads = (words.SIDE, words.DEVICE, words.LIMIT, words.ENERGY, words.WENT_THROUGH)
    head = "".join(
        f'<th scope="col"{" class=n" if at > 1 else ""}>{escape(one.to(lang))}</th>'
        for at, one in enumerate(heads)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(side.to(lang))}</th><td>{escape(words.DEVICES[step.device].to(lang))}</td>'
        f'<td class="n">{escape(words.ANY_PRICE.to(lang) if step.limit_ticks is None else per_kwh(step.limit_ticks, lang))}</td>'
        f'<td class="n">{count(step.wh, lang)} Wh</td><td class="n">{count(step.accepted_wh, lang)} Wh</td></tr>'
        for side, steps in ((words.SUPPLY, supply), (words.DEMAND, demand))
        for step in steps
    )
    caption = escape(words.MERIT.to(lang))
    return (
        f"<details><summary>{escape(frame.TABLE_BEHIND.to(lang))}</summary>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><caption class="unseen">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _colour(device: str) -> str:
    return {"other": "load"}.get(device, device)
