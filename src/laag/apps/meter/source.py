"""Which source is meant by a word on the command line."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from laag.adapters.dsmr import Replay, Serial, Source, Stdin, Tcp
from laag.foundation.errors import BadInput

_PORT = re.compile(r"/dev/.*|COM\d+", re.IGNORECASE)
_BAUD = 115_200
_PASSWORD = "LAAG_MQTT_PASSWORD"  # noqa: S105 - the name of a variable, and no password
_SHAPES = {
    "tcp": "tcp://HOST:PORT, as in tcp://p1.local:23",
    "homewizard": "homewizard://HOST, as in homewizard://192.168.1.20",
    "mqtt": f"mqtt://HOST/TOPIC, as in mqtt://broker.local/p1/telegram (a password goes in {_PASSWORD})",
}


def source_of(word: str, baud: int | None = None, speed: float | None = None) -> Source:
    """A cable, a network, a broker, a file, or standard input; an option that does not belong to it is refused.

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
        return _far(word)
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


def _far(word: str) -> Source:
    """Behind a network."""
    scheme = word.partition("://")[0].lower()
    shape = _SHAPES.get(scheme.removesuffix("s"), _SHAPES["tcp"])
    parts, port = urlsplit(""), None
    with suppress(ValueError):
        parts, port = (read := urlsplit(word)), read.port
    host, topic = parts.hostname, unquote(parts.path.strip("/")) + ("/#" if word.endswith("/#") else "")
    match scheme:
        case "tcp" if host and port:
            return Tcp(host, port)
        case "homewizard" if host and not topic:
            from laag.adapters.homewizard import HomeWizard

            return HomeWizard(host, port or 80)
        case "mqtt" | "mqtts" if host and topic:
            return _mqtt(parts, host, port, topic)
    raise BadInput(f"{_open(word)} cannot be reached this way; write {shape}")


def _mqtt(parts: SplitResult, host: str, port: int | None, topic: str) -> Source:
    from laag.adapters.dsmr.mqtt import Mqtt

    encrypted = parts.scheme == "mqtts"
    password = unquote(parts.password) if parts.password else os.environ.get(_PASSWORD)
    user = unquote(parts.username) if parts.username else None
    return Mqtt(host, topic, port or (8883 if encrypted else 1883), user, password, encrypted)


def _open(word: str) -> str:
    """A word that may be shown: without what stands before its host."""
    return re.sub(r"://[^/]*@", "://", word)
