"""Who may do what: roles, the table of every door, and who is standing before one."""

from laag.apps.access.doors import Door, Doors, guard, undeclared
from laag.apps.access.roles import NOBODY, Caller, Purpose, Role

__all__ = ["NOBODY", "Caller", "Door", "Doors", "Purpose", "Role", "guard", "undeclared"]
