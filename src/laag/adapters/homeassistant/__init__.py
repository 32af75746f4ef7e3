"""Home Assistant, both ways: what we know and may be asked shown there, and its devices heard and told."""

from laag.adapters.homeassistant.asked import Ask, Asked
from laag.adapters.homeassistant.link import HomeAssistantLink
from laag.adapters.homeassistant.panel import HomeAssistantPanel
from laag.adapters.homeassistant.shown import PanelSettings, Shown
from laag.adapters.homeassistant.wire import HaDevice, HaSettings

__all__ = [
    "Ask", "Asked", "HaDevice", "HaSettings", "HomeAssistantLink", "HomeAssistantPanel", "PanelSettings", "Shown",
]  # fmt: skip
