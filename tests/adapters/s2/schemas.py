"""The published JSON schemas of S2, where they are beside the project."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[4] / "shared/data/protocols/s2"


@cache
def checks():
    """A validator for each type of message."""
    place = FOLDER / "s2_ws_json_schemas.json.gz"
    if not place.exists():
        pytest.skip("the schemas of S2 are not beside the project")
    import jsonschema_rs

    schemas = json.loads(gzip.decompress(place.read_bytes()))
    registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas.values()])
    return {
        name.removeprefix("messages/").removesuffix(".schema.json"): jsonschema_rs.validator_for(
            schema, registry=registry, validate_formats=True
        )
        for name, schema in schemas.items()
        if name.startswith("messages/")
    }


def valid(text):
    """Whether a message on the wire is one by the published schemas."""
    message = json.loads(text)
    checks()[message["message_type"]].validate(message)
    return True


def published(name):
    """The messages of a file, in order, of those that its schemas agree with."""
    place = FOLDER / name
    if not place.exists():
        pytest.skip(f"{name} is not beside the project")
    lines = [json.loads(line) for line in place.read_text().splitlines()]
    return [line["message"] for line in lines if line["schema_check"] == "valid"]
