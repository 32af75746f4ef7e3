"""Nothing in XML that a message does not need comes further than the guard."""

import pytest

from laag.adapters.uftp.guard import MOST_BYTES, Unreadable, guarded
from laag.adapters.uftp.wire import read, read_envelope

HEAD = (
    'Version="3.1.0" SenderDomain="agr.example" RecipientDomain="dso.example" TimeStamp="2026-06-01T12:00:00+00:00" '
    'MessageID="0933d40c-0e32-4969-a44f-43db8eada60a" ConversationID="6e16a7d1-87ed-44fa-8d5d-0ad36c855862"'
)
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{("&a" + str(i - 1) + ";") * 10}">' for i in range(1, 9))
    + "]>"
)


def message(inside="", head=HEAD, name="TestMessage"):
    return f"<{name} {head}>{inside}</{name}>".encode()


def test_a_plain_message_is_read():
    assert read(b'<?xml version="1.0" encoding="UTF-8"?>\n' + message()).sender_domain == "agr.example"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LAUGHS.encode() + message(), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + message(), "document type"),
        (b'<!doctype x PUBLIC "a" "http://127.0.0.1/x">' + message(), "document type"),
        (b"<!-- --><!  DOCTYPE x>" + message(), "document type"),
        (('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + message().decode()).encode("utf-16"), "not UTF-8"),
        (b'<?xml version="1.0" encoding="utf-7"?>' + message(), "it is utf-7"),
        (b"\xff\xfe" + message(), "not UTF-8"),
        (b'<?xml-stylesheet href="http://127.0.0.1/x"?>' + message(), "instruction"),
        (message("&a;"), "not XML"),
        (message("hello"), "text between"),
        (message("<![CDATA[hello]]>"), "text between"),
        (message("<a>" * 10 + "</a>" * 10), "deep"),
        (message("<a/>" * 20_001), "elements"),
        (message(head=HEAD + ' xmlns="urn:other"'), "namespace urn:other"),
        (b'<n:TestMessage xmlns:n="urn:other" ' + HEAD.encode() + b"/>", "namespace urn:other"),
        (message(head=HEAD + ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="FlexOrder"'), "schema or type"),
        (message(head=HEAD + " " + " ".join(f'a{i}="1"' for i in range(50))), "attributes"),
        (message(head=HEAD.replace("agr.example", "a" * 2000)), "characters"),
        (message(head=HEAD.replace("agr.example", "AGR.example")), "in small letters"),
        (message(head=HEAD.replace("2026-06-01T", "2026-02-31T")), "with its zone"),
        (message(head=HEAD.replace("+00:00", "")), "with its zone"),
        (message(head=HEAD.replace("0933d40c-", "")), "a UUID"),
        (message(head=HEAD + ' Surprise="1"'), "does not fit"),
        (message("<ISP/>"), "does not fit"),
        (message(name="Invoice"), "does not fit"),
        (b"", "not XML"),
        (b"{}", "not XML"),
        (b"x" * (MOST_BYTES + 1), "may have"),
    ],
    ids=lambda given: None if isinstance(given, bytes) else given,
)  # fmt: skip
def test_what_a_message_does_not_need_is_refused_with_a_sentence(data, why):
    with pytest.raises(Unreadable, match=why):
        read(data)


@pytest.mark.parametrize("number", ["1_000", "1e3", "٣", " 5", "0x10", "5.0", "NaN", ""])
def test_a_number_is_written_as_the_schema_writes_it(number):
    head = (
        HEAD
        + ' ISP-Duration="PT15M" TimeZone="Europe/Amsterdam" Period="2026-06-02" CongestionPoint="ean.123456789012" Revision="1"'
    )
    good = message('<ISP Power="5" Start="1"/>', head, "D-Prognosis")
    assert read(good).isps[0].power == 5
    with pytest.raises(Unreadable, match="whole watts"):
        read(good.replace(b'Power="5"', f'Power="{number}"'.encode()))


def test_an_envelope_is_guarded_too():
    with pytest.raises(Unreadable, match="document type"):
        read_envelope(LAUGHS.encode() + b'<SignedMessage SenderDomain="a.nl" SenderRole="AGR" Body="eA=="/>')
    with pytest.raises(Unreadable):
        read_envelope(message())
    with pytest.raises(Unreadable):
        read_envelope(b'<SignedMessage SenderDomain="a.nl" SenderRole="AGR" Body="%%%"/>')


def test_the_guard_gives_back_what_it_was_given():
    assert guarded(message()) == message()
