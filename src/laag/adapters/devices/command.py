"""An instruction in the words that a device wants: a template, filled with its power in watts, kilowatts or amperes."""

from __future__ import annotations

import math
from string import Template
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from laag.foundation.errors import BadInput

_VOLT = 230.0
_MOST_KW, _MOST = 1000.0, 1e9
"""What 'as much as it can' is for who wants a number; and in a number of theirs, whatever its scale."""


def words(kw: float, *, scale: float = 1.0, least_kw: float = 0.05) -> dict[str, str]:
    """What may stand in a template, for a power.

    >>> words(3.7)
    {'w': '3700', 'kw': '3.7', 'a1': '16', 'a3': '5', 'on': 'true', 'ON': 'ON'}
    """
    signed = min(max(scale * min(max(kw, -_MOST_KW), _MOST_KW), -_MOST), _MOST)
    watts = 1000 * signed
    runs = abs(signed) > least_kw
    return {
        "w": str(round(watts)),
        "kw": f"{round(signed, 3) + 0.0:g}",
        # Amperes are rounded towards nothing: a box that is given half an ampere too much is a fuse that blows.
        "a1": str(math.trunc(watts / _VOLT + math.copysign(1e-6, watts))),
        "a3": str(math.trunc(watts / _VOLT / 3 + math.copysign(1e-6, watts))),
        "on": "true" if runs else "false",
        "ON": "ON" if runs else "OFF",
    }


def _fillable(text: str) -> str:
    known = words(0.0)
    try:
        Template(text).substitute(known)
    except (KeyError, ValueError) as wrong:
        said = f"the template {text!r} cannot be filled ({wrong}); known are {', '.join(f'${name}' for name in known)}"
        raise ValueError(said) from None
    return text


Filled = Annotated[str, AfterValidator(_fillable)]
"""A template of which every ``$name`` is known; ``$$`` is a dollar."""


class Call(BaseModel):
    """What is called with which data; a text among the data is a template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    data: dict[str, Filled | float | bool] = {}

    def filled(self, known: dict[str, str]) -> dict[str, object]:
        """The data of the call; a text that is a number by then is sent as one.

        >>> Call(service="number.set_value", data={"value": "$w"}).filled(words(1.25))
        {'value': 1250}
        """
        return {
            name: _plain(filled(one, known)) if isinstance(one, str) else one
            for name, one in self.data.items()
        }


def filled(template: str, known: dict[str, str]) -> str:
    """The template with its words."""
    try:
        return Template(template).substitute(known)
    except (KeyError, ValueError) as wrong:
        raise BadInput(
            f"the template {template!r} cannot be filled ({wrong}); known are {sorted(known)}"
        ) from wrong


def _plain(text: str) -> object:
    """A text as the number or the truth that it writes."""
    if text in {"true", "false"}:
        return text == "true"
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() and "." not in text else value
