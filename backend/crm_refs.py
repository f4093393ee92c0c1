"""References to records of CRMs: ``salesforce:contact:003…``, the CRM, what it is, and its id."""

import re

from backend.crm_port import PersonType

_PERSON_TYPES: dict[str, PersonType] = {"contact": "contact", "lead": "lead"}
# Pages, files and programs give whatever they like. An id that is none would be refused together
# with all that is asked in the same call, or be a part of another address.
_IDS = {
    "salesforce": re.compile("[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?"),
    "hubspot": re.compile("[0-9]{1,20}"),
    "dynamics": re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}


def crm_of(ref: str) -> str:
    """The CRM that it is in; empty for no reference."""
    return ref.partition(":")[0]


def person_in(crm: str, ref: str) -> tuple[PersonType, str] | None:
    """The person's record in this CRM; None where the reference is to another CRM, to no person, or
    cannot be an id of this one."""
    named, _, rest = ref.partition(":")
    written, _, id = rest.partition(":")
    type, form = _PERSON_TYPES.get(written), _IDS.get(crm)
    if named != crm or type is None or form is None or not form.fullmatch(id):
        return None
    return type, id
