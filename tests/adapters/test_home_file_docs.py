"""The page about the home file says what the format is: every field, its meaning, and what holds unless it is given."""

from math import inf
from pathlib import Path

import pytest
from pydantic import BaseModel

from laag.adapters.homefile import devices, home, signals

PAGE = (Path(__file__).parents[2] / "docs" / "home-file.md").read_text("utf-8")
PARTS = {
    name: part
    for module in (home, devices, signals)
    for name, part in vars(module).items()
    if isinstance(part, type) and issubclass(part, BaseModel) and name.endswith(("Wire", "File"))
    if part.model_fields
}


def unless_given(field):
    if field.is_required():
        return "must be given"
    match field.default:
        case None | () | {} | BaseModel():
            return ""
        case bool() as yes:
            return str(yes).lower()
        case tuple() as several if None in several:
            return ""
        case tuple() as several:
            return ", ".join(f"{one:.3g}" for one in several)
        case float() as number if number == inf:
            return "no limit"
    return str(field.default)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_the_page_has_the_table_of_every_part(name):
    rows = [
        f"| `{field.alias or own}` | {field.description} | {unless_given(field)} |".replace("|  |", "| |")
        for own, field in PARTS[name].model_fields.items()
    ]
    assert "\n".join(["| field | meaning | unless given |", "|---|---|---|", *rows]) in PAGE
