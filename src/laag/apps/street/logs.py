"""One line of JSON for each thing that happens in a server; no secret and no reading is ever in one."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "color_message",
}


class Lines(logging.Formatter):
    """A record as one line.

    >>> record = logging.makeLogRecord({"msg": "done", "levelname": "INFO", "name": "laag", "created": 0.0, "day": "2026-03-28"})
    >>> Lines().format(record)
    '{"at": "1970-01-01T00:00:00.000+00:00", "level": "info", "what": "done", "from": "laag", "day": "2026-03-28"}'
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
            "from": record.name,
        }
        said |= {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return plain(json.dumps(said, ensure_ascii=False, default=str))


class Plain(logging.Formatter):
    """A record as a line of text, which nobody who is quoted in it can make two of."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as logging calls it
        """Without what comes of a fault, which may have lines of its own."""
        return plain(super().formatMessage(record))


def plain(text: str) -> str:
    r"""What a terminal shows and does not obey.

    >>> plain("the battery says \x1b[2J\n2026 all is well")
    'the battery says ?[2J?2026 all is well'
    """
    return "".join(one if one.isprintable() else "?" for one in text)


def to_stderr(level: int = logging.INFO) -> None:
    """From now on all logs of this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
