"""A folder to begin with: a key, and settings to fill in."""

from __future__ import annotations

import tomllib
from pathlib import Path

from laag.adapters.keys import Key
from laag.adapters.uftp.signing import published
from laag.apps.dso.settings import WAY_OUT
from laag.foundation.errors import BadInput

_SETTINGS = """\
[dso]
domain = "{domain}"
key = "uftp.pem"
store = "uftp.sqlite"
host = "127.0.0.1"
port = 8420
prognosis_until = 14:30:00            # on the day before, for a day's first D-prognosis
offers_within_minutes = 30            # after a request; then is chosen
penalty_eur_per_kwh = 0.30            # for what was ordered and not delivered

[[dso.point]]
address = "ean.871685900012636543"
aggregators = ["kade.example"]
capacity_kw = 160

[[participant]]
domain = "kade.example"
role = "AGR"
endpoint = "https://kade.example/shapeshifter/api/v3/message"
key = "cs1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="   # as they publish it
"""


def init(folder: Path, domain: str) -> int:
    """Make it; nothing that is there is written over."""
    settings, key = folder / "dso.toml", folder / "uftp.pem"
    if settings.exists():
        raise BadInput(f"there is a {settings} already; edit it, or give another folder")
    made = Key.new()
    made.save(key)
    settings.write_text(_SETTINGS.format(domain=domain), "utf-8")
    print(f"{settings} is to be filled in; tell the aggregators this key: {published(made.public)}")
    return 0


def show_key(path: Path) -> int:
    """The public key of whoever has these settings."""
    try:
        named = tomllib.loads(path.read_text("utf-8")).get("dso", {}).get("key", "uftp.pem")
    except FileNotFoundError as missing:
        raise BadInput(f"there are no settings at {path}; {WAY_OUT}") from missing
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
        raise BadInput(f"{path} is not TOML ({odd}); {WAY_OUT}") from odd
    key = path.absolute().parent / str(named)
    if not key.exists():
        raise BadInput(
            f"there is no key at {key}; laag dso init makes one, and laag serve at its first start where there is none"
        )
    print(published(Key.load(key).public))
    return 0
