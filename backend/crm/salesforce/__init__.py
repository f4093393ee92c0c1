"""Salesforce: Contacts, Leads and Tasks."""

from backend.crm.salesforce import activities, choices, records
from backend.crm.salesforce.sign_in import SalesforceSignIn


class Salesforce(SalesforceSignIn):
    """As :class:`backend.crm_port.Crm` says."""

    name = "salesforce"
    at_once = activities.AT_ONCE
    prepare = staticmethod(choices.prepare)
    users = staticmethod(records.users)
    read = staticmethod(records.read)
    log = staticmethod(activities.log)
    remove = staticmethod(activities.remove)
    set_do_not_text = staticmethod(records.set_do_not_text)
    do_not_text = staticmethod(records.do_not_text)
