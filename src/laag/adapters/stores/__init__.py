"""Where events are kept: SQLite, embedded, needs nothing."""

from laag.adapters.stores.sqlite import SqliteLog

__all__ = ["SqliteLog"]
