"""Where events are kept, and beside them what may change: a SQLite file, which needs nothing, or a PostgreSQL database."""

from laag.adapters.stores.copies import copied
from laag.adapters.stores.places import open_log
from laag.adapters.stores.records import open_records
from laag.adapters.stores.sqlite import SqliteLog

__all__ = ["SqliteLog", "copied", "open_log", "open_records"]
