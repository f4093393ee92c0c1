"""Which record of which CRM a row is: by its reference, its address or its id."""

import re
from typing import NamedTuple

from backend import crm_refs
from backend.crm_pages.records import CrmRecord, Records
from backend.crm_port import CRMS

LONGEST = 200
"""Characters of a reference, whole."""


class BadReference(ValueError):
    """Not a reference to a person; the message says how to write one."""


class Reference(NamedTuple):
    """``crm`` such as salesforce; ``ref`` as it is kept: ``salesforce:contact:003…``."""

    crm: str
    ref: str


_WHOLE = re.compile(r"(?P<crm>[a-z][a-z0-9_-]{0,39}):(?P<type>contact|lead):(?P<id>[^\s:]{1,100})")
_HOW = "Write it as salesforce:contact:003…, or give the record’s address instead."


def of_text(records: Records, written: str) -> Reference:
    """The reference that a cell holds: whole, an address, or a bare Salesforce id. Raises
    :class:`BadReference`."""
    if "://" in written:
        found = of_address(records, written)
        if found is None:
            raise BadReference(f"No person’s record is at this address. {_HOW}")
        return found
    for bare in map(_person, records.typed(written)):
        if bare is not None and crm_refs.person_in(*bare) is not None:
            return bare
    whole = _WHOLE.fullmatch(written)
    if whole is None:
        raise BadReference(f"This names no record of a CRM. {_HOW}")
    crm, id = whole["crm"], records.id_of(whole["crm"], whole["id"])
    made = Reference(crm, f"{crm}:{whole['type']}:{id}")
    if crm in CRMS and crm_refs.person_in(*made) is None:
        raise BadReference(f"This is no id of a record in {CRMS[crm]}. {_HOW}")
    return made


def of_address(records: Records, url: str) -> Reference | None:
    """The person that the address of a CRM's page names; None for other addresses."""
    found = records.at(url)
    return _person(found) if found is not None else None


def of_hubspot(written: str) -> Reference:
    """The contact with this record id, as HubSpot exports it; raises :class:`BadReference`."""
    made = Reference("hubspot", f"hubspot:contact:{written}")
    if crm_refs.person_in(*made) is None:
        raise BadReference("A HubSpot record ID is a number, without blanks or points.")
    return made


def _person(record: CrmRecord) -> Reference | None:
    ref = f"{record.crm}:{record.type}:{record.id}"
    is_person = record.type in ("contact", "lead")
    return Reference(record.crm, ref) if is_person and len(ref) <= LONGEST else None
