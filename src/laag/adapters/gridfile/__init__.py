"""A low-voltage grid in laag's own file: JSON, with tables in it or in CSV beside it. See docs/grid-file.md."""

from laag.adapters.gridfile.read import grid_of, read_grid_file

__all__ = ["grid_of", "read_grid_file"]
