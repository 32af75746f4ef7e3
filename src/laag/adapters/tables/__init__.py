"""The public tables of a run, as Parquet and CSV (``docs/tables.md``)."""

from laag.adapters.tables.schema import TABLES
from laag.adapters.tables.write import TableWriter

__all__ = ["TABLES", "TableWriter"]
