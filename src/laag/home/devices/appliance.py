"""Machines that run a programme once: dishwasher, washing machine, dryer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Appliance:
    """A machine and its usual programme: mean kW per PTU from its start."""

    name: str
    programme_kw: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.programme_kw or min(self.programme_kw) < 0:
            raise BadInput(f"the programme of {self.name} needs one power of zero or more per quarter-hour")

    @property
    def energy_kwh(self) -> float:
        """What one run takes.

        >>> Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6)).energy_kwh
        1.1
        """
        return sum(self.programme_kw) / 4


@dataclass(frozen=True, slots=True)
class Job:
    """One wanted run: begun no earlier than ``earliest``, finished before ``deadline`` (PTUs of the grid, exclusive).

    A job that is running already has ``started``: a PTU at or before the start of the grid, so zero or negative.
    """

    appliance: Appliance
    earliest: int
    deadline: int
    started: int | None = None

    def shifted(self, by: int) -> Job:
        """The same job, counted from another start; ``by`` is how many PTUs earlier that start lies."""
        began = None if self.started is None else self.started + by
        return replace(self, earliest=self.earliest + by, deadline=self.deadline + by, started=began)
