"""Bytes to telegrams: where one begins and ends, and whether it arrived as it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from laag.adapters.dsmr.crc import crc16

LONGEST = 16 * 1024
"""More than five times the longest telegram that we know of (E.ON Hungary, Fluvius with 13 months of peaks)."""
_END = re.compile(rb"!(?:([0-9A-Fa-f]{4})(?=/)|([^\r\n/!]*)[\r\n])")
_AT_THE_END = re.compile(rb"!([0-9A-Fa-f]{4})\Z")
_CRC = re.compile(rb"[0-9A-Fa-f]{1,4}")
_STARTS_TRIED = 4
_LINE = re.compile(rb"\d-\d{1,2}:\d{1,2}\.\d{1,3}\.\d{1,3}(?:\([^()/!]*\))+|\(\d+\.\d+\)")
_OLD_HAS = tuple(
    b"\n" + code + b"("
    for code in (b"0-0:96.1.1", b"1-0:1.8.1", b"1-0:1.8.2", b"1-0:2.8.1", b"1-0:2.8.2", b"0-0:96.14.0",
                 b"1-0:1.7.0", b"1-0:2.7.0", b"0-0:17.0.0", b"0-0:96.3.10")
)  # fmt: skip
_NEWER_HAS = (b":0.2.8", b":1.0.0(", b":96.1.4(", b":32.7.0(", b":31.7.0(", b":21.7.0(", b":24.2.", b":96.7.")
"""What came with DSMR 4 and its Belgian and other kin, all of which print a CRC; ``24.2.`` also begins a line in them."""


class Verdict(Enum):
    """What may be believed of a telegram."""

    GOOD = "its CRC is right"
    OLD = "whole, of a standard too old to have a CRC"
    WRONG_CRC = "its CRC is wrong"
    NO_CRC = "it has no CRC, and its standard asks for one"
    INCOMPLETE = "its begin or end is missing"
    UNREAD = "it is none that can be read"


@dataclass(frozen=True, slots=True)
class Telegram:
    """What lay between ``/`` and ``!``, both included, with its verdict."""

    body: bytes
    verdict: Verdict


class Framer:
    """Cuts a stream into telegrams, however the bytes arrive; holds no more than ``longest`` of them.

    >>> framer = Framer()
    >>> [t.verdict.name for t in framer.feed(b"noise/ABC5x" + bytes([13, 10, 13, 10]) + b"!F1")]
    []
    >>> [t.verdict.name for t in framer.feed(b"08" + bytes([13, 10]))]
    ['WRONG_CRC']
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._held = b""
        self._newer = False

    def feed(self, data: bytes) -> list[Telegram]:
        """The telegrams that these bytes complete, oldest first."""
        held = self._held + data
        found: list[Telegram] = []
        done = 0
        for end in _END.finditer(held):
            found += self._cut(held[done : end.start() + 1], (end[1] or end[2] or b"").strip(b" \t\0"))
            done = end.end()
        self._held = held[done:]
        return found + self._shortened()

    def close(self) -> list[Telegram]:
        """What is left when the stream ends: a last telegram without its line end, or a half one."""
        held, self._held = self._held, b""
        if end := _AT_THE_END.search(held):
            return self._cut(held[: end.start() + 1], end[1])
        return [Telegram(held[held.index(b"/") :], Verdict.INCOMPLETE)] if b"/" in held else []

    def _shortened(self) -> list[Telegram]:
        """Noise before the first ``/`` is let go; so is a telegram without end, so that memory stays bounded."""
        start = self._held.find(b"/")
        if start < 0:
            # A lone "!" may be the end of a telegram whose begin was lost; its line is still under way.
            mark = self._held.rfind(b"!")
            self._held = self._held[mark:][: self._longest] if mark >= 0 else b""
            return []
        self._held = self._held[start:]
        if len(self._held) <= self._longest:
            return []
        lost, self._held = self._held, b""
        again = lost.rfind(b"/")
        if 0 < len(lost) - again <= self._longest // 2:
            lost, self._held = lost[:again], lost[again:]
        return [Telegram(lost[: self._longest], Verdict.INCOMPLETE)]

    def _cut(self, chunk: bytes, crc: bytes) -> list[Telegram]:
        """One end mark, and what came before it: a telegram, after what was cut off before it began."""
        starts = [
            at
            for at, byte in enumerate(chunk[-self._longest :], max(0, len(chunk) - self._longest))
            if byte == 47
        ]
        if not starts:
            return [Telegram(chunk[-self._longest :], Verdict.INCOMPLETE)]
        tried = starts[: -_STARTS_TRIED - 1 : -1]
        best = next((at for at in tried if _right(chunk[at:], crc)), None)
        start = starts[-1] if best is None else best
        verdict = Verdict.GOOD if best is not None else self._without(chunk[start:], crc)
        self._newer |= verdict is Verdict.GOOD
        edges = [at for at in starts if at < start] + [start]
        lost = [Telegram(chunk[a:b], Verdict.INCOMPLETE) for a, b in pairwise(edges)]
        return [*lost, Telegram(chunk[start:], verdict)]

    def _without(self, body: bytes, crc: bytes) -> Verdict:
        if crc:
            return Verdict.WRONG_CRC
        return Verdict.OLD if not self._newer and _is_old(body) else Verdict.NO_CRC


def _right(body: bytes, crc: bytes) -> bool:
    """Some meters print no leading zeros, and hex is hex in either case."""
    return bool(_CRC.fullmatch(crc)) and crc16(body) == int(crc, 16)


def _is_old(body: bytes) -> bool:
    """Whether every line is whole, DSMR 2.2 and 3 prints all of them, and nothing tells of a later standard.

    A telegram that lost its CRC on the way must not pass for one that never had it.
    """
    lines = [line.strip(b"\r") for line in body[:-1].split(b"\n")]
    unread = [line for line in lines[1:] if line and not _LINE.fullmatch(line)]
    # The gas line of DSMR 2.2 and 3 names 24.2.1 (some meters: 24.2.0) as what it holds, within its brackets.
    outside = re.sub(rb"\(0-\d:24\.2\.[01]\)", b"", body)
    return (
        not unread
        and all(code in body for code in _OLD_HAS)
        and not any(code in outside for code in _NEWER_HAS)
    )
