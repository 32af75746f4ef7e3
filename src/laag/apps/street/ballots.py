"""A count that anybody can check and that tells of nobody: every vote under a code that only its voter knows.

The code comes from a secret of the proposal and the name of the member. After the vote all codes are shown with what was
voted, in the order of the codes: who voted finds their own line, and everybody can add up. Who runs the server could work
out whose a code is; so could they read the log.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from secrets import token_hex

from laag.foundation.ports import Records
from laag.neighbourhood.charter.process import Proposal

KIND = "ballots"
_BYTES, _PART = 10, 4


class Ballots:
    """Codes of votes. Their secrets are made once and kept beside the log."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def code(self, proposal: str, member: str) -> str:
        """A voter's own code, the same whenever they ask: ``K7Q3-9XM2-B4TA-HC6D``."""
        made = hmac.new(self._secret(proposal), member.encode(), hashlib.sha256).digest()[:_BYTES]
        text = b32encode(made).decode()
        return "-".join(text[at : at + _PART] for at in range(0, len(text), _PART))

    def counted(self, proposal: Proposal, members: tuple[str, ...]) -> list[tuple[str, str]]:
        """Every vote that was counted, by its code; none before the vote is over."""
        if proposal.count is None:
            return []
        still = set(members) & set(proposal.electorate)
        cast = [(one, choice) for one, choice in proposal.votes.items() if one in still]
        return sorted((self.code(proposal.name, one), choice) for one, choice in cast)

    def _secret(self, proposal: str) -> bytes:
        body = self._records.get(KIND, proposal)
        if body is None:
            body = {"secret": token_hex(32)}
            if not self._records.put_if(KIND, proposal, None, body):
                body = self._records.get(KIND, proposal) or body
        return bytes.fromhex(str(body["secret"]))
