"""After erasure a neighbourhood's files hold nothing that says who a member is."""

import asyncio

from tests.apps.access.hands import QUICK
from tests.apps.street.kade import FIRST, Hands, street

from laag.adapters.clocks import Wall
from laag.adapters.neighbourhood.everyone import MonthShared
from laag.adapters.stores import open_log, open_records
from laag.apps.access import Accounts, Role, Sessions
from laag.apps.street import codes, shared_months
from laag.apps.street.erasing import erase
from laag.apps.street.ledger.kept import Secrets

NAME, EAN = "Jansen-de-Wit", "871685900012636543"


def bytes_of(folder):
    """All that is in any of its files."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def lived(folder, month):
    """A member with a note, an account, a session, an invitation, a secret and a month; who it is among the members' names."""
    store = str(folder / "street.sqlite")
    with open_records(store) as records:
        code = codes.made(records, "", f"{NAME} {EAN}", Hands().now())
        member = codes.claimed(records, code.code, "ab" * 32, Hands().now()).member
        accounts = Accounts(records, Wall())
        accounts._passwords = QUICK
        account = accounts.accept(accounts.invite(Role.RESIDENT, member=member), NAME, "drie groene fietsen")
        Sessions(accounts).begin(account)
        accounts.invite(Role.RESIDENT, member=member)
        secret = Secrets(records).of(member)
        shared_months.share(records, member, month)

    async def joins():
        async with street(store) as keeper:
            from laag.cycle import live

            await keeper.tell(live.Joined(member, FIRST, "north"), {"public_key": "cd" * 32})

    asyncio.run(joins())
    return store, member, secret


def test_what_says_who_somebody_is_is_in_no_byte_of_the_store_and_the_log_knows_the_pseudonym_only(tmp_path):
    month = MonthShared.model_construct(month="2026-02", taken_kwh=321987)
    store, member, secret = lived(tmp_path, month)
    before = bytes_of(tmp_path)
    assert NAME.encode() in before
    assert EAN.encode() in before
    assert secret.hex().encode() in before
    with open_records(store) as records:
        done = erase(records, member)
        assert (done.notes, done.accounts, done.months, done.secret) == (1, 1, 1, True)
        assert done.links == 2
        again = erase(records, member)
        assert (again.notes, again.accounts, again.links, again.months, again.secret) == (0, 0, 0, 0, False)
        assert Secrets(records).of(member) is None
    after = bytes_of(tmp_path)
    for gone in (NAME, EAN, NAME.casefold(), secret.hex(), "321987"):
        assert gone.encode() not in after, gone
    with open_log(store) as log:
        kept = [event for event in log.events() if event.key == member]
    assert [event.kind for event in kept] == ["joined"], "the books of its neighbours go on"
    assert NAME not in str([dict(event.facts) for event in kept])


def test_others_are_left_alone(tmp_path):
    store, _, _ = lived(tmp_path, MonthShared.model_construct(month="2026-02", taken_kwh=1))
    with open_records(store) as records:
        erase(records, "m-somebody-else")
        assert [one.note for one in codes.listed(records)] == [f"{NAME} {EAN}"]
        assert Accounts(records, Wall()).all()
