"""A grid as the tree that it is: drawn, and listed with a bar for each cable, at a quarter-hour that a slider chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from laag.apps.web.written import NONE
from laag.foundation.words import Lang, Said

KINDS = {
    "green": Said("groen", "green"),
    "yellow": Said("geel", "yellow"),
    "orange": Said("oranje", "orange"),
    "red": Said("rood", "red"),
    "unknown": Said("onbekend", "unknown"),
}
"""USEF's regimes, and where nobody knows."""
_FULL_PERCENT = 150
"""Where a bar, and the width of a line, ends."""
_SLIDER = Said("Kwartier", "Quarter-hour")
_HOMES = Said("{homes} huizen", "{homes} homes")
_ONE_HOME = Said("1 huis", "1 home")
_CHANCE = Said(
    "kans dat deze kabel te vol raakt: {chance}", "chance that this cable becomes too full: {chance}"
)
_DRAWN = Said(
    "{name}: hoe vol elke kabel is om {time}. De volste is {fullest} met {percent} %.",
    "{name}: how full each cable is at {time}. The fullest is {fullest} at {percent} %.",
)
_DRAWN_UNKNOWN = Said(
    "{name}: om {time} is van geen kabel bekend hoe vol hij is.",
    "{name}: at {time} it is not known of any cable how full it is.",
)


@dataclass(frozen=True, slots=True)
class Branch:
    """A cable or transformer with what hangs behind it; ``above`` is its place in the list, before its own, or -1.

    ``percent`` and ``kind`` have one value per step: how full, and the regime; ``None`` is unknown. So has ``chance``, the
    chance in per cent of becoming too full, where there is any to speak of.
    """

    name: Said
    above: int
    homes: int
    percent: Sequence[int | None]
    kind: Sequence[str]
    chance: Sequence[int | None] = ()


def tree(
    name: str, title: Said, branches: Sequence[Branch], times: Sequence[str], step: int, lang: Lang
) -> Markup:
    """A figure with a slider over ``times``, the drawing, its legend, and the same as a list; ``name`` is its id.

    Without scripts the slider is part of a form that asks for ``?ptu=``; with them it moves everything at once.

    >>> street = Branch(Said("trafo", "transformer"), -1, 12, (40, 90), ("green", "yellow"))
    >>> cable = Branch(Said("kabel", "cable"), 0, 12, (55, None), ("green", "unknown"))
    >>> drawn = tree("grid", Said("Het net", "The grid"), [street, cable], ["12:00", "12:15"], 0, Lang.EN)
    >>> "The fullest is cable at 55 %." in drawn, 'data-steps="40 90"' in drawn
    (True, True)
    """
    if not branches:
        return Markup("")
    places = _places(branches)
    roots = [at for at, branch in enumerate(branches) if branch.above < 0]
    words_of_kinds = " ".join(f"{kind}:{said.to(lang)}" for kind, said in KINDS.items())
    pictures = "".join(
        _picture(f"{name}-{kind}", kind, size, title, branches, places, times, step, lang)
        for kind, size in (("wide", (900, 26)), ("narrow", (380, 22)))
    )
    legend = "".join(
        f'<li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><path d="M0 4h22" class="wire g-{kind}"/></svg>'
        f"{escape(said.to(lang))}</li>"
        for kind, said in KINDS.items()
        if any(kind in branch.kind for branch in branches)
    )
    return Markup(  # noqa: S704 - every text in it is escaped where it is put in
        f'<figure class="grid" id="{name}" data-times="{" ".join(times)}" data-kind-words="{words_of_kinds}">{_slider(name, times, step, lang)}'
        f'<figcaption>{escape(title.to(lang))} <output class="at" for="{name}-step">{times[step]}</output></figcaption>'
        f'<ul class="legend">{legend}</ul>{pictures}'
        f'<ul class="wires">{"".join(_rows(branches, roots, step, lang))}</ul>'
        "</figure>"
    )


def _slider(name: str, times: Sequence[str], step: int, lang: Lang) -> str:
    return (
        f'<p class="slider"><label for="{name}-step">{escape(_SLIDER.to(lang))}</label>'
        f'<input type="range" id="{name}-step" name="ptu" form="choose" min="0" max="{len(times) - 1}" value="{step}" '
        f'aria-valuetext="{times[step]}" data-slides="{name}"></p>'
    )


def _rows(branches: Sequence[Branch], these: Sequence[int], step: int, lang: Lang) -> Iterator[str]:
    """Branches as lines of the list. What follows in one line stays in line; only a fork stands further in."""
    for at in these:
        below = [other for other, one in enumerate(branches) if one.above == at]
        fork = f"<ul>{''.join(_rows(branches, below, step, lang))}</ul>" if len(below) > 1 else ""
        yield f"<li>{_line(branches[at], step, lang)}{fork}</li>"
        if len(below) == 1:
            yield from _rows(branches, below, step, lang)


def _line(branch: Branch, step: int, lang: Lang) -> str:
    percent, kind = branch.percent[step], branch.kind[step]
    steps = " ".join("-" if one is None else str(one) for one in branch.percent)
    homes = (_ONE_HOME if branch.homes == 1 else _HOMES).to(lang).format(homes=branch.homes)
    return (
        f'<div class="wire-line"><b>{escape(branch.name.to(lang))}</b> <small>{escape(homes)}</small>'
        f'<meter min="0" low="89" high="99" max="{_FULL_PERCENT}" optimum="0" value="{percent or 0}" data-steps="{steps}" aria-hidden="true"></meter>'
        f'<span class="n" data-steps="{steps}" data-unit=" %">{NONE if percent is None else f"{percent} %"}</span>'
        f'<span class="regime g-{kind}" data-kinds="{" ".join(branch.kind)}">{escape(KINDS[kind].to(lang))}</span>{_chance(branch, step, lang)}</div>'
    )


def _chance(branch: Branch, step: int, lang: Lang) -> str:
    """A line of its own, for branches that may become too full at some time of the day."""
    if not any(branch.chance):
        return ""
    steps = " ".join("-" if one is None else str(one) for one in branch.chance)
    chance = branch.chance[step]
    told = f'<span data-steps="{steps}" data-unit=" %">{NONE if chance is None else f"{chance} %"}</span>'
    return f'<span class="chance">{escape(_CHANCE.to(lang)).format(chance=told)}</span>'


@dataclass(frozen=True, slots=True)
class _Place:
    """Of a branch's lower end: how many branches from the feeding point, and which line of the drawing, from 0."""

    depth: int
    line: float


def _places(branches: Sequence[Branch]) -> list[_Place]:
    """Ends of the tree one below the other, and whatever feeds several of them in the middle of these."""
    below: list[list[int]] = [[] for _ in branches]
    roots: list[int] = []
    for at, branch in enumerate(branches):
        (roots if branch.above < 0 else below[branch.above]).append(at)
    depth = [0] * len(branches)
    for at, branch in enumerate(branches):
        depth[at] = 1 if branch.above < 0 else depth[branch.above] + 1
    line: dict[int, float] = {}
    for leaf, at in enumerate(_ends(roots, below)):
        line[at] = float(leaf)
    for at in range(len(branches) - 1, -1, -1):
        if at not in line:
            line[at] = sum(line[one] for one in below[at]) / len(below[at])
    return [_Place(depth[at], line[at]) for at in range(len(branches))]


def _ends(roots: Sequence[int], below: Sequence[Sequence[int]]) -> Iterator[int]:
    for at in roots:
        if below[at]:
            yield from _ends(below[at], below)
        else:
            yield at


def _picture(
    name: str,
    kind: str,
    size: tuple[int, int],
    title: Said,
    branches: Sequence[Branch],
    places: Sequence[_Place],
    times: Sequence[str],
    step: int,
    lang: Lang,
) -> str:
    width, apart = size
    lines = max(place.line for place in places) + 1
    deepest = max(place.depth for place in places)
    height = round(lines * apart + 16)

    def x(depth: int) -> float:
        return 12 + depth * (width - 24) / max(deepest, 1)

    def y(line: float) -> float:
        return 8 + (line + 0.5) * apart

    drawn = []
    for branch, place in zip(branches, places, strict=True):
        start = places[branch.above].line if branch.above >= 0 else _middle(branches, places)
        here, there = x(place.depth - 1), x(place.depth)
        path = f"M{here:.1f} {y(start):.1f}V{y(place.line):.1f}H{there:.1f}"
        drawn.append(
            f'<path class="wire g-{branch.kind[step]}" data-kinds="{" ".join(branch.kind)}" d="{path}">'
            f"<title>{escape(branch.name.to(lang))}</title></path>"
            f'<circle cx="{there:.1f}" cy="{y(place.line):.1f}" r="4" class="joint"/>'
        )
    about = escape(_about(title, branches, times[step], step, lang))
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-about">'
        f'<title id="{name}-about">{about}</title>{"".join(drawn)}'
        f'<rect x="4" y="{y(_middle(branches, places)) - 8:.1f}" width="16" height="16" rx="3" class="joint"/></svg>'
    )


def _middle(branches: Sequence[Branch], places: Sequence[_Place]) -> float:
    """Where the feeding point stands."""
    roots = [place.line for branch, place in zip(branches, places, strict=True) if branch.above < 0]
    return sum(roots) / len(roots)


def _about(title: Said, branches: Sequence[Branch], time: str, step: int, lang: Lang) -> str:
    known = [(percent, branch) for branch in branches if (percent := branch.percent[step]) is not None]
    if not known:
        return _DRAWN_UNKNOWN.to(lang).format(name=title.to(lang), time=time)
    percent, fullest = max(known, key=lambda one: one[0])
    return _DRAWN.to(lang).format(
        name=title.to(lang), time=time, fullest=fullest.name.to(lang), percent=percent
    )
