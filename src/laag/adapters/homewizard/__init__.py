"""HomeWizard's P1 meter, asked over the home's own network; what it says stays in the home."""

from laag.adapters.homewizard.link import HomeWizard

__all__ = ["HomeWizard"]
