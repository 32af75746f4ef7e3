"""`laag home`: one home in a file, planned and explained on a terminal."""

from laag.apps.home.commands import add_parser

__all__ = ["add_parser"]
