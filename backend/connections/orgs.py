"""Whether a page belongs to the org that the team has connected: a sandbox is no place for what
happens to customers, and its records have the same ids."""

from urllib.parse import urlsplit

from msgspec.structs import replace

from backend import crm_refs
from backend.store import crm_connections
from backend.store.crm_connections import Connection
from shared.wire import PersonOnPage

_SALESFORCE = (".lightning.force.com", ".my.salesforce.com")
"""One org's pages and its API differ in these: the My Domain is before them, a sandbox's too."""


def checked(team: int, page: PersonOnPage) -> tuple[PersonOnPage, bool]:
    """The page, without its reference where that is one of another org than the connected one, and
    whether the CRM can be asked about the person."""
    connection = crm_connections.get(team, crm_refs.crm_of(page.crm_ref))
    if connection is None or connection.state == "off":
        return page, False
    if not is_of(connection, page.crm_org):
        return replace(page, crm_ref=""), False
    return page, connection.state == "connected"


def is_of(connection: Connection, org: str) -> bool:
    """Whether ``org``, as a page tells it, is the connected one: the account's number in HubSpot,
    else the host. What cannot be told apart is."""
    if connection.crm == "hubspot":
        return not org.isdecimal() or org == connection.org
    ours = _name(connection.crm, urlsplit(connection.base_url).hostname or "")
    theirs = _name(connection.crm, org.lower())
    return not ours or not theirs or ours == theirs


def _name(crm: str, host: str) -> str:
    """What tells an org's hosts from another's; empty where nothing does."""
    if crm != "salesforce":
        return host
    return next((host.removesuffix(each) for each in _SALESFORCE if host.endswith(each)), "")
