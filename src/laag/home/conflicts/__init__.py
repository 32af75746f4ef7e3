"""Signals and wishes that cannot all be had: what went first, what it cost, and what would have happened otherwise."""

from laag.home.conflicts.request import Kind, Request
from laag.home.conflicts.rule import conflicts
from laag.home.conflicts.ruling import Change, Outcome, Ruling, Taken
from laag.home.conflicts.say import say, say_apart

__all__ = ["Change", "Kind", "Outcome", "Request", "Ruling", "Taken", "conflicts", "say", "say_apart"]
