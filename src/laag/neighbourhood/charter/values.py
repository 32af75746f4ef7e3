"""What an article may be: how it is checked, written as text and read back, and said in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.charter.parts import Agreement

Value = int | str | tuple[str, ...] | tuple[Agreement, ...] | None
"""``True`` and ``False`` are whole numbers to Python, and so here."""
_YES, _NO = "true", "false"
_LIST = ", "
LONGEST_WORD = 60
MOST_AGREEMENTS = 20
HOURS = 24


class May(Protocol):
    """One kind of value."""

    @property
    def said(self) -> Said:
        """What it may be, to stand after "may be"."""

    def fits(self, value: object) -> bool:
        """Whether it may be this."""

    def text(self, value: Value) -> str:
        """On one line, as ``read`` takes it."""

    def read(self, text: str) -> Value:
        """From one line; what fits nothing is for ``fits`` to refuse."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in a range; where it has a word for ``None``, that too.

    >>> Whole(0, 99).fits(100), Whole(0, 99).read("30"), Whole(0, 9, "gateway").text(None)
    (False, 30, 'gateway')
    """

    least: int
    most: int
    nothing: str | None = None

    @property
    def said(self) -> Said:
        """What it may be."""
        also = ("", "") if self.nothing is None else (f', of "{self.nothing}"', f', or "{self.nothing}"')
        return Said(
            f"een geheel getal van {self.least} tot en met {self.most}{also[0]}",
            f"a whole number from {self.least} to {self.most}{also[1]}",
        )

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        if value is None:
            return self.nothing is not None
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def text(self, value: Value) -> str:
        """On one line."""
        return str(self.nothing) if value is None else str(value)

    def read(self, text: str) -> Value:
        """From one line."""
        if text == self.nothing:
            return None
        try:
            return int(text)
        except ValueError:
            return text


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no; ``unsaid`` takes ``None`` for no, as runs have it that were stored before anybody could say so."""

    unsaid: bool = False

    @property
    def said(self) -> Said:
        """What it may be."""
        return Said("true (ja) of false (nee)", "true (yes) or false (no)")

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        return isinstance(value, bool) or (self.unsaid and value is None)

    def text(self, value: Value) -> str:
        """On one line."""
        return _YES if value else _NO

    def read(self, text: str) -> Value:
        """From one line."""
        return {_YES: True, _NO: None if self.unsaid else False}.get(text, text)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    @property
    def said(self) -> Said:
        """What it may be."""
        named = _LIST.join(self.words)
        if len(self.words) == 1:
            return Said(f"alleen {named}", f"{named} and nothing else")
        return Said(f"een van {named}", f"one of {named}")

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        return isinstance(value, str) and value in self.words

    def text(self, value: Value) -> str:
        """On one line."""
        return str(value)

    def read(self, text: str) -> Value:
        """From one line."""
        return text


@dataclass(frozen=True, slots=True)
class Ordered:
    """These words, each once, in any order; ``fixed``: in this one."""

    words: tuple[str, ...]
    fixed: bool = False

    @property
    def said(self) -> Said:
        """What it may be."""
        named = _LIST.join(self.words)
        if self.fixed:
            return Said(f"alleen {named}, in deze volgorde", f"{named} in this order and nothing else")
        return Said(f"{named}, elk één keer, in een volgorde naar keuze", f"{named}, each once, in any order")

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
            return False
        return value == self.words if self.fixed else sorted(value) == sorted(self.words)

    def text(self, value: Value) -> str:
        """On one line."""
        return _listed(value)

    def read(self, text: str) -> Value:
        """From one line."""
        return _words(text)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Any of these words, each at most once."""

    words: tuple[str, ...]

    @property
    def said(self) -> Said:
        """What it may be."""
        named = _LIST.join(self.words)
        return Said(f"een lijst met niets, of met enkele van {named}", f"a list of none or some of {named}")

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        given = _once_each(value)
        return given is not None and set(given) <= set(self.words)

    def text(self, value: Value) -> str:
        """On one line."""
        return _listed(value)

    def read(self, text: str) -> Value:
        """From one line."""
        return _words(text)


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreements between neighbours, on one line each: ``name | device | 17-20 | 12 1 2 | below 0 | warning``."""

    devices: tuple[str, ...]
    consequences: tuple[str, ...]

    @property
    def said(self) -> Said:
        """What it may be."""
        devices, after = _LIST.join(self.devices), _LIST.join(self.consequences)
        return Said(
            f"hoogstens {MOST_AGREEMENTS} afspraken, elk met een eigen naam, een apparaat ({devices}), uren van 0 tot en met 24 die "
            f"verschillen, maanden van 1 tot en met 12, een temperatuur van -30 tot en met 40 °C of geen, en een gevolg ({after})",
            f"at most {MOST_AGREEMENTS} agreements, each with a name of its own, a device ({devices}), hours from 0 to 24 that "
            f"differ, months from 1 to 12, a temperature from -30 to 40 °C or none, and a consequence ({after})",
        )

    def fits(self, value: object) -> bool:
        """Whether it may be this."""
        if not isinstance(value, tuple) or len(value) > MOST_AGREEMENTS:
            return False
        if not all(isinstance(one, Agreement) and self._can_be(one) for one in value):
            return False
        return len({one.name for one in value}) == len(value)

    def _can_be(self, one: Agreement) -> bool:
        hours = (one.from_hour, one.to_hour)
        return (
            isinstance(one.name, str)
            and 0 < len(one.name) <= LONGEST_WORD
            and one.name == one.name.strip()
            and one.name.isprintable()
            and not set(one.name) & set("|;")
            and one.device in self.devices
            and all(Whole(0, HOURS).fits(hour) for hour in hours)
            and one.from_hour != one.to_hour
            and hours != (HOURS, 0)
            and isinstance(one.months, tuple)
            and all(Whole(1, 12).fits(month) for month in one.months)
            and len(set(one.months)) == len(one.months)
            and (one.below_c is None or Whole(-30, 40).fits(one.below_c))
            and one.consequence in self.consequences
        )

    def text(self, value: Value) -> str:
        """On one line."""
        assert isinstance(value, tuple)
        return "; ".join(_line(one) for one in value if isinstance(one, Agreement))

    def read(self, text: str) -> Value:
        """From one line."""
        return tuple(_agreement(line) for line in text.split(";") if line.strip())


def _line(one: Agreement) -> str:
    months = " ".join(str(month) for month in one.months) or "-"
    below = "-" if one.below_c is None else f"below {one.below_c}"
    return (
        f"{one.name} | {one.device} | {one.from_hour}-{one.to_hour} | {months} | {below} | {one.consequence}"
    )


def _agreement(line: str) -> Agreement:
    parts = [part.strip() for part in line.split("|")]
    try:
        name, device, hours, months, below, after = parts
        first, last = hours.split("-")
        return Agreement(
            name,
            device,
            int(first),
            int(last),
            () if months == "-" else tuple(int(month) for month in months.split()),
            None if below == "-" else int(below.removeprefix("below ")),
            after,
        )
    except ValueError:
        raise BadInput(
            f"{line.strip()!r} is no agreement; write it as: name | device | 17-20 | 12 1 2 | below 0 | warning"
        ) from None


def _listed(value: Value) -> str:
    assert isinstance(value, tuple)
    return _LIST.join(str(one) for one in value)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _once_each(value: object) -> tuple[str, ...] | None:
    """The words of a list that has each at most once."""
    if not isinstance(value, tuple) or len(set(value)) != len(value):
        return None
    return value if all(isinstance(one, str) for one in value) else None
