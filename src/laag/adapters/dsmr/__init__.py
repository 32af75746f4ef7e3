"""The smart meter, live: bytes of its P1 port as readings, and only those that may be believed."""

from laag.adapters.dsmr.link import Live, Piece, Replay, Serial, Source, Stdin, Tcp, Unreachable
from laag.adapters.dsmr.live import Kind, Notice, Patience, listen
from laag.adapters.dsmr.quarters import Quarter, Quarters, registers, registers_at
from laag.adapters.dsmr.reading import OtherMeter, Phase, Reading
from laag.adapters.dsmr.translate import reading_of
from laag.adapters.dsmr.watch import Accepted, SetAside, Waiting, Watch, Why
from laag.adapters.dsmr.wire import Framer, Telegram, Verdict

__all__ = [
    "Accepted", "Framer", "Kind", "Live", "Notice", "OtherMeter", "Patience", "Phase", "Piece", "Quarter", "Quarters", "Reading",
    "Replay", "Serial", "SetAside", "Source", "Stdin", "Tcp", "Telegram", "Unreachable", "Verdict", "Waiting", "Watch", "Why",
    "listen", "reading_of", "registers", "registers_at",
]  # fmt: skip
