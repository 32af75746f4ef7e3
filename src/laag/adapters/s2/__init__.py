"""S2 (EN 50491-12-2) over a websocket: we are the energy manager (CEM), devices come to us by their resource managers."""

from laag.adapters.s2.link import S2Link
from laag.adapters.s2.translate import S2Device, S2Settings

__all__ = ["S2Device", "S2Link", "S2Settings"]
