"""Files that are there whole or not at all, whenever the power goes."""

from __future__ import annotations

from pathlib import Path

PART = ".part"


def write(path: Path, text: str) -> None:
    """Put ``text`` in the place of whatever is there, in one step."""
    part = path.with_name(path.name + PART)
    part.write_text(text, "utf-8")
    part.replace(path)


def move(files: Path, folder: Path) -> None:
    """Everything in ``files`` into ``folder``, each in one step; ``files`` is then gone."""
    folder.mkdir(exist_ok=True)
    for file in sorted(files.iterdir()):
        file.replace(folder / file.name)
    files.rmdir()
