"""Requests that can be measured in a plan and left out of a home."""

from __future__ import annotations

from typing import Protocol

from laag.home.conflicts.home import Home
from laag.home.conflicts.request import Request
from laag.home.outlook import Floats
from laag.home.plan import Plan


class Ask(Protocol):
    """One request."""

    @property
    def request(self) -> Request:
        """For the record."""

    @property
    def hours(self) -> slice:
        """The PTUs it is about."""

    def short(self, plan: Plan) -> Floats:
        """How much of it is missed in each PTU; times hours it is the amount."""

    def may_matter(self, plan: Plan) -> bool:
        """Whether the plan comes so near to it that another could be cheaper without."""

    def left_out(self, home: Home) -> Home:
        """The same home, had nobody asked this."""
