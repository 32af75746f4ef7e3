"""Where prices come from: the built-in model, files, or an exchange; one after another where one fails."""

from laag.apps.street.sources.files import Files
from laag.apps.street.sources.in_turn import Asked, InTurn
from laag.apps.street.sources.model import Model
from laag.apps.street.sources.port import Prices

__all__ = ["Asked", "Files", "InTurn", "Model", "Prices"]
