"""The routes of version 1, and who may use them."""

from laag.apps.street.api.algorithms import ALGORITHM_DOORS
from laag.apps.street.api.algorithms import router as algorithms
from laag.apps.street.api.audit import AUDIT_DOORS
from laag.apps.street.api.audit import router as audit
from laag.apps.street.api.charter import CHARTER_DOORS
from laag.apps.street.api.charter import router as charter
from laag.apps.street.api.consents import CONSENT_DOORS
from laag.apps.street.api.consents import router as consents
from laag.apps.street.api.doors import API_DOORS as _DOORS
from laag.apps.street.api.everyone import EVERYONE_DOORS
from laag.apps.street.api.everyone import router as everyone
from laag.apps.street.api.fills import FILL_DOORS
from laag.apps.street.api.fills import router as fills
from laag.apps.street.api.homes import router as homes
from laag.apps.street.api.ledger import LEDGER_DOORS
from laag.apps.street.api.ledger import router as ledger
from laag.apps.street.api.operator import router as operator
from laag.apps.street.api.own import OWN_DOORS
from laag.apps.street.api.own import router as own
from laag.apps.street.api.public import router as public
from laag.apps.street.api.questions import QUESTION_DOORS
from laag.apps.street.api.questions import router as questions

API_ROUTERS = (
    algorithms,
    public,
    homes,
    own,
    operator,
    consents,
    fills,
    ledger,
    audit,
    questions,
    charter,
    everyone,
)
API_DOORS = {
    **_DOORS,
    **OWN_DOORS,
    **ALGORITHM_DOORS,
    **CONSENT_DOORS,
    **FILL_DOORS,
    **EVERYONE_DOORS,
    **LEDGER_DOORS,
    **AUDIT_DOORS,
    **QUESTION_DOORS,
    **CHARTER_DOORS,
}

__all__ = ["API_DOORS", "API_ROUTERS"]
