"""Each folder is a situation: a book as it comes in, and the clearing as it must go out, byte for byte."""

import io
import json
from pathlib import Path

import pytest

from laag.apps.market import clear

HERE = Path(__file__).parent
SITUATIONS = sorted(folder.parent.name for folder in HERE.glob("*/book.json"))
FROM_THE_INTERFACE = (
    '{"rule":"layered/1","low":"120.00","high":"180.00","price":"150.00","buyer_price":"156.00",'
    '"seller_price":"150.00","bought_wh":100,"sold_wh":80,"imported_wh":20,"exported_wh":0,'
    '"levy_eur":"0.00200000","gateway_eur":"-0.00160000","fills":{'
    '"o1":{"wh":100,"eur":"0.01560000","reason":"..."},'
    '"o2":{"wh":60,"eur":"-0.00900000","reason":"..."},'
    '"o3":{"wh":20,"eur":"-0.00300000","reason":"..."}}}\n'
)


def cleared(path):
    out, err = io.StringIO(), io.StringIO()
    assert clear(str(path), out, err) == 0, err.getvalue()
    return out.getvalue()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_situation_clears_as_it_always_did(name):
    assert cleared(HERE / name / "book.json") == (HERE / name / "clearing.json").read_text("utf-8")


def test_the_published_example_is_reproduced_to_the_byte():
    """All but the reasons, which the interface leaves free."""
    words = json.loads(cleared(HERE / "one-street-one-import" / "book.json"))
    for fill in words["fills"].values():
        fill["reason"] = "..."
    assert json.dumps(words, separators=(",", ":")) + "\n" == FROM_THE_INTERFACE
