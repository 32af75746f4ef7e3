"""All example messages, at the door of either role: accepted, or refused with the specification's own word."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.adapters.uftp.examples import FOLDER, NAMES, example, fits_schema, schema

from laag.adapters.keys import Key
from laag.adapters.stores import SqliteLog
from laag.adapters.uftp import translate
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.isps import spread
from laag.adapters.uftp.participants import Listed, Participant
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.signing import sealed
from laag.adapters.uftp.wire import KINDS, kind_of, read, written

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.exists(), reason="the examples are not here"),
]

US, THEM = "cro.dev", "agr.dev"  # as the examples have it
BEFORE = datetime(2022, 12, 31, 9, tzinfo=UTC)
POINT = "ean.123456789012"
OURS, THEIRS = Key.new(), Key.new()

FOR_AGR, FOR_DSO, FOR_CRO = "for an AGR", "for a DSO", "for a CRO"
UNKNOWN = "Unknown {}MessageID reference"
TABLE = {
    # example: (what an AGR says to a DSO or CRO that sends it, what a DSO says to an AGR or CRO that sends it)
    "AgrPortfolioQuery": (f"Invalid Message: an AGRPortfolioQuery is {FOR_CRO}",) * 2,
    "AgrPortfolioQueryResponse": (UNKNOWN.format("AGRPortfolioQuery"), f"Invalid Message: an AGRPortfolioQueryResponse is {FOR_AGR}"),
    "AgrPortfolioUpdate": (f"Invalid Message: an AGRPortfolioUpdate is {FOR_CRO}",) * 2,
    "AgrPortfolioUpdateResponse": (UNKNOWN.format("AGRPortfolioUpdate"), f"Invalid Message: an AGRPortfolioUpdateResponse is {FOR_AGR}"),
    "DPrognosis": (f"Invalid Message: a D-Prognosis is {FOR_DSO}", "Lacking ISPs"),
    "DPrognosisResponse": (UNKNOWN.format("D-Prognosis"), f"Invalid Message: a D-PrognosisResponse is {FOR_AGR}"),
    "DsoPortfolioQuery": (f"Invalid Message: a DSOPortfolioQuery is {FOR_CRO}",) * 2,
    "DsoPortfolioQueryResponse": (f"Invalid Message: a DSOPortfolioQueryResponse is {FOR_DSO}", UNKNOWN.format("DSOPortfolioQuery")),
    "DsoPortfolioUpdate": (f"Invalid Message: a DSOPortfolioUpdate is {FOR_CRO}",) * 2,
    "DsoPortfolioUpdateResponse": (f"Invalid Message: a DSOPortfolioUpdateResponse is {FOR_DSO}", UNKNOWN.format("DSOPortfolioUpdate")),
    "FlexOffer": (f"Invalid Message: a FlexOffer is {FOR_DSO}", "ExpirationDateTime out of bounds"),
    "FlexOfferResponse": (UNKNOWN.format("FlexOffer"), f"Invalid Message: a FlexOfferResponse is {FOR_AGR}"),
    "FlexOfferRevocation": (f"Invalid Message: a FlexOfferRevocation is {FOR_DSO}", UNKNOWN.format("FlexOffer")),
    "FlexOfferRevocationResponse": (UNKNOWN.format("FlexOfferRevocation"), f"Invalid Message: a FlexOfferRevocationResponse is {FOR_AGR}"),
    "FlexOffer_2": (f"Invalid Message: a FlexOffer is {FOR_DSO}", "ExpirationDateTime out of bounds"),
    "FlexOffer_3": (f"Invalid Message: a FlexOffer is {FOR_DSO}", "ExpirationDateTime out of bounds"),
    "FlexOrder": (UNKNOWN.format("FlexOffer"), f"Invalid Message: a FlexOrder is {FOR_AGR}"),
    "FlexOrderResponse": (f"Invalid Message: a FlexOrderResponse is {FOR_DSO}", UNKNOWN.format("FlexOrder")),
    "FlexOrder_2": ("Invalid Message: under the contract", f"Invalid Message: a FlexOrder is {FOR_AGR}"),
    "FlexRequest": ("ExpirationDateTime out of bounds", f"Invalid Message: a FlexRequest is {FOR_AGR}"),
    "FlexRequestResponse": (f"Invalid Message: a FlexRequestResponse is {FOR_DSO}", UNKNOWN.format("FlexRequest")),
    "FlexReservationUpdate": ("Invalid Message: there is no contract", f"Invalid Message: a FlexReservationUpdate is {FOR_AGR}"),
    "FlexReservationUpdateResponse": (f"Invalid Message: a FlexReservationUpdateResponse is {FOR_DSO}", UNKNOWN.format("FlexReservationUpdate")),
    "FlexSettlement": ("PeriodEnd rejected", f"Invalid Message: a FlexSettlement is {FOR_AGR}"),
    "FlexSettlementResponse": (f"Invalid Message: a FlexSettlementResponse is {FOR_DSO}", UNKNOWN.format("FlexSettlement")),
    "Metering": (f"Invalid Message: a Metering is {FOR_DSO}", "Period out of bounds"),
    "MeteringResponse": (UNKNOWN.format("Metering"), f"Invalid Message: a MeteringResponse is {FOR_AGR}"),
}  # fmt: skip


class Door:
    """One role that is sent the examples by whoever may say them."""

    def __init__(self, role, **rules) -> None:
        self.role = role
        self.log = SqliteLog(":memory:")
        self.them = {
            other: Participant.of(THEM, other, "http://127.0.0.1:1/m", THEIRS.public)
            for other in ("AGR", "DSO", "CRO")
        }
        self.desk = Desk(
            US, role, OURS, Listed(self.them.values()), Rules({POINT: frozenset({THEM})}, **rules), self.log
        )

    def hear(self, data, now=BEFORE, as_role=None):
        says = as_role or KINDS[kind_of(read(data)).name].says
        return self.desk.hear(sealed(data, THEM, says, THEIRS), now)

    def answers(self):
        return [read(_body(letter)) for letter in self.desk.waiting()]


def _body(letter):
    from laag.adapters.uftp.signing import opened

    return opened(letter.envelope)[2][64:]


def test_all_examples_are_in_the_table():
    assert sorted(TABLE) == NAMES
    assert len(NAMES) == 27


@pytest.mark.parametrize("name", NAMES)
def test_an_example_fits_the_schema_and_so_does_what_we_write_of_it(name):
    assert fits_schema(example(name))
    again = written(read(example(name)))
    assert fits_schema(again)
    assert read(again) == read(example(name))


@pytest.mark.parametrize("role", ["AGR", "DSO"])
@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_judged_as_the_specification_says(name, role):
    door = Door(role)
    heard = door.hear(example(name))
    assert heard.status == 200  # it is valid XML: what is wrong is told by a message
    assert heard.why.startswith(TABLE[name][role == "DSO"]), heard.why
    _answer_is_told(door, read(example(name)), heard)


def _answer_is_told(door, message, heard):
    kind = kind_of(message)
    if kind.is_answer or kind.name == "AGRPortfolioQuery":  # to which the schema has no refusal
        assert not door.answers()
        return
    (answer,) = door.answers()
    assert type(answer) is kind.answer
    assert getattr(answer, kind.answer_field) == message.message_id
    assert answer.conversation_id == message.conversation_id
    assert (str(answer.result), answer.rejection_reason or "") == (
        "Rejected" if heard.why else "Accepted",
        heard.why,
    )
    assert fits_schema(written(answer))


def mended(name, **words):
    """An example with other words in it."""
    text = example(name).decode()
    for key, word in words.items():
        text, changed = re.subn(
            rf'{key.replace("_", "-")}="[^"]*"', f'{key.replace("_", "-")}="{word}"', text
        )
        assert changed, key
    return text.encode()


SOON = "2022-12-31T20:00:00+00:00"


def told(desk, message, role):
    """We say something to them first, so that what they send has something to be about."""
    return desk.say(message, desk.participant(THEM, role), BEFORE)


def whole_day(power=2):
    return (
        mended("DPrognosis")
        .replace(b'Duration="1"', b'Duration="96"')
        .replace(b'Power="2"', f'Power="{power}"'.encode())
    )


def test_a_power_that_cannot_be_is_refused():
    assert (
        Door("DSO")
        .hear(whole_day(9999999999))
        .why.startswith("Power value rejection: more than 1000000000 W")
    )


def test_a_prognosis_of_the_whole_day_is_accepted():
    door = Door("DSO")
    assert door.hear(whole_day()).why == ""
    _answer_is_told(door, read(whole_day()), door.hear(whole_day()))


def test_a_request_that_ends_in_time_is_accepted():
    assert Door("AGR").hear(mended("FlexRequest", ExpirationDateTime=SOON)).why == ""


def asked_for(door):
    rules = door.desk.rules
    door.hear(whole_day().replace(b"0933d40c", b"1933d40c"))
    space = translate.room(spread(read(whole_day(5)).isps, 96), 4, rules.grid(date(2023, 1, 1)))
    message = translate.request(POINT, date(2023, 1, 1), space, BEFORE + timedelta(hours=12), 1, rules)
    return told(door.desk, message, "AGR")


@pytest.mark.parametrize("name", ["FlexOffer", "FlexOffer_2"])
def test_an_offer_on_a_request_is_accepted(name):
    door = Door("DSO")
    offer = mended(name, ExpirationDateTime=SOON)
    assert door.hear(offer).why.startswith("Unknown FlexRequestMessageID reference")
    door = Door("DSO")
    assert door.hear(mended(name, ExpirationDateTime=SOON, FlexRequestMessageID=asked_for(door))).why == ""


def test_an_offer_that_nobody_asked_for_needs_a_prognosis():
    door = Door("DSO")
    offer = mended("FlexOffer_3", ExpirationDateTime=SOON)
    assert door.hear(offer).why.startswith("No baseline: no D-prognosis of agr.dev for 2023-01-01 was taken")
    door = Door("DSO")
    door.hear(whole_day().replace(b"0933d40c", b"1933d40c"))
    assert door.hear(offer).why == ""


def offered(door):
    """An offer of ours, of which the example orders half."""
    rules = door.desk.rules
    request = read(mended("FlexRequest", ExpirationDateTime=SOON).replace(b"0933d40c", b"2933d40c"))
    watts = spread(read(whole_day(2)).isps, 96)
    watts[1:] = 0
    made = translate.Offered(
        watts, translate.Decimal(4), BEFORE + timedelta(hours=10), translate.Decimal("0.50"), "o"
    )
    return told(door.desk, translate.offer(request, [made], None, rules), "DSO")


def test_an_order_of_half_an_offer_is_accepted_and_another_price_is_not():
    for words, why in (
        ({}, ""),
        ({"Price": "1.0000"}, "Price mismatch: it is 1.0000 and 0.50 of the offer is 2.00"),
        (
            {"ActivationFactor": "0.49"},
            "Power mismatch: the ActivationFactor is 0.49 and the offer begins at 0.50",
        ),
        ({"Start": "2"}, "ISP mismatch"),
        ({"Power": "4"}, "Power mismatch"),
        ({"OptionReference": "x"}, "Unknown OptionReference reference"),
        ({"Period": "2023-01-02"}, "Reference Period mismatch"),
        ({"Currency": "USD"}, "Invalid Message: its Currency"),
    ):
        door = Door("AGR")
        given = {"FlexOfferMessageID": offered(door), "OptionReference": "o"} | words
        assert door.hear(mended("FlexOrder", **given)).why.startswith(why)
        if not words:
            assert door.hear(mended("FlexOrder", **given)).why == ""


def test_an_order_under_a_contract_is_accepted_where_there_is_one():
    contract = read(example("FlexOrder_2")).contract_id
    assert Door("AGR", contracts=frozenset({contract})).hear(example("FlexOrder_2")).why == ""


def test_a_reservation_is_accepted_where_there_is_a_contract():
    contract = read(example("FlexReservationUpdate")).contract_id
    assert Door("AGR", contracts=frozenset({contract})).hear(example("FlexReservationUpdate")).why == ""


def test_metering_is_accepted_where_it_was_agreed():
    after = BEFORE + timedelta(days=3)
    assert Door("DSO", metering=True).hear(example("Metering"), after).why == ""
    assert Door("DSO").hear(example("Metering"), after).why == (
        "Invalid Message: metering is not asked for here; the grid operator has its own"
    )


def test_a_settlement_of_what_was_not_ordered_is_refused():
    after = datetime(2023, 6, 1, tzinfo=UTC)
    assert (
        Door("AGR").hear(example("FlexSettlement"), after).why.startswith("Unknown OrderReference reference")
    )
    assert (
        Door("AGR")
        .hear(mended("FlexSettlement", PeriodEnd="2022-12-31"), after)
        .why.startswith("PeriodEnd rejected")
    )


@pytest.mark.parametrize(
    ("name", "role", "words", "why"),
    [
        ("FlexRequest", "AGR", {"ISP_Duration": "PT30M"}, "ISP duration rejected: it is PT30M and here PT15M is agreed"),
        ("FlexRequest", "AGR", {"TimeZone": "Europe/London"}, "TimeZone rejected: it is Europe/London"),
        ("FlexRequest", "AGR", {"TimeZone": "Europe/Atlantis"}, "TimeZone rejected"),
        ("FlexRequest", "AGR", {"TimeZone": "Europe/Berlin", "ExpirationDateTime": SOON}, ""),
        ("FlexRequest", "AGR", {"Version": "2.0.0"}, "Invalid Message: its Version is 2.0.0; here 3.0 and 3.1 are spoken"),
        ("FlexRequest", "AGR", {"Version": "3.0.0", "ExpirationDateTime": SOON}, ""),
        ("FlexRequest", "AGR", {"RecipientDomain": "other.dev"}, "Unknown RecipientDomain"),
        ("FlexRequest", "AGR", {"SenderDomain": "other.dev"}, "Mismatch SenderDomain"),
        ("FlexRequest", "AGR", {"CongestionPoint": "ean.999999999999"}, "Invalid CongestionPoint: ean.999999999999 is not known"),
        ("FlexRequest", "AGR", {"Period": "2022-12-30"}, "Period out of bounds: 2022-12-30 is not between today, 2022-12-31"),
        ("FlexRequest", "AGR", {"Period": "2024-01-01"}, "Period out of bounds"),
        ("FlexRequest", "AGR", {"Start": "97"}, "ISPs out of bounds: 2023-01-01 has ISPs 1 to 96"),
        ("FlexRequest", "AGR", {"Disposition": "Available"}, "Lacking Requested Disposition"),
        ("FlexRequest", "AGR", {"MinPower": "-5"}, "Requested Power discrepancy"),
        ("FlexRequest", "AGR", {"MinPower": "11"}, "Power discrepancy"),
        ("FlexRequest", "AGR", {"ExpirationDateTime": "2022-12-31T08:00:00Z"}, "ExpirationDateTime out of bounds: 2022-12-31T08:00:00+00:00 is past"),
        ("DPrognosis", "DSO", {"Power": "9999999999"}, "Lacking ISPs"),
    ],
)  # fmt: skip
def test_each_word_is_judged(name, role, words, why):
    heard = Door(role).hear(mended(name, **words))
    assert heard.why.startswith(why) if why else not heard.why, heard.why


def test_an_isp_that_lasts_beyond_its_day_is_out_of_bounds():
    long = example("FlexRequest").replace(b' Duration="1"', b' Duration="97"')
    assert Door("AGR").hear(long).why.startswith("ISPs out of bounds")


def test_an_isp_that_is_named_twice_is_a_conflict():
    twice = example("FlexRequest").replace(
        b"</FlexRequest>", b'<ISP Disposition="Requested" MinPower="0" MaxPower="1" Start="1"/></FlexRequest>'
    )
    assert Door("AGR").hear(twice).why.startswith("ISP conflict: ISP 1 is named more than once")


@pytest.mark.parametrize(("day", "count"), [("2023-03-26", 92), ("2023-10-29", 100), ("2023-01-02", 96)])
def test_a_day_has_as_many_isps_as_the_clock_gives_it(day, count):
    now = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=15)
    for given, why in ((count, ""), (count - 4, "Lacking ISPs"), (count + 4, "ISPs out of bounds")):
        text = mended("DPrognosis", Period=day).replace(b'Duration="1"', f'Duration="{given}"'.encode())
        heard = Door("DSO").hear(text, now)
        assert heard.why.startswith(why) if why else not heard.why, heard.why


def test_a_known_domain_in_another_role_says_nothing_for_it():
    heard = Door("AGR").hear(mended("FlexRequest", ExpirationDateTime=SOON), as_role="CRO")
    assert heard.why == "Invalid Message: a FlexRequest comes from a DSO; agr.dev signed as CRO"


def test_the_transport_tells_what_the_transport_can():
    door = Door("AGR")
    good = example("FlexRequest")
    assert door.desk.hear(b"<a", BEFORE).status == 400
    assert door.desk.hear(sealed(good, "nobody.dev", "DSO", THEIRS), BEFORE).status == 419
    assert door.desk.hear(sealed(good, THEM, "DSO", OURS), BEFORE).status == 401
    assert (
        door.desk.hear(
            sealed(good + b" ", THEM, "DSO", THEIRS).replace(b'Body="', b'Body="AAAA'), BEFORE
        ).status
        == 401
    )
    assert door.desk.hear(sealed(b"<FlexRequest/>", THEM, "DSO", THEIRS), BEFORE).status == 400
    assert not [*door.log.events()]


def test_every_type_of_both_roles_schemas_is_known():
    names = {element.name for role in ("AGR", "DSO", "CRO") for element in _elements(role)}
    assert names - {"SignedMessage"} == set(KINDS)


def _elements(role):
    from types import SimpleNamespace

    from lxml import etree

    schema(role)
    for path in (FOLDER / "xsd").glob("*.xsd"):
        for one in etree.parse(path).getroot().findall("{http://www.w3.org/2001/XMLSchema}element"):
            yield SimpleNamespace(name=one.get("name"))
