"""One HTML file with everything inside: style, modules and data, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

MODULES = [
    "words",
    "format",
    "svg",
    "data",
    "state",
    "controls",
    "headline",
    "stripes",
    "timeline",
    "merit",
    "orders",
    "home",
    "bills",
    "gains",
    "checks",
    "compare",
    "main",
]
"""In the order in which they build on each other; ``main`` comes last and starts the page."""
LANGUAGES = ("nl", "en")
IMPORT = re.compile(r"^import (\{[^}]*\}) from \"\./([\w-]+)\.js\";$", re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)


def write(path: Path, summary: dict[str, Any], packed: dict[str, str]) -> Path:
    """Fill the page and write it; same data, same bytes."""
    web = files(__package__) / "web"
    words = {
        language: json.loads((web / f"words.{language}.json").read_text("utf-8")) for language in LANGUAGES
    }
    palette = files("laag.foundation") / "palette.css"
    shell = Template((web / "page.html").read_text("utf-8"))
    filled = shell.substitute(
        title=html.escape(str(summary["about"].get("name") or "laag")),
        style=palette.read_text("utf-8") + (web / "style.css").read_text("utf-8"),
        summary=_inside_script(summary),
        words=_inside_script(words),
        packed="\n".join(
            f'<script type="text/plain" id="packed-{name}">{text}</script>' for name, text in packed.items()
        ),
        modules=as_one({name: (web / f"{name}.js").read_text("utf-8") for name in MODULES}),
    )
    part = path.with_name(f"{path.name}.part")
    part.write_text(filled, "utf-8")
    return part.replace(path)  # there whole or not at all, whenever the power goes


def as_one(modules: dict[str, str]) -> str:
    r"""Modules in order of dependence as one script: each keeps its own names and hands on what it exports.

    >>> print(as_one({"a": "export const one = 1;", "b": 'import { one } from "./a.js";\nalert(one);'}))
    const from_a = (() => {
    const one = 1;
    return { one };
    })();
    const from_b = (() => {
    const { one } = from_a;
    alert(one);
    return {  };
    })();
    """
    return "\n".join(_closed(name, source.strip()) for name, source in modules.items())


def _closed(name: str, source: str) -> str:
    handed_on = ", ".join(found[2] for found in EXPORT.finditer(source))
    inside = EXPORT.sub(r"\1 \2", IMPORT.sub(r"const \1 = from_\2;", source))
    return f"const from_{name} = (() => {{\n{inside}\nreturn {{ {handed_on} }};\n}})();"


def pack(data: Any) -> str:
    """Data as compressed JSON in base64: about a fifth of its size, and unpacked only when it is looked at.

    >>> gzip.decompress(base64.b64decode(pack([1, None])))
    b'[1,null]'
    """
    return base64.b64encode(gzip.compress(_compact(data).encode(), 9, mtime=0)).decode("ascii")


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _inside_script(data: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return _compact(data).replace("<", "\\u003c")
