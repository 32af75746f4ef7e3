#!/usr/bin/env python3
"""The options of the add-on as settings of the agent: `options.py OPTIONS.json`, TOML on standard output."""

import json
import sys
from pathlib import Path
from typing import Any

from laag.apps.agent.settings import written

STORE = "/data/store"


def settings(options: dict[str, Any], store: str = STORE) -> str:
    """Settings in which only what was filled in is said."""
    home: dict[str, Any] = {
        "name": options["name"],
        "meter": options["meter"],
        "store": store,
        "page": {"host": "0.0.0.0", "port": 8410},  # noqa: S104 - inside its container; Home Assistant opens the port
        "connection": {name: options[name] for name in ("import_max_kw", "export_max_kw")},
        "contract": {name: options[name] for name in ("buy_eur_per_kwh", "sell_eur_per_kwh")},
        "place": {name: options[name] for name in ("latitude", "longitude")},
    }
    if options.get("household"):
        home["household"] = options["household"]
    if options.get("neighbourhood"):
        home["neighbourhood"] = {"url": options["neighbourhood"]}
    return written({"home": home})


if __name__ == "__main__":
    sys.stdout.write(settings(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
