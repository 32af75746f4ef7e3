"""What a run was started with, kept beside it: nobody has to type it again to go on."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from laag.apps import whole
from laag.apps.wiring import BUILT_IN, Options
from laag.foundation.errors import CannotResume

FILE = "options.json"
_OPTIONS = TypeAdapter(Options)


def keep(options: Options, folder: Path) -> None:
    """Beside the run; files by where they really are, so that the run can go on from anywhere."""
    found: dict[str, Any] = {
        name: value.resolve()
        for name, value in asdict(options).items()
        if isinstance(value, Path) and value != BUILT_IN
    }
    found["then"] = tuple((day, path.resolve()) for day, path in options.then)
    whole.write(folder / FILE, _OPTIONS.dump_json(replace(options, **found), indent=1).decode() + "\n")


def options(folder: Path) -> dict[str, object]:
    """What the run in the folder was started with."""
    try:
        return asdict(_OPTIONS.validate_json((folder / FILE).read_bytes()))
    except FileNotFoundError:
        return {}
    except ValidationError as odd:
        raise CannotResume(
            f"{folder / FILE} is damaged; remove it and repeat the options that the run was started with"
        ) from odd
