"""The smart meter, live: bytes of its P1 port as readings, and only those that may be believed."""

from laag.adapters.dsmr.reading import OtherMeter, Phase, Reading
from laag.adapters.dsmr.translate import reading_of
from laag.adapters.dsmr.wire import Framer, Telegram, Verdict

__all__ = ["Framer", "OtherMeter", "Phase", "Reading", "Telegram", "Verdict", "reading_of"]
