"""The routes of version 1, and who may use them."""

from laag.apps.street.api.doors import API_DOORS
from laag.apps.street.api.homes import router as homes
from laag.apps.street.api.operator import router as operator
from laag.apps.street.api.public import router as public

API_ROUTERS = (public, homes, operator)

__all__ = ["API_DOORS", "API_ROUTERS"]
