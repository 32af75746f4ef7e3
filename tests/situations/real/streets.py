"""Real days: a street file each beside this one, `$data` in it standing for the measured data beside the project."""

from __future__ import annotations

from pathlib import Path
from string import Template

HERE = Path(__file__).parent
DATA = HERE.parents[3] / "shared" / "data"
DAYS = ("june_negative_prices", "january_cold", "clocks_forward", "clocks_back")


def write(name: str, folder: Path) -> Path:
    """The street file of these days, ready to be run, in ``folder``."""
    path = folder / f"{name}.toml"
    street = Template((HERE / path.name).read_text("utf-8"))
    path.write_text(street.substitute(data=DATA.resolve().as_posix()), "utf-8")
    return path
