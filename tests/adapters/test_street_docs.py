"""What the importing page says is what the importers do."""

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel

from laag.adapters.streetfile import schema, sources
from laag.adapters.streetfile.schema import HomeFile, SimbenchStreet, StreetFile

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
SOURCES = "".join(
    path.read_text("utf-8") for path in (Path(__file__).parents[2] / "src/laag/adapters").rglob("*.py")
)


def test_every_setting_of_a_street_file_is_documented():
    there = [*vars(schema).values(), *vars(sources).values()]
    models = [one for one in there if isinstance(one, type) and issubclass(one, BaseModel)]
    settings = {name for model in models for name in model.model_fields}
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`", PAGE))))
    assert settings - told == set()


def test_the_examples_on_the_page_are_street_files_or_parts_of_one():
    whole, wishes, home, simbench = (
        tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    )
    StreetFile.model_validate(whole)
    StreetFile.model_validate(wishes)
    HomeFile.model_validate(home["homes"][0])
    SimbenchStreet.model_validate(simbench["simbench"])


def test_every_repair_that_the_page_names_is_one_that_the_importers_make():
    rows = [line.split("|")[3] for line in PAGE.split("## Faults")[1].splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    short = {"a day earlier", "a week earlier", "a week later", "a day later", "household = false"}
    assert {name for name in named - short if f'"{name}"' not in SOURCES} == set()
