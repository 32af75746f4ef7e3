"""A password or token: read from a file or the environment when it is needed, and never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from laag.foundation.errors import BadInput

_SHAPE = "write file:/path/of/it, or env:NAME_OF_A_VARIABLE"


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is, not what it is: it may be printed, logged and compared.

    >>> secret_of("file:/run/secrets/broker")
    Secret(place='file:/run/secrets/broker')
    """

    place: str

    def reveal(self) -> str:
        """The word itself, without the line's end; asked anew each time, so that it may be changed while we run."""
        kind, _, where = self.place.partition(":")
        if kind == "env":
            if (word := os.environ.get(where)) is None:
                raise BadInput(f"there is no variable {where}; set it to the secret, or {_SHAPE}")
            return word
        try:
            return Path(where).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as unread:
            why = getattr(unread, "strerror", None) or "is not text"
            raise BadInput(f"the secret in {where} cannot be read ({why}); {_SHAPE}") from None


def secret_of(text: str) -> Secret:
    """A secret by its place; a secret itself is refused, because settings are copied and shown."""
    kind, _, where = text.partition(":")
    if kind not in {"env", "file"} or not where:
        # What was written may be the secret itself: it is not repeated.
        raise BadInput(f"a secret is not written down in settings; {_SHAPE}")
    return Secret(text)


def _checked(text: str) -> str:
    # Not a ValueError: pydantic would repeat what was written, which may be the secret itself.
    return secret_of(text).place if text else text


Place = Annotated[str, AfterValidator(_checked)]
"""Where a secret is, in settings; empty where there is none."""
