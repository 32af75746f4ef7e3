"""A home's calls to its neighbourhood: signed, patient, and never raising anything but that nobody was there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.leaving import May, Stays, call_leaves, unasked
from laag.adapters.neighbourhood.signing import call_bytes, enrolment_bytes
from laag.adapters.neighbourhood.wire import About, Answers, Board, Enrolled, Enrolment, Positions
from laag.foundation.errors import BadInput, LaagError
from laag.foundation.words import Said

LOG = logging.getLogger("laag.home")
ROOT = "/api/v1"
_PATIENCE = httpx.Timeout(15.0, connect=5.0)
_LISTENS = httpx.Timeout(60.0, connect=5.0)
"""The server says that it is still there every fifteen seconds."""
_WITHIN_S = 300.0
_MOST_BYTES = 64 * 2**20
"""All that is held of a member for years is less; a neighbourhood that says more does not fill a home's memory."""
_MOST_LINE = 64 * 1024
_LONGEST_WAIT_S = 3600.0
_MOST_SAID = 300
Wire = TypeVar("Wire", bound=BaseModel)
_TOO_MUCH = Said(
    "de buurt zegt meer dan een huis kan onthouden", "the neighbourhood says more than a home can remember"
)


class Away(LaagError):
    """Nobody answered, or only to say later; ``wait_s`` where they said how much later."""

    def __init__(self, why: Said, wait_s: float = 0.0) -> None:
        super().__init__(why.en)
        self.why, self.wait_s = why, wait_s


class Neighbourhood:
    """One neighbourhood as one of its homes sees it; ``member`` is nobody before it has enrolled.

    Where the clocks differ so much that a signed call is not believed, the neighbourhood's is taken for signing and
    ``skew`` says by how much.
    """

    def __init__(
        self, url: str, key: Key, member: str | None = None, client: httpx.AsyncClient | None = None
    ) -> None:
        self.url, self.key, self.member = url.rstrip("/"), key, member
        self._client = client or httpx.AsyncClient(timeout=_PATIENCE)
        self.skew = timedelta(0)
        self.may: May = unasked
        """What the household lets its data be used for."""

    @property
    def public(self) -> str:
        """The half of this home's key that everybody may know."""
        return self.key.public

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def about(self) -> About:
        """Who they are."""
        return await self._read(About, "GET", "/about")

    async def board(self) -> Board:
        """What everybody is told."""
        return await self._read(Board, "GET", "/board")

    async def enrol(self, code: str) -> Enrolled:
        """Become a member; asking again with the same code and key gives the same answer."""
        signature = self.key.sign(enrolment_bytes(code, self.key.public))
        asked = Enrolment(code=code, public_key=self.key.public, signature=signature)
        enrolled = await self._read(Enrolled, "POST", "/enrolments", asked.model_dump_json().encode())
        self.member = enrolled.member
        return enrolled

    async def send(self, messages: Sequence[str], *, receipts: bool = False) -> Answers:
        """These messages, as they were written and signed; one answer each, with a receipt for each order list where asked."""
        body = '{"messages":[' + ",".join(messages) + "]}"
        return await self._read(
            Answers, "POST", "/messages" + ("?receipts=1" if receipts else ""), body.encode()
        )

    async def positions(self, start: datetime, count: int) -> Positions:
        """What the market cleared for this home."""
        query = httpx.QueryParams({"start": start.isoformat().replace("+00:00", "Z"), "count": count})
        return await self._read(Positions, "GET", f"/members/{self.member}/positions?{query}", signed=True)

    async def settled(self, day: date) -> dict[str, Any]:
        """What a day came to for this home."""
        answer = await self._call("GET", f"/members/{self.member}/settled/{day.isoformat()}", signed=True)
        return dict(answer.json())

    async def own(self, kind: type[Wire], method: str, path: str) -> Wire:
        """Something that is this home's own there, by its path below the member."""
        there = f"/members/{self.member}" + (f"/{path}" if path else "")
        return await self._read(kind, method, there, signed=True)

    async def tell(self, kind: type[Wire], method: str, path: str, said: BaseModel) -> Wire:
        """Something that this home says of its own accord, by its path below the member."""
        body = said.model_dump_json().encode()
        return await self._read(kind, method, f"/members/{self.member}/{path}", body, signed=True)

    async def events(self) -> AsyncIterator[str]:
        """The kind of each thing that happens there, for as long as they are there."""
        try:
            headers = self._lets_out("GET", "/stream", b"", signed=False)
            async with self._client.stream(
                "GET", f"{self.url}{ROOT}/stream", headers=headers, timeout=_LISTENS
            ) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise _later(answer)
                async for line in _lines(answer):
                    if line.startswith(b"event:"):
                        yield line.removeprefix(b"event:").strip().decode("utf-8", "replace")
        except httpx.HTTPError as fault:
            raise _gone(self.url, fault) from fault

    async def _read(
        self, kind: type[Wire], method: str, path: str, body: bytes = b"", *, signed: bool = False
    ) -> Wire:
        answer = await self._call(method, path, body, signed=signed)
        try:
            return kind.model_validate_json(answer.content)
        except ValidationError as wrong:
            raise Away(
                Said(
                    f"{self.url} antwoordt iets wat dit huis niet begrijpt; werk een van beide bij",
                    f"{self.url} answers something that this home does not understand; update one of the two",
                )
            ) from wrong

    async def _call(
        self, method: str, path: str, body: bytes = b"", *, signed: bool = False
    ) -> httpx.Response:
        answer = await self._once(method, path, body, signed=signed)
        if signed and answer.status_code == httpx.codes.UNAUTHORIZED and (theirs := _their_time(answer)):
            self.skew = theirs - Wall().now()
            answer = await self._once(method, path, body, signed=signed)
        if answer.is_success:
            return answer
        if answer.status_code >= 500 or answer.status_code in {408, 425, 429}:
            raise _later(answer)
        raise BadInput(f"{self.url} says: {_detail(answer)}")

    async def _once(self, method: str, path: str, body: bytes, *, signed: bool) -> httpx.Response:
        headers = self._lets_out(method, path, body, signed=signed)
        there = f"{self.url}{ROOT}{path}"
        try:
            async with (
                asyncio.timeout(_WITHIN_S),
                self._client.stream(method, there, content=body or None, headers=headers) as answer,
            ):
                return await _whole(answer)
        except (httpx.HTTPError, TimeoutError) as fault:
            raise _gone(self.url, fault) from fault

    def _lets_out(self, method: str, path: str, body: bytes, *, signed: bool) -> dict[str, str]:
        """The headers of a call all of which may leave this home: its name and signature only where they are needed."""
        try:
            call_leaves(method, path, body, signed=signed, may=self.may)
        except Stays as stays:
            LOG.error("this did not leave the home: %s", stays)  # noqa: TRY400 - a sentence says it
            raise
        headers = {"user-agent": "laag"}
        if body:
            headers["content-type"] = "application/json"
        return headers | (self._signature(method, ROOT + path, body) if signed else {})

    def _signature(self, method: str, target: str, body: bytes) -> dict[str, str]:
        member, at = self.member or "", Wall().now() + self.skew
        return {
            "laag-member": member,
            "laag-at": at.isoformat(timespec="seconds"),
            "laag-signature": self.key.sign(call_bytes(method, target, member, at, body)),
        }


async def _whole(answer: httpx.Response) -> httpx.Response:
    """All of an answer, as far as one may be long."""
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > _MOST_BYTES:
            raise Away(_TOO_MUCH)
    wait = [(name, value) for name, value in answer.headers.raw if name.lower() == b"retry-after"]
    return httpx.Response(answer.status_code, headers=wait, content=bytes(body))


async def _lines(answer: httpx.Response) -> AsyncIterator[bytes]:
    """What is said line by line; nobody has to be remembered who never ends one."""
    begun = b""
    async for piece in answer.aiter_bytes():
        *whole, begun = (begun + piece).split(b"\n")
        for line in whole:
            yield line
        if len(begun) > _MOST_LINE:
            raise Away(_TOO_MUCH)


def _their_time(answer: httpx.Response) -> datetime | None:
    """What time it is there, where they say so."""
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        said = answer.json()
        at = datetime.fromisoformat(
            (said.get("detail") if isinstance(said.get("detail"), dict) else said)["now"]
        )
        return at if at.tzinfo is not None and 1970 < at.year < 3000 else None
    return None


def _detail(answer: httpx.Response) -> str:
    with suppress(ValueError, AttributeError, RecursionError):
        said = answer.json().get("detail")
        if isinstance(said, dict) and "en" in said:
            return _plain(said["en"])
        if said:
            return _plain(said)
    return f"{answer.status_code} {answer.reason_phrase}"


def _plain(said: object) -> str:
    """What they said, in a line that a terminal does not obey."""
    return "".join(one if one.isprintable() else "?" for one in str(said)[:_MOST_SAID])


def _later(answer: httpx.Response) -> Away:
    why = _detail(answer)
    wait = answer.headers.get("retry-after", "")
    return Away(
        Said(f"de buurt kan nu niet antwoorden ({why})", f"the neighbourhood cannot answer now ({why})"),
        min(float(wait), _LONGEST_WAIT_S) if wait.isascii() and wait.isdigit() else 0.0,
    )


def _gone(url: str, fault: httpx.HTTPError | TimeoutError) -> Away:
    what = str(fault) or type(fault).__name__
    return Away(
        Said(
            f"de buurt is niet te bereiken op {url} ({what})",
            f"the neighbourhood cannot be reached at {url} ({what})",
        )
    )
