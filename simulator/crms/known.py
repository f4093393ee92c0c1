"""The CRMs that there are stand-ins for, by name."""

from collections.abc import Callable

from simulator.crms.crm import Dialect
from simulator.crms.dynamics.dialect import Dynamics
from simulator.crms.hubspot.dialect import HubSpot
from simulator.crms.salesforce.dialect import Salesforce

CRMS: dict[str, Callable[[], Dialect]] = {
    "dynamics": Dynamics,
    "hubspot": HubSpot,
    "salesforce": Salesforce,
}
