"""The example messages and the schemas of UFTP 3.1, which we did not write."""

from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parents[4] / "shared/data/protocols/uftp"
NAMES = sorted(path.stem for path in FOLDER.glob("*.xml"))


def example(name: str) -> bytes:
    return (FOLDER / f"{name}.xml").read_bytes()


@cache
def schema(role: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FOLDER / "xsd" / f"UFTP-{role.lower()}.xsd"))


def fits_schema(data: bytes) -> bool:
    """Whether one of the three roles' schemas has this message."""
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return any(schema(role).validate(tree) for role in ("AGR", "DSO", "CRO"))
