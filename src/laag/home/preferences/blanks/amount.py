"""A number with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from laag.foundation.words import Lang, Said, pointed
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit

_NUMBER = r"-?\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class Amount(Blank[float]):
    """A number from ``least`` to ``most`` in steps; whole numbers where the step is whole."""

    label: Said
    least: float
    most: float
    step: float
    unit: str
    spoken: str
    """Every way to say the unit, as a regular expression."""
    unit_needed: bool = True

    def pattern(self, lang: Lang) -> str:  # noqa: ARG002 - both languages write numbers alike
        """A number and its unit, the decimals after a point or a comma.

        >>> bool(re.fullmatch(PERCENT.pattern(Lang.EN), "80 %")), bool(re.fullmatch(PERCENT.pattern(Lang.EN), "80"))
        (True, False)
        """
        return rf"{_NUMBER}(?: ?(?:{self.spoken})){'' if self.unit_needed else '?'}(?![\w°])"

    def read(self, words: str, lang: Lang) -> float:  # noqa: ARG002
        """The number.

        >>> CELSIUS.read("19,5 graden", Lang.NL), PERCENT.read("80%", Lang.EN)
        (19.5, 80)
        """
        found = re.match(_NUMBER, words)
        assert found is not None, "the pattern let it through"
        return self._number(Decimal(found[0].replace(",", ".")))

    def write(self, value: float, lang: Lang) -> str:
        """The number and its unit.

        >>> CELSIUS.write(19.5, Lang.NL), PERCENT.write(80, Lang.EN)
        ('19,5 °C', '80 %')
        """
        return f"{pointed(f'{value:g}', lang)} {self.unit}"

    def plain(self, value: float) -> Plain:
        """The number."""
        return value

    def of_plain(self, sent: Plain) -> float:
        """The number, if it is one."""
        if isinstance(sent, bool) or not isinstance(sent, int | float):
            raise self._unfit(repr(sent))
        try:
            return self._number(Decimal(str(sent)))
        except ArithmeticError:
            raise self._unfit(str(sent)) from None

    def check(self, value: float) -> None:
        """Within range and on a step."""
        self.of_plain(value)

    @property
    def control(self) -> Control:
        """A slider with its range, step and unit."""
        return Control("slider", self.label, self.least, self.most, self.step, self.unit)

    def _number(self, exact: Decimal) -> float:
        step = Decimal(str(self.step))
        inside = exact.is_finite() and Decimal(str(self.least)) <= exact <= Decimal(str(self.most))
        if not inside or exact % step:
            raise self._unfit(str(exact))
        return int(exact) if not step % 1 else float(exact)

    def _unfit(self, given: str) -> Unfit:
        def written(number: float, lang: Lang) -> str:
            return pointed(f"{number:g}", lang)

        nl, en = (
            (written(self.least, lang), written(self.most, lang), written(self.step, lang))
            for lang in (Lang.NL, Lang.EN)
        )
        return Unfit(
            Said(
                f"{given} {self.unit} kan niet; geef {nl[0]} tot en met {nl[1]} {self.unit}, in stappen van {nl[2]}",
                f"{given} {self.unit} cannot be; give {en[0]} to {en[1]} {self.unit}, in steps of {en[2]}",
            )
        )


_PERCENT = "%|percent|per cent|procent"
_CELSIUS = "°c|°|degrees celsius|degrees|graden celsius|graden|c"
_KW = "kw|kilowatts?"

PERCENT = Amount(Said("Hoe vol", "How full"), 1, 100, 1, "%", _PERCENT)
KEPT = Amount(Said("Hoeveel blijft erin", "How much stays in it"), 1, 100, 1, "%", _PERCENT)
CELSIUS = Amount(Said("Hoe warm", "How warm"), 5, 30, 0.5, "°C", _CELSIUS, unit_needed=False)
COOLER = Amount(
    Said("Zo koel mag het worden", "How cool it may get"), 5, 30, 0.5, "°C", _CELSIUS, unit_needed=False
)
OUTSIDE = Amount(
    Said("Buiten warmer dan", "Warmer outside than"), -20, 40, 0.5, "°C", _CELSIUS, unit_needed=False
)
WATER = Amount(Said("Hoe heet", "How hot"), 35, 75, 1, "°C", _CELSIUS, unit_needed=False)
KM = Amount(Said("Hoe ver", "How far"), 5, 900, 1, "km", "km|kilomet(?:er|re)s?")
KW = Amount(Said("Hoeveel vermogen", "How much power"), 0, 60, 0.1, "kW", _KW)
CENTS = Amount(
    Said("Prijs", "Price"),
    -50,
    200,
    0.5,
    "ct/kWh",
    "ct/kwh|ct|cents?|cent per kwh|cents? a kwh|cents? per kwh",
)
