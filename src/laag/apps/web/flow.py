"""Where power goes now, between sun, home, car, battery, heat pump, street and country: a picture, a list, and what keeps both right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import atan2, degrees

from markupsafe import Markup

from laag.apps.web.written import NONE, kw
from laag.foundation.words import Lang, Said

_STILL_KW = 0.03
"""Less than this is no flow to the eye."""
_RADIUS = 30
_HOME = (200, 196)


@dataclass(frozen=True, slots=True)
class Flow:
    """One node and what comes from it: ``into_kw`` is positive towards the home; ``None`` where nobody knows."""

    node: str
    into_kw: float | None

    @property
    def way(self) -> str:
        """``in`` to the home, ``out`` of it, or ``no``."""
        if self.into_kw is None or abs(self.into_kw) < _STILL_KW:
            return "no"
        return "in" if self.into_kw > 0 else "out"


@dataclass(frozen=True, slots=True)
class _Node:
    """Where a node stands, what it is called, how it is drawn (in a square of 24), and between which ends its flow runs."""

    words: Said
    at: tuple[int, int]
    colour: str
    icon: str
    into: tuple[int, int] = _HOME


_STREET = (58, 196)
NODES = {
    "sun": _Node(
        Said("zon", "sun"), (200, 52), "pv",
        "M12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
    ),
    "street": _Node(Said("straat", "street"), _STREET, "local", "M2 20V11l4-3 4 3v9M10 20V7l4-3 4 3v13M18 20v-9l4 3v6M1 20h22"),
    "country": _Node(
        Said("land", "country"), (58, 52), "import", "M12 2v20M7 7h10M5 12h14M12 2L7 22M12 2l5 20", _STREET
    ),
    "car": _Node(
        Said("auto", "car"), (342, 84), "ev",
        "M3 16v-4l3-6h12l3 6v4zM3 12h18M7 16a2 2 0 1 0 0 4a2 2 0 1 0 0-4zM17 16a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
    ),
    "battery": _Node(Said("batterij", "battery"), (342, 196), "battery", "M3 7h16v10H3zM19 10h3v4h-3M7 10v4M11 10v4M15 10v4"),
    "heat_pump": _Node(
        Said("warmtepomp", "heat pump"), (342, 308), "heat_pump",
        "M3 5h18v14H3zM12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM12 12l3-2M12 12l-3-2M12 12v4M18 8v8",
    ),
    "use": _Node(Said("apparaten", "appliances"), (200, 330), "load", "M8 2v6M16 2v6M5 8h14v3a7 7 0 0 1-14 0zM12 18v4"),
}  # fmt: skip
_HOUSE = "M3 11L12 3l9 8M5 9.5V21h14V9.5M10 21v-6h4v6"
_TITLE = Said("Waar de stroom nu heen gaat", "Where power goes now")
_SENTENCES = {
    "in": Said("{node} geeft {kw}", "{node} gives {kw}"),
    "out": Said("{node} neemt {kw}", "{node} takes {kw}"),
    "no": Said("{node} doet nu niets", "{node} does nothing now"),
}


def flow_picture(flows: Sequence[Flow], lang: Lang, *, name: str = "flow") -> Markup:
    """The picture of these nodes around a home. Events ``values`` with ``flow_values`` keep it right.

    >>> picture = flow_picture([Flow("sun", 2.14), Flow("car", -7.4)], Lang.EN)
    >>> "sun gives 2.1 kW; car takes 7.4 kW" in picture
    True
    """
    about = "; ".join(sentence(flow, lang) for flow in flows)
    known = [flow for flow in flows if flow.node in NODES]
    parts = [
        f'<svg viewBox="{_frame(known)}" role="img" aria-labelledby="{name}-title {name}-about">',
        f'<title id="{name}-title">{escape(_TITLE.to(lang))}</title>',
        f'<desc id="{name}-about" data-value="flow.about">{escape(about)}</desc>',
        *(_stream(flow) for flow in known),
        *_home(),
        *(part for flow in known for part in _node(flow, lang)),
        "</svg>",
    ]
    return Markup(f'<figure class="flow">{"".join(parts)}</figure>')  # noqa: S704 - every text is escaped where it is put in


def _frame(flows: Sequence[Flow]) -> str:
    """Around what is there, at one scale: a home without a roof full of panels has no empty sky."""
    xs, ys = zip(_HOME, *(NODES[flow.node].at for flow in flows), strict=True)
    left, top = (min(xs) + max(xs)) // 2 - 200, min(ys) - 52
    return f"{left} {top} 400 {max(ys) + 68 - top}"


def flow_values(flows: Sequence[Flow], lang: Lang) -> dict[str, str]:
    """What changes in the picture, as the data of an event ``values``.

    >>> flow_values([Flow("sun", 2.14)], Lang.NL)
    {'flow.about': 'zon geeft 2,1 kW', 'flow.sun': '2,1 kW', 'way.sun': 'in'}
    """
    changed = {"flow.about": "; ".join(sentence(flow, lang) for flow in flows)}
    for flow in flows:
        changed[f"flow.{flow.node}"] = _power(flow, lang)
        changed[f"way.{flow.node}"] = flow.way
    return changed


def sentence(flow: Flow, lang: Lang) -> str:
    """One flow in words."""
    node = NODES[flow.node].words.to(lang)
    return _SENTENCES[flow.way].to(lang).format(node=node, kw=_power(flow, lang))


def _power(flow: Flow, lang: Lang) -> str:
    return NONE if flow.into_kw is None else kw(abs(flow.into_kw), lang)


def _stream(flow: Flow) -> str:
    """A line between two nodes with an arrow each way; the style shows the one that holds."""
    node = NODES[flow.node]
    (x1, y1), (x2, y2) = _edges(node.at, node.into)
    angle = _degrees(x2 - x1, y2 - y1)
    middle = f"{(x1 + x2) / 2:.0f} {(y1 + y2) / 2:.0f}"
    arrows = "".join(
        f'<path class="arrow {way}" d="M-7 -6L6 0L-7 6z" transform="translate({middle}) rotate({angle + turn:.0f})"/>'
        for way, turn in (("in", 0), ("out", 180))
    )
    return (
        f'<g class="stream c-{node.colour}" data-flow="way.{flow.node}" data-way="{flow.way}">'
        f'<path class="wire" d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"/>{arrows}</g>'
    )


def _edges(one: tuple[int, int], other: tuple[int, int]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The line from a node to another, cut off at their circles; below a node there is room for its words."""
    (x1, y1), (x2, y2) = one, other
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    below = 40 if dy > 0.5 else 6
    return (
        (x1 + dx * (_RADIUS + below), y1 + dy * (_RADIUS + below)),
        (x2 - dx * (_RADIUS + 10), y2 - dy * (_RADIUS + 10)),
    )


def _degrees(dx: float, dy: float) -> float:
    return degrees(atan2(dy, dx))


def _home() -> Iterator[str]:
    x, y = _HOME
    yield f'<circle class="node c-ink" cx="{x}" cy="{y}" r="{_RADIUS + 4}"/>'
    yield f'<path class="icon c-ink" d="{_HOUSE}" transform="translate({x - 18} {y - 19}) scale(1.5)"/>'


def _node(flow: Flow, lang: Lang) -> Iterator[str]:
    node = NODES[flow.node]
    x, y = node.at
    yield f'<circle class="node c-{node.colour}" cx="{x}" cy="{y}" r="{_RADIUS}"/>'
    yield f'<path class="icon c-{node.colour}" d="{node.icon}" transform="translate({x - 14} {y - 14}) scale(1.17)"/>'
    yield f'<text class="strong" x="{x}" y="{y + _RADIUS + 16}" text-anchor="middle" data-value="flow.{flow.node}">{escape(_power(flow, lang))}</text>'
    yield f'<text x="{x}" y="{y + _RADIUS + 31}" text-anchor="middle">{escape(node.words.to(lang))}</text>'
