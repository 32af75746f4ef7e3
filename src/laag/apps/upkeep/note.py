"""What was noted before an upgrade, beside the copies that were made then."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from laag.apps import whole
from laag.apps.upkeep.standing import Standing
from laag.foundation.errors import BadInput

NOTE, LOG, RECORDS, CONFIG = "note.json", "log.sqlite", "records.sqlite", "street.toml"


class Note(BaseModel):
    """How a neighbourhood stood under the version that ran."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    made_at: str
    config: str
    """Where the configuration is; a copy of it lies beside this note."""
    store: str
    """Where the log is, without its password."""
    tables: int
    records_tables: int | None
    """Of the accounts and codes beside the log; ``None`` where there were none in a file."""
    log_digest: str
    log_file: str
    """sha256 of its copy as a file."""
    events: int
    days: dict[str, str]
    accounts: dict[str, tuple[int, int]]
    standing: str
    """The digest of days and accounts."""

    def came_to(self) -> Standing:
        """What the log came to."""
        return Standing(self.events, self.days, self.accounts)


def read(folder: Path) -> Note:
    """The note in a folder, if nobody changed it or the copy beside it."""
    try:
        note = Note.model_validate_json((folder / NOTE).read_text("utf-8"))
    except OSError as missing:
        raise BadInput(
            f"{folder} holds no note of an upgrade ({missing.strerror}); make one with: laag upgrade prepare"
        ) from missing
    except (ValidationError, UnicodeDecodeError) as odd:
        raise BadInput(
            f"{folder / NOTE} is not a note of an upgrade, or of another version; prepare again, with the version that runs"
        ) from odd
    if note.came_to().digest != note.standing or sha256(folder / LOG) != note.log_file:
        raise BadInput(
            f"{folder} was changed after it was written, and is no way back any more; prepare again, with the version that runs"
        )
    return note


def write(folder: Path, note: Note) -> None:
    """The note is written last: a folder that has one is whole."""
    whole.write(folder / NOTE, note.model_dump_json(indent=1) + "\n")


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as missing:
        raise BadInput(
            f"{path} cannot be read ({missing.strerror}); prepare again, with the version that runs"
        ) from missing
