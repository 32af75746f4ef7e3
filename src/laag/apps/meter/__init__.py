"""`laag meter`: what a smart meter says, on a terminal and for programs, without any server."""

from laag.apps.meter.commands import add_parser

__all__ = ["add_parser"]
