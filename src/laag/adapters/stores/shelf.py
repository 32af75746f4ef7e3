"""Where a server lays down what it has worked out of its log, to find it at its next start: beside the log, and never instead of it.

A head names pieces by the digest of their bytes. All of it may be deleted at any time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from laag.adapters.stores.address import Address
from laag.adapters.stores.places import scheme
from laag.adapters.stores.tables import file_of
from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.adapters.stores.shelf_postgres import PostgresShelf

_HEAD = "head"
_OURS = re.compile(r"(head|[0-9a-f]{64})(\.part)?")


class FileShelf:
    """A folder with a file for each piece: none is changed, and the head is renamed into its place when all are there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def head(self) -> bytes | None:
        """What was laid down last; ``None`` where nothing was."""
        try:
            return (self._folder / _HEAD).read_bytes()
        except FileNotFoundError:
            return None

    def piece(self, name: str) -> bytes:
        """The bytes of one piece."""
        return (self._folder / name).read_bytes()

    def put(self, head: bytes, pieces: Mapping[str, bytes]) -> int:
        """Lay down a head and the pieces that it names, and take away all others; returns how many bytes were new."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        there = {one.name: one for one in self._folder.iterdir() if _OURS.fullmatch(one.name)}
        new = {name: data for name, data in pieces.items() if not _is_there(there.get(name), data)}
        for name, data in (*new.items(), (_HEAD, head)):
            if name == _HEAD:
                self._settle()
            self._write(name, data)
        self._settle()
        for name, one in there.items():
            if name not in pieces and name != _HEAD:
                one.unlink(missing_ok=True)
        return sum(map(len, new.values())) + len(head)

    def close(self) -> None:
        """Nothing is held."""

    def _write(self, name: str, data: bytes) -> None:
        part = self._folder / f"{name}.part"
        try:
            # Quarter-hours of homes are for nobody else on this machine.
            with open(part, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / name)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def _settle(self) -> None:
        """What was renamed is on the disk."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _is_there(file: Path | None, data: bytes) -> bool:
    # Whole, not only as long: what was damaged is written again.
    return file is not None and file.stat().st_size == len(data) and file.read_bytes() == data


def open_shelf(place: Path | str) -> FileShelf | PostgresShelf | None:
    """Where the state of the log at a place is laid down; ``None`` for one that is only in memory."""
    if scheme(place) in {"postgresql", "postgres"}:
        return _postgres(str(place))
    path = file_of(place)
    return None if str(path) == ":memory:" else FileShelf(path.with_name(f"{path.stem}-checkpoint"))


def _postgres(url: str) -> PostgresShelf:
    from laag.adapters.stores.shelf_postgres import PostgresShelf

    address = Address.of(url)
    schema = f"{address.schema}_checkpoint"
    if len(schema) > 63:
        raise BadInput(
            f"the schema {address.schema!r} leaves no room for _checkpoint behind it; take a shorter name"
        )
    return PostgresShelf(replace(address, schema=schema))
