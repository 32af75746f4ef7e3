"""A server's part in the shared record: it commits, gives receipts and evidence, and says how the record stands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import SKEW_S
from laag.adapters.ledger.evidence import members_of
from laag.adapters.neighbourhood.committed import (
    OwnRecord,
    OwnSecret,
    Record,
    RecordDispute,
    RecordMember,
)
from laag.adapters.neighbourhood.wire import Both, OrderReceipt
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger import words
from laag.apps.street.ledger.committing import Committing
from laag.apps.street.ledger.disputed import Disputes
from laag.apps.street.ledger.making import Making
from laag.apps.street.ledger.opening import Opened
from laag.apps.street.ledger.past import Past
from laag.apps.street.ledger.proofs import Proofs
from laag.apps.street.ledger.receipts import receipts
from laag.apps.street.taking import Ask, Outcome
from laag.cycle.commit import Commit, retold
from laag.foundation.errors import LaagError
from laag.foundation.ports import Head, Records
from laag.foundation.words import Said
from laag.ledger.canonical import decode
from laag.ledger.genesis import genesis
from laag.ledger.heads import head

log = logging.getLogger("laag.street.ledger")
PATIENCE = timedelta(hours=1)
"""Of the neighbourhood's clock: an entry that waits for longer is spoken of."""


class SharedRecord:
    """What a server has of it; started and stopped with it."""

    def __init__(self, opened: Opened, keeper: Keeper, records: Records, version: str) -> None:
        self.opened = opened
        self._keeper = keeper
        self.making = Making(records, keeper.clock)
        self.past = Past(records)
        self.committing = Committing(
            opened.ledger,
            opened.signs,
            self.making,
            keeper.clock,
            lambda: keeper.live,
            self._retold,
            version,
            lambda: self.past.began,
        )
        self.proofs = Proofs(self.committing)
        self._disputes = Disputes({who: node.reason for who, node in opened.nodes.items()})
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def id(self) -> str:
        """The ledger's."""
        return self.committing.id

    def start(self) -> None:
        """Commit from now on; the keeper has read its log."""
        self._loop = asyncio.get_running_loop()
        self.past.begin(self.opened.ledger, self._keeper.live)
        self._keeper.hear(self.committing.hears)
        self.committing.start()

    async def close(self) -> None:
        """Stop; what was not handed in is found again at the next start."""
        await asyncio.to_thread(self.committing.close)

    async def receipts(self, asks: Sequence[Ask], outcomes: Sequence[Outcome]) -> Mapping[int, OrderReceipt]:
        """For the order lists among these; none where the ledger is away, and then the home asks again."""
        return await asyncio.to_thread(self._receipts, asks, outcomes)

    def _receipts(self, asks: Sequence[Ask], outcomes: Sequence[Outcome]) -> Mapping[int, OrderReceipt]:
        try:
            mine, key = self.committing.mine()
            return receipts(self._keeper.live, asks, outcomes, self.id, mine.id, key, self.making.secrets)
        except (LaagError, OSError) as fault:
            log.warning("no receipts", extra={"why": str(fault)})
            return {}

    def secret(self, member: str) -> OwnSecret | None:
        """For the home itself; ``None`` where it was erased."""
        found = self.making.secrets.of(member)
        if found is None:
            return None
        mine, _ = self.committing.mine()
        return OwnSecret(
            member=member, secret=found.hex(), ledger=self.id, server=mine.id, server_key=mine.key
        )

    def about(self, member: str) -> OwnRecord | None:
        """Whom the log holds a home to be, and what it has to know of the record's past; ``None`` where its key is not known."""
        key = self._keeper.kept.keys.get(member)
        if key is None:
            return None
        return OwnRecord(
            member=member, ledger=self.id, public_key=key, began=self.past.began, restored=self.past.restored
        )

    def alarms(self) -> list[Said]:
        """What other members see and do not take: it is looked into at once."""
        ledger, publisher = self.opened.ledger, self.opened.publisher
        halted = None
        with suppress(LaagError, OSError):  # one that is away is spoken of as such
            halted = ledger.halted if isinstance(ledger, EmbeddedLedger) else None
        refuse = [] if publisher is None else [one for one in publisher.standing() if one.refuses]
        return [
            *([halted] if halted else []),
            *(words.refuses(one.member, Said(one.why_nl, one.why)) for one in refuse),
        ]

    def worries(self) -> list[Said]:
        """What somebody has to look into."""
        stands, now = self.committing.standing(), self._keeper.clock.now()
        found = self.alarms()
        if stands.since is not None and now - stands.since > PATIENCE:
            zone = self._keeper.live.neighbourhood.zone
            found.append(words.waiting(len(stands.waiting), stands.since.astimezone(zone), stands.why))
        if stands.wrong:
            found.append(words.wrong(sorted(stands.wrong)))
        return found

    def notes(self, today: date) -> list[Said]:
        """What is weaker than it should be, for the days that still matter."""
        late = [key for key in self.making.trees.all_late() if key.split("/")[2] >= today.isoformat()]
        return [*self.worries(), *([words.late(late)] if late else [])]

    def record(self) -> Record:
        """How it stands; of a ledger that is away, as far as we know."""
        ledger, stands = self.opened.ledger, self.committing.standing()
        begun = genesis(decode(ledger.genesis))
        worries = self.worries()
        newest: Head | None = None
        proven: Head | None = None
        members: list[RecordMember] = []
        disputes: list[RecordDispute] = []
        try:
            newest, proven = ledger.head(), ledger.proven()
            members, disputes = self._members(proven), self._disputed()
        except (LaagError, OSError) as fault:
            worries.append(words.away(str(fault)))
        weak = words.alone() if len(members) == 1 else None
        late = self.making.trees.all_late()[-words.MOST :]
        disputed = sorted({one.key for one in disputes})
        told = [*self._restored(), *([words.began(began)] if (began := self.past.began) else [])]
        notes = [*worries, *told, *([weak] if weak else []), *([words.late(late)] if late else []), *([words.disputed(disputed)] if disputed else [])]  # fmt: skip
        return Record(
            ledger=begun.ledger,
            name=begun.name,
            driver=self.opened.driver,
            size=newest.size if newest else 0,
            proven=proven.size if proven else 0,
            members=members,
            waiting=len(stands.waiting),
            since=stands.since,
            late=late,
            disputed=disputed,
            disputes=disputes,
            well=not worries,
            notes=[Both(nl=one.nl, en=one.en) for one in notes],
        )

    def _restored(self) -> list[Said]:
        zone = self._keeper.live.neighbourhood.zone
        return [
            words.put_back(one.at.astimezone(zone), one.copied.astimezone(zone), one.size)
            for one in self.past.restored
        ]

    def _members(self, proven: Head | None) -> list[RecordMember]:
        signers = head(dict(proven.proof)).signers if proven else ()
        standing = (
            {one.member: one for one in self.opened.publisher.standing()} if self.opened.publisher else {}
        )
        found = []
        for one in members_of(self.opened.ledger):
            witness = standing.get(one.id)
            signed = proven.size if proven and one.id in signers else 0
            odd = witness is not None and (witness.why or abs(witness.skew_s) > SKEW_S)
            why = witness.said if witness is not None and odd else None
            found.append(
                RecordMember(
                    id=one.id,
                    group=one.group,
                    roles=list(one.roles),
                    signed=max(signed, witness.size if witness else 0),
                    why=None if why is None else Both(nl=why.nl, en=why.en),
                )
            )
        return found

    def _disputed(self) -> list[RecordDispute]:
        return [
            RecordDispute(
                key=one.key,
                by=one.by,
                reason=one.reason,
                found=[Both(nl=each.nl, en=each.en) for each in one.found],
            )
            for one in self._disputes.newest(self.opened.ledger, words.MOST)
        ]

    def _retold(self, day: date) -> Sequence[Commit]:
        """From the log, read beside whoever writes to it; called in a thread of our own."""
        assert self._loop is not None
        place = self._keeper.live.neighbourhood
        asked = self._keeper.read(lambda events: retold(place, events, day))
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()
