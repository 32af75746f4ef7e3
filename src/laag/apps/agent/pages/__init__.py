"""What a household sees of its own home: pages that the home's agent writes, for a phone first and in plain words."""

from laag.apps.agent.pages.site import Site, site_of

__all__ = ["Site", "site_of"]
