"""What somebody else's device or service says in JSON, or in a few words why it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

T = TypeVar("T")


def heard(body: bytes, means: Callable[[Any], T], *, figure: Callable[[str], Any] = Decimal) -> T | str:
    """What it ``means`` to us; figures keep every digit unless they are to be a ``float``.

    >>> heard(b'{"kwh": 1594.842}', lambda words: words["kwh"])
    Decimal('1594.842')
    >>> heard(b'{"kwh": NaN}', dict)
    'it is no JSON'
    """
    try:
        return means(json.loads(body, parse_float=figure, parse_constant=_refused))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'it'}: {first['msg'].lower()}"
    except (ValueError, RecursionError):
        return "it is no JSON"


def _refused(word: str) -> Any:
    raise ValueError(word)
