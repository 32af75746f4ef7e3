"""Each part of a home, written into the program of its day."""

from laag.home.plan.write.battery import battery
from laag.home.plan.write.car import car
from laag.home.plan.write.connection import connection, peak, phases
from laag.home.plan.write.giving_car import giving_car
from laag.home.plan.write.programmes import programmes
from laag.home.plan.write.roof import roof
from laag.home.plan.write.warmth import warmth
from laag.home.plan.write.water import water

WRITERS = (connection, roof, battery, warmth, water, programmes, car, giving_car, phases, peak)

__all__ = ["WRITERS"]
