"""Messages as XML, by the library's classes; what the classes let pass and the schema does not is refused here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from laag.adapters.uftp.guard import MOST_BYTES, Unreadable, guarded

try:
    import shapeshifter_uftp.uftp as u
    from xsdata.exceptions import ConverterWarning, ParserError
    from xsdata.formats.dataclass.context import XmlContext
    from xsdata.formats.dataclass.parsers import XmlParser
    from xsdata.formats.dataclass.parsers.config import ParserConfig
    from xsdata.formats.dataclass.parsers.handlers import XmlEventHandler
    from xsdata.formats.dataclass.serializers import XmlSerializer
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"the grid operator's messages need {missing.name}, which is not installed; pip install 'laag[uftp]' adds it",
        name=missing.name,
    ) from missing

VERSION = "3.1.0"
Message = Any
"""One of the library's classes; it has no types of its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of message: who says it to whom, and what is answered."""

    name: str
    """Its element."""
    cls: Any
    says: str
    hears: str
    answer: Any = None
    answer_field: str = ""
    """In which the answer names the message it is about."""

    @property
    def is_answer(self) -> bool:
        """Whether it answers another message, so that nothing answers it."""
        return self.answer is None


_NAMES = {
    u.AgrPortfolioQuery: "AGRPortfolioQuery", u.AgrPortfolioQueryResponse: "AGRPortfolioQueryResponse",
    u.AgrPortfolioUpdate: "AGRPortfolioUpdate", u.AgrPortfolioUpdateResponse: "AGRPortfolioUpdateResponse",
    u.DsoPortfolioQuery: "DSOPortfolioQuery", u.DsoPortfolioQueryResponse: "DSOPortfolioQueryResponse",
    u.DsoPortfolioUpdate: "DSOPortfolioUpdate", u.DsoPortfolioUpdateResponse: "DSOPortfolioUpdateResponse",
    u.DPrognosis: "D-Prognosis", u.DPrognosisResponse: "D-PrognosisResponse",
}  # fmt: skip
_FIELDS = {
    u.DPrognosis: "d_prognosis_message_id",
    u.DsoPortfolioUpdate: "dso_portfolio_update_message_id",
}


def _kinds() -> Iterator[Kind]:
    for cls, (says, hears) in u.routing_map.items():
        answer = u.request_response_map.get(cls)
        field = "" if answer is None else next(_answer_fields(answer))
        yield Kind(_NAMES.get(cls, cls.__name__), cls, says, hears, answer, field)
    yield Kind("TestMessage", u.TestMessage, "", "", u.TestMessageResponse)
    yield Kind("TestMessageResponse", u.TestMessageResponse, "", "")


def _answer_fields(answer: Any) -> Iterator[str]:
    return (f.name for f in fields(answer) if f.name.endswith("message_id") and f.name != "message_id")


KINDS: dict[str, Kind] = {kind.name: kind for kind in _kinds()}
_BY_CLASS = {kind.cls: kind for kind in KINDS.values()}
_CONTEXT = XmlContext()
_PARSER = ParserConfig(
    fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True
)
_WRITER = XmlSerializer(context=_CONTEXT)


def kind_of(message: Message) -> Kind:
    """Of which type a message is."""
    return _BY_CLASS[type(message)]


def read(data: bytes) -> Message:
    """A message of one of the types of UFTP, or ``Unreadable`` with what is wrong.

    >>> read(b'<FlexGift Version="3.1.0"/>')
    Traceback (most recent call last):
    laag.adapters.uftp.guard.Unreadable: the message does not fit UFTP 3.1.0 (No class found matching root: FlexGift)
    """
    message = _parsed(guarded(data), None)
    if type(message) not in _BY_CLASS:
        raise Unreadable(f"{type(message).__name__} is no message of UFTP {VERSION}")
    return message


def read_envelope(data: bytes) -> Any:
    """The signed envelope around a message."""
    return _parsed(guarded(data, 2 * MOST_BYTES), u.SignedMessage)


@lru_cache(4096)
def known(data: bytes) -> Message:
    """A message that was read before, read again; it is shared, so nobody changes it."""
    return _parsed(data, None)


def written(message: Message) -> bytes:
    """A message as XML; what it lacks is a fault of ours."""
    if faults := [*_faults(message, type(message).__name__)]:
        raise Unreadable("; ".join(faults))
    return str(_WRITER.render(message)).encode()


def _parsed(data: bytes, cls: Any) -> Any:
    parser = XmlParser(context=_CONTEXT, config=_PARSER, handler=XmlEventHandler)
    try:
        message = parser.from_bytes(data, cls)
    except (ParserError, ConverterWarning, TypeError, ValueError, ArithmeticError, LookupError) as odd:
        raise Unreadable(f"the message does not fit UFTP {VERSION} ({_first(odd)})") from odd
    if faults := [*_faults(message, _element(message))]:
        raise Unreadable("; ".join(faults[:5]))
    return message


def _first(odd: BaseException) -> str:
    return str(odd).partition("\n")[0][:200] or type(odd).__name__


def _element(message: Any) -> str:
    kind = _BY_CLASS.get(type(message))
    return kind.name if kind else type(message).__name__


def _faults(part: Any, where: str) -> Iterator[str]:
    """What the schema asks and the classes do not: fields that are required, lists that are not empty."""
    if not is_dataclass(part):
        yield f"{where} is no element of UFTP"
        return
    for field in fields(part):
        value, about = getattr(part, field.name), field.metadata
        name = about.get("name", field.name)
        if value is None and about.get("required") and not _lax(part, name):
            yield f"{where} has no {name}"
        if isinstance(value, list):
            if len(value) < about.get("min_occurs", 0):
                yield f"{where} has no {name}"
            for one in value:
                yield from _faults(one, name)


def _lax(part: Any, name: str) -> bool:
    # The schema gives the answer to a test no result; the library does.
    return isinstance(part, u.TestMessageResponse) and name == "Result"
