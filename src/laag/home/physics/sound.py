"""What a device says of itself that cannot be, and what is gone by instead."""

from __future__ import annotations

from dataclasses import replace

from laag.home.house import HomeState, House

INDOORS_C = (-20.0, 50.0)
"""Beyond these no room is lived in, and a thermometer that has failed says its lowest or highest: often -40."""
WATER_C = (0.0, 100.0)
DAY_PTUS = 96


def sound(house: House, state: HomeState) -> tuple[HomeState, tuple[str, ...]]:
    """The nearest state that the devices can be in, and a sentence for each number that was changed.

    >>> from laag.home.devices import Battery
    >>> sound(House("a", battery=Battery(10, 5, 5)), HomeState(stored_kwh=11.0))[1]
    ('the battery says it holds 11.0 kWh of at most 10.0; taken as 10.0',)
    """
    said: list[str] = []
    mends: dict[str, float] = {}

    def taken(name: str, value: float, sentence: str) -> None:
        mends[name] = value
        said.append(sentence)

    for name, who, device in (
        ("stored_kwh", "the battery", house.battery),
        ("ev_stored_kwh", "the car", house.charger),
    ):
        if device is not None:
            says, most = getattr(state, name), device.capacity_kwh
            if (holds := _nearest(says, most)) != says:
                taken(
                    name,
                    holds,
                    f"{who} says it holds {says:.1f} kWh of at most {most:.1f}; taken as {holds:.1f}",
                )
    if house.building is not None and not _between(state.indoor_c, INDOORS_C):
        low = house.comfort.low_day_c
        taken("indoor_c", low, f"the thermometer says {state.indoor_c:.1f} °C indoors; taken as {low:.1f}")
    if house.tank is not None:
        if not _between(state.tank_c, WATER_C):
            near = house.tank.high_c if state.tank_c > WATER_C[1] else house.tank.low_c
            taken("tank_c", near, f"the tank says its water is {state.tank_c:.1f} °C; taken as {near:.1f}")
        if not 0 <= state.hot_ago_ptus < float("inf"):
            due = house.tank.legionella_days * DAY_PTUS
            taken(
                "hot_ago_ptus",
                due,
                f"the tank says it was hot {state.hot_ago_ptus} quarter-hours ago; taken as due, {due} ago",
            )
    if house.heat_pump is not None and not 0 <= state.pump_ran_ptus < float("inf"):
        taken(
            "pump_ran_ptus",
            0,
            f"the heat pump says it has run for {state.pump_ran_ptus} quarter-hours; taken as off",
        )
    return (replace(state, **mends), tuple(said)) if said else (state, ())  # type: ignore[arg-type]


def _between(value: float, band: tuple[float, float]) -> bool:
    return band[0] <= value <= band[1]


def _nearest(value: float, most: float) -> float:
    """Within 0 and ``most``; a missing value is taken as empty."""
    return min(max(value, 0.0), most) if value == value else 0.0  # noqa: PLR0124 - nan differs from itself
