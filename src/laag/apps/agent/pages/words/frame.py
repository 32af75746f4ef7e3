"""The names of the pages, and of what is in a house."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said
from laag.home.devices import Device

NOW = Said("Nu", "Now")
TODAY = Said("Plan", "Plan")
WISHES = Said("Wat ik wil", "What I want")
BILL = Said("Rekening", "Bill")
USE = Said("Verbruik", "Use")
CHARTER = Said("Afspraken", "Charter")
DATA = Said("Gegevens", "My data")
SETTINGS = Said("Instellingen", "Settings")
JOIN = Said("Meedoen met de buurt", "Join the neighbourhood")

DEVICES: Mapping[Device, Said] = {
    Device.PV: Said("Zonnepanelen", "Solar panels"),
    Device.BATTERY: Said("Thuisbatterij", "Home battery"),
    Device.EV: Said("Auto", "Car"),
    Device.HEAT_PUMP: Said("Warmtepomp", "Heat pump"),
    Device.WATER: Said("Warm water", "Hot water"),
    Device.APPLIANCE: Said("Apparaten", "Appliances"),
}
SAVE = Said("Opslaan", "Save")
CANCEL = Said("Toch niet", "Never mind")
NOT_A_MEMBER = Said(
    "Dit huis doet nog niet mee met een buurt, dus valt hier nog niets te zien.",
    "This home has not joined a neighbourhood yet, so there is nothing to see here yet.",
)
STREET_AWAY = Said(
    "De buurt is nu niet te bereiken. Dit is wat zij het laatst zei.",
    "The neighbourhood cannot be reached now. This is what it said last.",
)
STREET_AWAY_NOTHING = Said(
    "De buurt is nu niet te bereiken, en dit is hier nog niet eerder opgehaald. Probeer het later opnieuw.",
    "The neighbourhood cannot be reached now, and this was not fetched here before. Try again later.",
)
ZONE_DAYS = Said(
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)
