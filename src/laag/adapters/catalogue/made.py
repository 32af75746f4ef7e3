"""What of a home or a community can be shared: taken from lists, never copied from what somebody typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from laag.adapters.catalogue.entry import Community, Device, Grid, Home, Source, Transformer, is_personal
from laag.adapters.homefile.devices import DevicesWire
from laag.foundation.errors import BadInput
from laag.home.preferences import Wished, to_plain
from laag.neighbourhood.charter import ARTICLES, Charter

_DEVICES: dict[str, Device] = {
    "battery": "battery",
    "charger": "car",
    "heat_pump": "heat_pump",
    "pv": "pv",
    "boiler": "boiler",
    "tank": "tank",
    "appliances": "appliances",
}
_SIZES: tuple[Transformer, ...] = (100, 160, 250, 400, 630, 1000)
_LEAST_TOLD = 3


def home_of(
    devices: DevicesWire,
    household: str | None,
    defaults: str,
    wishes: Iterable[Wished],
    first: str | None = None,
) -> Home:
    """Kinds of devices without their sizes, and wishes that could be anybody's."""
    return Home.model_validate(
        {
            "household": household,
            "devices": tuple(kind for name, kind in _DEVICES.items() if getattr(devices, name)),
            "defaults": defaults,
            "wishes": tuple(to_plain(wish) for wish in wishes if not is_personal(wish)),
            "first": first,
        }
    )


def community_of(
    charter: Charter,
    policy: str,
    *,
    cables: int = 0,
    import_max_kw: float = float("inf"),
    wires: bool = False,
    sources: Iterable[Source] = (),
) -> Community:
    """What was agreed without what anything is called: names of agreements are what people typed."""
    unnamed = tuple(replace(one, name=f"{at + 1}") for at, one in enumerate(charter.agreements))
    plain, usual = replace(charter, agreements=unnamed), Charter("")
    size = next((one for one in _SIZES if import_max_kw <= one), None)
    return Community.model_validate(
        {
            "policy": policy,
            "articles": {one.name: one.text(plain) for one in ARTICLES if one.of(plain) != one.of(usual)},
            "grid": Grid(cables=cables, transformer_kva=size, wires=wires),
            "sources": tuple(dict.fromkeys(sources)),
        }
    )


def shareable(data: bytes, own: Collection[str]) -> bytes:
    """The file, unless a word that is somebody's own stands in it after all: a name in the description, say."""
    said = data.decode().casefold()
    for word in own:
        if len(word) >= _LEAST_TOLD and word.casefold() in said:
            raise BadInput(
                f"the entry would tell {word!r}, which is yours; say title and description without it"
            )
    return data
