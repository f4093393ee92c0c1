"""HubSpot: contacts, communications and notes."""

from backend.crm.hubspot import activities, choices, records
from backend.crm.hubspot.sign_in import HubSpotSignIn


class HubSpot(HubSpotSignIn):
    """As :class:`backend.crm_port.Crm` says."""

    name = "hubspot"
    at_once = activities.AT_ONCE
    prepare = staticmethod(choices.prepare)
    users = staticmethod(records.users)
    read = staticmethod(records.read)
    log = staticmethod(activities.log)
    remove = staticmethod(activities.remove)
    set_do_not_text = staticmethod(records.set_do_not_text)
    do_not_text = staticmethod(records.do_not_text)
