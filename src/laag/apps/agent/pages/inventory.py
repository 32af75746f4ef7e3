"""The devices of the home as the household wrote them down; until it did, those that laag steers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from laag.apps.agent.life import Life
from laag.apps.upkeep.inventory import Device, Inventory, of_tables
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

_FACT = "inventory"
_TEXTS = ("name", "kind", "make", "model", "protocol", "firmware", "source")
_CLOUD = {"yes": True, "no": False}
_THERE = {
    "battery": Said("thuisbatterij", "home battery"),
    "charger": Said("laadpaal", "charger"),
    "heat_pump": Said("warmtepomp", "heat pump"),
    "boiler": Said("ketel", "boiler"),
    "pv": Said("zonnepanelen", "solar panels"),
}
_KINDS = {"pv": "inverter"}


def inventory(life: Life, lang: Lang) -> tuple[Device, ...]:
    """All devices."""
    kept = life.store.kept(_FACT)
    if kept is not None:
        return of_tables([_read(one) for one in kept]).devices
    found = [Device(name=Said("slimme meter", "smart meter").to(lang), kind="meter")]
    for name, said in _THERE.items():
        if getattr(life.house, name) is not None:
            found.append(Device.model_validate({"name": said.to(lang), "kind": _KINDS.get(name, name)}))
    return tuple(found)


def keep(life: Life, lang: Lang, form: FormData) -> None:
    """Write one down, in the place of the one of which it was a change; ``BadInput`` says what cannot be."""
    was = str(form.get("was") or "")
    others = [one for one in inventory(life, lang) if one.name != was]
    _write(
        life, of_tables([*map(_table, others), _of_form(form, life.clock.now().astimezone(life.zone).date())])
    )


def remove(life: Life, lang: Lang, name: str) -> None:
    """Take one away."""
    _write(life, of_tables([_table(one) for one in inventory(life, lang) if one.name != name]))


def _write(life: Life, devices: Inventory) -> None:
    life.store.keep(_FACT, [one.model_dump(mode="json", exclude_none=True) for one in devices.devices])


def _table(one: Device) -> dict[str, Any]:
    return one.model_dump(exclude_none=True)


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As it was kept: days are text there."""
    days = {name: date.fromisoformat(kept[name]) for name in ("support_until", "checked") if name in kept}
    return {**kept, **days}


def _of_form(form: FormData, today: date) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: text for name in _TEXTS if (text := str(form.get(name) or "").strip()[:200])
    }
    if until := str(form.get("support_until") or ""):
        try:
            given["support_until"] = date.fromisoformat(until)
        except ValueError as odd:
            raise BadInput(f"{until} is no day; give it as 2030-12-31") from odd
    if (cloud := str(form.get("cloud") or "")) in _CLOUD:
        given["works_without_cloud"] = _CLOUD[cloud]
    if "support_until" in given or "works_without_cloud" in given:
        given["checked"] = today
    return given
