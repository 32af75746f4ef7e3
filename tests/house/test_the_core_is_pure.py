"""Why a dispute can be replayed: the core has no clock, no chance and no doors, and money has no floats."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "laag"
CORE = ["foundation", "home", "neighbourhood", "gateway", "nation", "settlement", "ledger", "cycle"]
MONEY = [
    "foundation/money.py",
    "foundation/contracts.py",
    "neighbourhood/market",
    "settlement",
    "gateway",
    "ledger",
]
WORDS_ABOUT_MONEY = {"reasons.py", "explain.py", "wording.py"}

CLOCKS = {"now", "utcnow", "today", "perf_counter", "monotonic", "time_ns", "process_time", "fromtimestamp"}
CHANCE = {"default_rng", "random", "Generator", "RandomState", "seed", "shuffle", "uuid1", "uuid4", "urandom"}
DOORS = {"open", "print", "input", "exec", "eval", "getenv", "environ", "__import__", "breakpoint"}
OUTSIDE = {"time", "random", "os", "sys", "io", "pathlib", "logging", "socket", "subprocess", "threading", "asyncio",
           "sqlite3", "json", "secrets", "uuid", "multiprocessing", "concurrent", "tempfile", "shutil", "urllib"}  # fmt: skip


def modules(folders):
    found = []
    for folder in folders:
        place = SOURCE / folder
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return found


def named(node):
    """The word by which something is called: ``f`` in ``f()``, ``g`` in ``a.g()``."""
    return getattr(node, "attr", getattr(node, "id", ""))


def impurities(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"imports {a.name}" for a in node.names if a.name.split(".")[0] in OUTSIDE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OUTSIDE:
            yield f"imports from {node.module}"
        elif isinstance(node, ast.Call) and named(node.func) in CLOCKS | CHANCE | DOORS:
            yield f"calls {named(node.func)} in line {node.lineno}"
        elif isinstance(node, ast.Attribute) and node.attr in {"environ"} | CHANCE:
            yield f"uses {node.attr} in line {node.lineno}"


def floats(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"the float {node.value} in line {node.lineno}"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"a true division in line {node.lineno}"
        elif isinstance(node, ast.Name | ast.Attribute) and named(node) in {
            "float", "float64", "float32", "true_divide", "divide", "mean", "average"
        }:  # fmt: skip
            yield f"{named(node)} in line {node.lineno}"


def where(path):
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", modules(CORE), ids=where)
def test_the_core_has_no_clock_no_chance_and_no_doors(path):
    assert list(impurities(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize("path", modules(MONEY), ids=where)
def test_money_and_energy_are_integers(path):
    if path.name in WORDS_ABOUT_MONEY:
        pytest.skip("shows money, never computes it")
    tree = ast.parse(path.read_text())
    docstrings_aside = list(floats(tree))
    assert docstrings_aside == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import time", ["imports time"]),
        ("x = datetime.now()", ["calls now in line 1"]),
        ("rng = np.random.default_rng(1)", ["calls default_rng in line 1", "uses default_rng in line 1", "uses random in line 1"]),
        ("open('x')", ["calls open in line 1"]),
    ],
)  # fmt: skip
def test_the_check_sees_what_it_forbids(text, said):
    assert sorted(impurities(ast.parse(text))) == sorted(said)


@pytest.mark.parametrize("text", ["pay = 0.5", "pay = a / b", "pay /= 2", "pay = float(a)", "x = a.mean()"])
def test_the_check_sees_a_float_near_money(text):
    assert list(floats(ast.parse(text)))
