"""A home that signs its calls is known by its key."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request

from laag.adapters.clocks import Wall
from laag.adapters.keys import verified
from laag.adapters.neighbourhood.signing import SKEW_S, call_bytes
from laag.apps.access import Caller, Role
from laag.apps.street.running import running
from laag.apps.street.trouble import Trouble
from laag.foundation.words import Said

_MEMBER, _AT, _SIGNATURE = "laag-member", "laag-at", "laag-signature"
_ASTRAY = Said(
    "de klok van dit huis wijkt te veel af; zet hem gelijk en vraag het opnieuw",
    "the clock of this home is too far off; set it right and ask again",
)
_FORGED = Said(
    "de handtekening klopt niet; onderteken met de sleutel waarmee dit huis lid werd",
    "the signature is not right; sign with the key with which this home became a member",
)


async def signed_home(request: Request) -> Caller | None:
    """Whoever signs with a member's key; ``None`` where nobody signs. ``Laag-At`` is the time on the wall."""
    member, stamp, signature = (request.headers.get(name) for name in (_MEMBER, _AT, _SIGNATURE))
    if member is None or stamp is None or signature is None:
        return None
    now = Wall().now()
    at = _instant(stamp)
    if at is None or abs((at - now).total_seconds()) > SKEW_S:
        raise Trouble(401, _ASTRAY, more={"now": now.isoformat()})
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    data = call_bytes(request.method, target, member, at, await request.body())
    key = running(request).keeper.kept.keys.get(member, "")
    if not verified(key, signature, data):
        raise Trouble(401, _FORGED, more={"now": now.isoformat()})
    return Caller(Role.HOME, member, member)


def _instant(stamp: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(stamp)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
