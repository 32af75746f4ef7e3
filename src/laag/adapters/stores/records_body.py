"""The body of a record as text: one spelling for one meaning, so that two stores agree when two bodies are equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from laag.foundation.errors import BadInput


def written(body: Mapping[str, Any]) -> str:
    r"""The text of a body.

    >>> written({"b": 1, "a": "é"})
    '{"a":"\\u00e9","b":1}'
    """
    try:
        return json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as fault:
        raise BadInput(
            f"a record holds only what JSON can say ({fault}); write it as text or numbers"
        ) from fault


def read(text: str) -> dict[str, Any]:
    """The body again."""
    body: dict[str, Any] = json.loads(text)
    return body
