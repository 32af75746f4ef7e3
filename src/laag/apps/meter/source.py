"""Which source is meant by a word on the command line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from laag.adapters.dsmr import Replay, Serial, Source, Stdin, Tcp
from laag.foundation.errors import BadInput

_PORT = re.compile(r"/dev/.*|COM\d+", re.IGNORECASE)
_BAUD = 115_200


def source_of(word: str, baud: int | None = None, speed: float | None = None) -> Source:
    """A cable, a network, a file, or standard input; an option that does not belong to it is refused.

    >>> source_of("tcp://p1.local:23"), source_of("/dev/ttyUSB0", baud=9600)
    (Tcp(host='p1.local', port=23), Serial(device='/dev/ttyUSB0', baud=9600))
    """
    source = _source(word, baud, speed)
    if baud is not None and not isinstance(source, Serial):
        raise BadInput(f"--baud is for a cable, and {word} is none; leave it out")
    if speed is not None and not isinstance(source, Replay):
        raise BadInput(f"--speed is for a file, and {word} is none; leave it out")
    return source


def _source(word: str, baud: int | None, speed: float | None) -> Source:
    if word == "-":
        if sys.stdin.isatty():
            raise BadInput(
                "standard input is the keyboard; let another program write to it: … | laag meter -"
            )
        return Stdin()
    if "://" in word:
        return _tcp(word)
    path = Path(word)
    if path.is_char_device() or (_PORT.fullmatch(word) and not path.exists()):
        if baud is not None and baud <= 0:
            raise BadInput(f"a cable cannot be read at {baud} baud; give 115200 or 9600")
        return Serial(word, baud or _BAUD)
    if path.is_dir():
        raise BadInput(f"{word} is a folder; give a file of telegrams in it")
    if speed is not None and not 0 <= speed < float("inf"):
        raise BadInput(
            f"a file cannot be replayed at {speed:g} times the speed; give 60, or 0 for as fast as it goes"
        )
    return Replay(path, speed or None)


def _tcp(word: str) -> Tcp:
    try:
        parts = urlsplit(word)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    if parts.scheme != "tcp" or not host or not port:
        raise BadInput(f"{word} cannot be reached this way; write tcp://HOST:PORT, as in tcp://p1.local:23")
    return Tcp(host, port)
