"""Every alert looks at a figure that the server or a home really gives."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from laag.apps.street.figures import Figures

ROOT = Path(__file__).parents[2]
RULES = [
    rule
    for group in yaml.safe_load((ROOT / "deploy" / "monitoring" / "laag-alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]


def figures():
    """As the server gives them, and the names that are looked up when somebody asks."""
    shown = set(re.findall(r"^# TYPE (\w+)", Figures().text().decode(), re.MULTILINE))
    return shown | {f"{one}_bucket" for one in shown} | looked_up()


def looked_up():
    found = set()
    for file in ("src/laag/apps/street/running.py", "src/laag/apps/agent/api.py"):
        tree = ast.parse((ROOT / file).read_text())
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and re.fullmatch(r"laag_\w+", str(node.value))
        }
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_looks_at_what_there_is_and_says_what_is_wrong(rule):
    named = set(re.findall(r"\blaag_\w+", rule["expr"]))
    assert named <= figures()
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert rule["annotations"]["summary"].endswith(".")


def test_each_alert_is_explained():
    said = (ROOT / "docs" / "running.md").read_text()
    assert [rule["alert"] for rule in RULES if f"`{rule['alert']}`" not in said] == []
