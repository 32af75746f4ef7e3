"""Overloads of a year before and after flexibility, on any grid."""

from laag.study.grid.overloads.compared import Compared, compared
from laag.study.grid.overloads.homes import Homes, Village
from laag.study.grid.overloads.levels import of_homes, of_profiles, seen_of
from laag.study.grid.overloads.page import page
from laag.study.grid.overloads.picture import picture
from laag.study.grid.overloads.profiles import Movable, Profiles, kind_of
from laag.study.grid.overloads.row import Row, columns, csv, markdown, sentence
from laag.study.grid.overloads.seen import Seen
from laag.study.grid.overloads.year import Bought, Load, Year, with_flexibility, without

__all__ = [
    "Bought",
    "Compared",
    "Homes",
    "Load",
    "Movable",
    "Profiles",
    "Row",
    "Seen",
    "Village",
    "Year",
    "columns",
    "compared",
    "csv",
    "kind_of",
    "markdown",
    "of_homes",
    "of_profiles",
    "page",
    "picture",
    "seen_of",
    "sentence",
    "with_flexibility",
    "without",
]
