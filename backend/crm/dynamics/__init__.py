"""Dynamics 365: contacts, leads, phone calls that are texts, and notes."""

from backend.crm.dynamics import activities, choices, records
from backend.crm.dynamics.sign_in import DynamicsSignIn


class Dynamics(DynamicsSignIn):
    """As :class:`backend.crm_port.Crm` says."""

    name = "dynamics"
    at_once = activities.AT_ONCE
    prepare = staticmethod(choices.prepare)
    users = staticmethod(records.users)
    read = staticmethod(records.read)
    log = staticmethod(activities.log)
    remove = staticmethod(activities.remove)
    set_do_not_text = staticmethod(records.set_do_not_text)
    do_not_text = staticmethod(records.do_not_text)
