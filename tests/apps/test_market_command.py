"""`laag market clear`: what goes in, what comes out, and one sentence for whatever cannot be read."""

import argparse
import io
import json
import sys

import pytest

from laag.apps import market

GATEWAY = {"import_price": 80, "export_price": 70, "levy": 100, "import_max_wh": None, "export_max_wh": None}
ORDER = {"id": "o1", "member": "m1", "side": "buy", "quantity_wh": 100, "limit": 300.5}
BOOK = {"gateway": GATEWAY, "orders": [ORDER]}


def run(text, tmp_path, **options):
    path = tmp_path / "book.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out, err = io.StringIO(), io.StringIO()
    return market.clear(str(path), out, err, **options), out.getvalue(), err.getvalue()


def with_order(**changes):
    return json.dumps({"gateway": GATEWAY, "orders": [{**ORDER, **changes}]})


def with_gateway(**changes):
    return json.dumps({"gateway": {**GATEWAY, **changes}, "orders": [ORDER]})


def without(table, key):
    return {k: v for k, v in table.items() if k != key}


WRONG = {
    "nothing": ("", "not JSON at line 1"),
    "broken": ('{"gateway": ', "not JSON at line 1, column 13"),
    "a list": ("[]", "the book is []"),
    "a number": ("7", "the book is 7"),
    "nested too deeply": ("[" * 100_000, "too deeply"),
    "NaN": (with_order(limit=float("nan")), "NaN"),
    "infinity": (with_order(limit=float("inf")), "Infinity"),
    "a key twice": ('{"k": 0.5, "k": 0.5}', 'the key "k" occurs twice'),
    "no gateway": (json.dumps(without(BOOK, "gateway")), "gateway is missing"),
    "no limit": (json.dumps({**BOOK, "orders": [without(ORDER, "limit")]}), "orders[0].limit is missing"),
    "orders of another kind": (json.dumps({**BOOK, "orders": 3}), "orders is 3"),
    "an unknown rule": (json.dumps({**BOOK, "rule": "auction"}), "'auction'; choose one of layered, literal"),
    "an unknown field": (with_order(limt=3), "orders[0].limt is not a field"),
    "export above landed": (
        with_gateway(export_price=180.01),
        "buys at export_price 180.01 and sells at 180",
    ),
    "a duplicate id": (
        json.dumps({**BOOK, "orders": [ORDER, ORDER]}),
        '"o1" at orders[0] and again at orders[1]',
    ),
    "an empty id": (with_order(id=""), "orders[0].id"),
    "an id that is no text": (with_order(id=5), "orders[0].id is 5"),
    "half a character": (with_order(member="\ud800"), "orders[0].member"),
    "a third side": (with_order(side="swap"), "orders[0].side is \"swap\"; it is either 'buy' or 'sell'"),
    "no quantity": (with_order(quantity_wh=0), "orders[0].quantity_wh is 0"),
    "a negative quantity": (with_order(quantity_wh=-5), "orders[0].quantity_wh is -5"),
    "half a Wh": (with_order(quantity_wh=0.5), "orders[0].quantity_wh is 0.5"),
    "yes as a quantity": (with_order(quantity_wh=True), "orders[0].quantity_wh is true"),
    "more than a country": (with_order(quantity_wh=10**12), "orders[0].quantity_wh is 1000000000000"),
    "thousands of digits": (with_order().replace("100", "9" * 5_000), "thousands of digits"),
    "three decimals": (
        with_order(limit=1.005),
        "orders[0].limit is 1.005; a price in EUR/MWh has at most two",
    ),
    "no as a price": (with_order(limit=False), "orders[0].limit is false"),
    "a price in words": (with_order(limit="80.00"), 'orders[0].limit is "80.00"'),
    "a price beyond all": (with_order(limit=1e300), "orders[0].limit is 1E+300"),
    "almost no price": (with_order().replace("300.5", "1e-999999999"), "at most two decimals"),
    "a negative levy": (with_gateway(levy=-1), "gateway.levy is -1"),
    "a negative capacity": (with_gateway(import_max_wh=-1), "gateway.import_max_wh is -1"),
    "k above one": (json.dumps({**BOOK, "k": 1.01}), "k is 1.01"),
    "k too fine": (json.dumps({**BOOK, "k": 0.125}), "k is 0.125; k has at most two decimals"),
    "a position of three": (with_order(position=[1, 2, 3]), "orders[0].position"),
    "not UTF-8": (b"\xff\xfe", "byte 0 is not UTF-8"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_wrong_input_is_named_in_one_sentence(text, says, tmp_path):
    status, out, err = run(text, tmp_path)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert err.startswith("laag market clear: ")
    assert "book.json" in err


def test_too_much_for_one_book_is_refused(tmp_path):
    orders = [{**ORDER, "id": f"o{i}", "quantity_wh": 10**9} for i in range(101)]
    status, _, err = run(json.dumps({**BOOK, "orders": orders}), tmp_path)
    assert status == 2
    assert "the book holds 101000000000 Wh" in err


def test_a_missing_file_is_named(tmp_path):
    out, err = io.StringIO(), io.StringIO()
    assert market.clear(str(tmp_path / "none.json"), out, err) == 2
    assert "none.json cannot be read: No such file" in err.getvalue()


def test_a_directory_is_no_book(tmp_path):
    out, err = io.StringIO(), io.StringIO()
    assert market.clear(str(tmp_path), out, err) == 2
    assert "Is a directory" in err.getvalue()


def test_rule_k_and_capacities_may_be_left_out(tmp_path):
    small = {"gateway": without(without(GATEWAY, "import_max_wh"), "export_max_wh"), "orders": [ORDER]}
    full = {**BOOK, "rule": "layered", "k": 0.5}
    assert run(json.dumps(small), tmp_path) == run(json.dumps(full), tmp_path)


def test_every_order_appears_in_the_order_it_came(tmp_path):
    orders = [{**ORDER, "id": name, "limit": limit} for name, limit in (("z", 1), ("é", None), ("a", -5.25))]
    _, out, _ = run(json.dumps({**BOOK, "orders": orders}), tmp_path)
    fills = json.loads(out)["fills"]
    assert list(fills) == ["z", "é", "a"]
    assert [fill["wh"] for fill in fills.values()] == [0, 100, 0]
    assert fills["z"]["eur"] == "0.00000000"


def test_spread_over_lines_with_a_byte_order_mark_it_is_still_one_book(tmp_path):
    pretty = run("\ufeff" + json.dumps(BOOK, indent=2), tmp_path)
    assert pretty == run(json.dumps(BOOK), tmp_path)


def test_many_books_give_as_many_lines(tmp_path):
    status, out, err = run("\n\n".join([json.dumps(BOOK)] * 3) + "\n", tmp_path)
    assert (status, err) == (0, "")
    single = run(json.dumps(BOOK), tmp_path)[1]
    assert out == single * 3


@pytest.mark.parametrize("bad", [1, 2, 3])
def test_a_bad_line_is_named_and_strands_nobody(bad, tmp_path):
    lines = [json.dumps(BOOK)] * 3
    lines[bad - 1] = with_order(quantity_wh=0)
    status, out, err = run("\n".join(lines), tmp_path)
    assert status == 2
    assert f"book.json, line {bad}: orders[0].quantity_wh is 0" in err
    assert err.count("\n") == 1
    answers = [json.loads(line) for line in out.splitlines()]
    assert [("error" in answer) for answer in answers] == [n == bad for n in (1, 2, 3)]
    assert answers[bad - 1]["line"] == bad


def test_reasons_come_in_dutch_too(tmp_path):
    _, out, _ = run(json.dumps(BOOK), tmp_path, language="nl")
    assert json.loads(out)["fills"]["o1"]["reason"].startswith("Alle 100 Wh gekocht")


def test_a_dash_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(BOOK).encode())))
    out, err = io.StringIO(), io.StringIO()
    assert market.clear("-", out, err) == 0
    assert json.loads(out.getvalue())["imported_wh"] == 100


def test_the_command_line_leads_here(tmp_path, capsys):
    path = tmp_path / "book.json"
    path.write_text(json.dumps(BOOK))
    parser = argparse.ArgumentParser()
    market.add_parser(parser.add_subparsers())
    args = parser.parse_args(["market", "clear", str(path), "--language", "nl"])
    assert args.run(args) == 0
    assert "gekocht" in capsys.readouterr().out


def test_preferences_reach_the_bilateral_rule(tmp_path):
    sells = [{**ORDER, "id": m, "member": m, "side": "sell", "limit": 90} for m in ("bob", "cor")]
    book = {**BOOK, "rule": "peer_to_peer", "orders": [{**ORDER, "prefers": ["cor", "nobody here"]}, *sells]}
    fills = json.loads(run(json.dumps(book), tmp_path)[1])["fills"]
    assert [fills[name]["wh"] for name in ("o1", "bob", "cor")] == [100, 0, 100]
