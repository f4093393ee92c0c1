"""CRMs: the same names in each. :mod:`backend.crm_port` says what they do."""

from collections.abc import Callable, Mapping

from backend.crm.dynamics import Dynamics
from backend.crm.hubspot import HubSpot
from backend.crm.salesforce import Salesforce
from backend.crm_port import Crm, CrmApp

EDGES: dict[str, Callable[[CrmApp], Crm]] = {
    "dynamics": Dynamics,
    "hubspot": HubSpot,
    "salesforce": Salesforce,
}


def edges(apps: Mapping[str, CrmApp]) -> dict[str, Crm]:
    """The CRMs that we have an app at, by name."""
    return {name: EDGES[name](app) for name, app in apps.items() if name in EDGES}
