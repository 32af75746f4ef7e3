"""The key that ENTSO-E gives to who asks for one: from the environment or a file, and from there to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from laag.foundation.errors import BadInput

VARIABLE = "LAAG_ENTSOE_TOKEN"
FILE_VARIABLE = "LAAG_ENTSOE_TOKEN_FILE"


def token_of(environ: Mapping[str, str]) -> str:
    """The key, from ``LAAG_ENTSOE_TOKEN`` or the file that ``LAAG_ENTSOE_TOKEN_FILE`` names.

    >>> token_of({"LAAG_ENTSOE_TOKEN": " 1d9cd4bd-f8aa-476c "})
    '1d9cd4bd-f8aa-476c'
    """
    if token := environ.get(VARIABLE, "").strip():
        return checked(token, VARIABLE)
    path = environ.get(FILE_VARIABLE, "").strip()
    if not path:
        raise BadInput(
            f"ENTSO-E asks for a key; ask for one at transparency.entsoe.eu and name its file in {FILE_VARIABLE}"
        )
    try:
        return checked(Path(path).read_text(encoding="ascii").strip(), path)
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInput(
            f"the key of ENTSO-E cannot be read from {path}; check {FILE_VARIABLE} and who may read the file"
        ) from wrong


def checked(token: str, where: str) -> str:
    """A key that can be sent; else a refusal that does not repeat it."""
    if not (8 <= len(token) <= 200 and token.isascii() and token.isprintable() and " " not in token):
        raise BadInput(
            f"{where} holds no key of ENTSO-E; copy it from your account there, one word of letters and figures"
        )
    return token
