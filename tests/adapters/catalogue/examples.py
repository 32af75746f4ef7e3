"""The three entries that are shipped, as they are made: run it to write them again."""

from functools import cache
from pathlib import Path

from laag.adapters.catalogue import Home, Words, community_of, example_key, signed
from laag.home.preferences import parse, to_plain
from laag.neighbourhood.charter import Agreement, Charter, GridTable, SharingTable, VotingTable

FOLDER = Path(__file__).parents[3] / "examples" / "catalogue"
LICENCE = "CC0-1.0"


def home(household, devices, lines, first=None):
    """With wishes as somebody would say them."""
    return Home(
        household=household,
        devices=devices,
        defaults="nl-2026.11",
        wishes=tuple(to_plain(parse(line)) for line in lines),
        first=first,
    )


@cache
def made():
    """Each file by its name."""
    key = example_key()
    return {
        "family-with-sun-and-car.json": signed(
            key,
            "Family with sun and a car",
            Words(
                nl="Een gezin met panelen en een auto: eerst de eigen zon, niet laden in het drukste deel van de avond.",
                en="A family with panels and a car: own sun first, no charging in the busiest part of the evening.",
            ),
            LICENCE,
            home(
                "family",
                ("pv", "car"),
                (
                    "car at 80 % by 07:00 on weekdays",
                    "no car charging from 17:00 to 20:00",
                    "use my own sun first",
                ),
                "own_sun",
            ),
        ),
        "renter-with-a-meter.json": signed(
            key,
            "Renter with a meter and nothing else",
            Words(
                nl="Een huurwoning met alleen een slimme meter en een afwasmachine: inzicht, en één wens.",
                en="A rented home with a smart meter and a dishwasher: insight, and one wish.",
            ),
            LICENCE,
            home("renter", ("appliances",), ("run the dishwasher before 06:00",)),
        ),
        "street-that-shares.json": signed(
            key,
            "Street that shares what it earns",
            Words(
                nl="Een straat van één kabel die 5 % in een buurtfonds doet en de rest gelijk deelt, in de winter samen het avondeten spaart, "
                "en over veranderingen twee weken stemt.",
                en="A street on one cable that puts 5% into a community fund and shares the rest equally, spares supper time together in "
                "winter, and votes on changes for two weeks.",
            ),
            LICENCE,
            community_of(
                Charter(
                    "",
                    k_percent=40,
                    grid=GridTable(when_full="limits"),
                    sharing=SharingTable(key="equal", fund_permille=50),
                    agreements=(Agreement("winter", "ev", 17, 20, (12, 1, 2), 0, "warning"),),
                    voting=VotingTable(days=14),
                ),
                "layered",
                cables=1,
                import_max_kw=160,
                wires=True,
                sources=("entsoe", "model"),
            ),
        ),
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
