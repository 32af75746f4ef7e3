"""What a caller is told when something cannot be: one sentence in both languages, and when to come back."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from laag.apps.street.keeper import Away, Busy
from laag.foundation.errors import BadInput
from laag.foundation.words import Said

AWAY = Said(
    "Er kan nu niets worden vastgelegd; er is niets aangenomen. Probeer het zo weer.",
    "Nothing can be written down now; nothing was taken. Try again in a moment.",
)
BUSY = Said("Er wacht te veel; probeer het zo weer.", "Too much is waiting; try again in a moment.")
TOO_MANY = Said("Dit is te vaak achter elkaar; wacht even.", "This is too often in a row; wait a moment.")
TOO_LARGE = Said("Dit is te groot; stuur het in delen.", "This is too large; send it in parts.")
UNREADABLE = Said("Dit is niet te lezen", "This cannot be read")
NOTHING = Said("Dat is er niet.", "There is no such thing.")
_MOST_REPEATED = 120


class Trouble(HTTPException):
    """A sentence instead of an answer."""

    def __init__(
        self,
        status: int,
        why: Said,
        *,
        retry_s: float | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        headers = None if retry_s is None else {"Retry-After": str(max(1, round(retry_s + 0.5)))}
        super().__init__(status, {"nl": why.nl, "en": why.en, **(more or {})}, headers)


def answers_in_sentences(app: FastAPI) -> None:
    """Say what went wrong in both languages, whatever it was."""

    @app.exception_handler(Away)
    async def gone(_: Request, __: Exception) -> JSONResponse:
        return away()

    @app.exception_handler(Busy)
    async def full(_: Request, __: Exception) -> JSONResponse:
        return busy()

    @app.exception_handler(BadInput)
    async def store(_: Request, __: Exception) -> JSONResponse:
        # What callers may get wrong is checked before; what is left is a store that fails.
        return _said(503, AWAY, retry_s=5)

    @app.exception_handler(RequestValidationError)
    async def unreadable(_: Request, odd: Exception) -> JSONResponse:
        assert isinstance(odd, RequestValidationError)
        return _said(422, unread(odd.errors()))


def said(why: Trouble) -> JSONResponse:
    """A trouble as an answer."""
    return JSONResponse({"detail": why.detail}, why.status_code, why.headers)


def away() -> JSONResponse:
    """The store takes nothing now."""
    return _said(503, AWAY, retry_s=5)


def busy() -> JSONResponse:
    """So much waits that nothing more is let in."""
    return _said(503, BUSY, retry_s=1)


def too_large() -> JSONResponse:
    """Nobody has so much to say at once; the rest of it is not waited for."""
    answer = _said(413, TOO_LARGE)
    answer.headers["Connection"] = "close"
    return answer


def unread(errors: Any) -> Said:
    """What cannot be read, where, and what was expected there."""
    first = next(iter(errors), {"loc": (), "msg": ""})
    where, why = repeated(".".join(str(part) for part in first["loc"])), repeated(str(first["msg"]))
    return Said(
        f"{UNREADABLE.nl}: {where or 'het geheel'} ({why}).",
        f"{UNREADABLE.en}: {where or 'the whole'} ({why}).",
    )


def repeated(text: str) -> str:
    r"""What a caller said, as far as it is said again: it goes into the log, and from there to a terminal.

    >>> repeated("wh\x1b[2J"), len(repeated("wh" * 1_000_000))
    ('wh?[2J', 120)
    """
    short = text if len(text) <= _MOST_REPEATED else f"{text[: _MOST_REPEATED - 1]}…"
    return "".join(one if one.isprintable() else "?" for one in short)


def _said(status: int, why: Said, retry_s: float | None = None) -> JSONResponse:
    headers = None if retry_s is None else {"Retry-After": str(int(retry_s))}
    return JSONResponse({"detail": {"nl": why.nl, "en": why.en}}, status, headers)
