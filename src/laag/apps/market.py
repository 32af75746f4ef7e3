"""`laag market clear`: order books in, clearings out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, TextIO

from laag.adapters.book import translate, wire
from laag.foundation.errors import BadInput

COMMAND = "laag market clear"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `market clear` under the main command."""
    market = subparsers.add_parser("market", help="clear order books")
    commands = market.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "clear",
        help="clear a book, or many as JSON lines",
        description="Clear one order book (a JSON object), or many (JSON lines: one line out for each line in). "
        "A line that cannot be read becomes an object with its error, and the exit code is 2.",
    )
    command.add_argument("book", metavar="BOOK.json", help="the file to read; - is standard input")
    command.add_argument("--language", "--lang", choices=("en", "nl"), default="en", help="of the reasons")
    command.set_defaults(run=lambda args: clear(args.book, sys.stdout, sys.stderr, args.language))


def clear(path: str, out: TextIO, err: TextIO, language: str = "en") -> int:
    """Write one clearing per book to ``out``; 0, or 2 where something could not be read, named on ``err``.

    Of JSON lines the good ones are cleared whatever the others hold; a bad one leaves an object with its error in
    its place, so that line numbers out match books in.
    """
    source = "standard input" if path == "-" else path
    try:
        text = _read(path)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else f"byte {error.start} is not UTF-8"
        print(f"{COMMAND}: {source} cannot be read: {why}", file=err)
        return 2
    status = 0
    lines = _as_lines(text)
    for number, line in lines or [(0, text)]:
        where = f"{source}, line {number}" if number else source
        try:
            print(_compact(translate.cleared(wire.parse(line), language)), file=out)
        except BadInput as error:
            print(f"{COMMAND}: {where}: {error}", file=err)
            status = 2
            if number:
                print(_compact({"line": number, "error": str(error)}), file=out)
    return status


def _read(path: str) -> str:
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    return raw.decode("utf-8-sig")


def _as_lines(text: str) -> list[tuple[int, str]]:
    """The numbered lines of a text that is JSON lines; empty where it is one text.

    Spread over lines, no object stands whole on the first or second; in JSON lines at least one of them does,
    even when the other is broken.
    """
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return lines if len(lines) > 1 and any(wire.is_object(line) for _, line in lines[:2]) else []


def _compact(words: dict[str, Any]) -> str:
    return json.dumps(words, separators=(",", ":"))
