"""Which record of which CRM a row is: by its reference, its address or its id."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from backend import crm_refs
from backend.crm_port import CRMS

LONGEST = 200


class BadReference(ValueError):
    """Not a reference to a person; the message says how to write one."""


class Reference(NamedTuple):
    """``crm`` such as salesforce; ``ref`` as it is kept: ``salesforce:contact:003…``."""

    crm: str
    ref: str


class _Addresses(NamedTuple):
    """How a CRM writes the address of a person, in groups ``type`` and ``id`` of path and query. A
    host begins with a dot: subdomains alone, never a look-alike."""

    crm: str
    hosts: tuple[str, ...]
    record: re.Pattern[str]
    types: dict[str, str]


_SALESFORCE_ID = "[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?"
_CRMS = (
    _Addresses(
        "salesforce",
        (".lightning.force.com", ".my.salesforce.com"),
        re.compile(
            rf"/(?:lightning/r/(?P<type>\w+)/)?(?P<id>{_SALESFORCE_ID})(?:/view)?/?(?:\?|$)"
        ),
        {"contact": "contact", "lead": "lead"},
    ),
    _Addresses(
        "hubspot",
        (".hubspot.com",),
        re.compile(r"/contacts/\d+/(?:record/)?(?P<type>0-1|contact)/(?P<id>\d+)(?:/|\?|$)"),
        {"0-1": "contact", "contact": "contact"},
    ),
    _Addresses(
        "dynamics",
        (".dynamics.com",),
        re.compile(
            r"/main\.aspx\?(?=.*\b(?:etn|entityname)=(?P<type>\w+))"
            r"(?=.*\bid=(?:%7b|\{)?(?P<id>[0-9a-f-]{36}))",
            re.IGNORECASE,
        ),
        {"contact": "contact", "lead": "lead"},
    ),
)
_PREFIXES = {"003": "contact", "00Q": "lead"}
"""Of Salesforce ids, which tell what a record is."""
_WHOLE = re.compile(r"(?P<crm>[a-z][a-z0-9_-]{0,39}):(?P<type>contact|lead):(?P<id>[^\s:]{1,100})")
_HOW = "Write it as salesforce:contact:003…, or give the record’s address instead."


def of_text(written: str) -> Reference:
    """The reference that a cell holds: whole, an address, or a bare Salesforce id. Raises
    :class:`BadReference`."""
    if "://" in written:
        found = of_address(written)
        if found is None:
            raise BadReference(f"No person’s record is at this address. {_HOW}")
        return found
    if re.fullmatch(_SALESFORCE_ID, written) and written[:3] in _PREFIXES:
        return _made("salesforce", _PREFIXES[written[:3]], written)
    whole = _WHOLE.fullmatch(written)
    if whole is None:
        raise BadReference(f"This names no record of a CRM. {_HOW}")
    made = _made(whole["crm"], whole["type"], whole["id"])
    if made.crm in CRMS and crm_refs.person_in(made.crm, made.ref) is None:
        raise BadReference(f"This is no id of a record in {CRMS[made.crm]}. {_HOW}")
    return made


def of_address(url: str) -> Reference | None:
    """The person that the address of a CRM's page names; None for other addresses."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    for crm in _CRMS:
        if not host.endswith(crm.hosts):
            continue
        found = crm.record.match(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if found is None:
            return None
        named = (found["type"] or _PREFIXES.get(found["id"][:3], "")).casefold()
        kind = crm.types.get(named)
        return _made(crm.crm, kind, found["id"]) if kind else None
    return None


def of_hubspot(written: str) -> Reference:
    """The contact with this record id, as HubSpot exports it; raises :class:`BadReference`."""
    if not re.fullmatch(r"[0-9]{1,20}", written):
        raise BadReference("A HubSpot record ID is a number, without blanks or points.")
    return _made("hubspot", "contact", written)


def _made(crm: str, kind: str, record: str) -> Reference:
    if crm == "salesforce" and re.fullmatch("[a-zA-Z0-9]{15}", record):
        record = crm_refs.salesforce_id(record)
    elif crm == "dynamics":
        record = record.lower()
    return Reference(crm, f"{crm}:{kind}:{record}"[:LONGEST])
