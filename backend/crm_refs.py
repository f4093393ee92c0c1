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
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def crm_of(ref: str) -> str:
    """The CRM that it is in; empty for no reference."""
    return ref.partition(":")[0]


def person_in(crm: str, ref: str) -> tuple[PersonType, str] | None:
    """The person's record in this CRM, by its canonical id; None where the reference is to another
    CRM, to no person, or cannot be an id of this one."""
    named, _, rest = ref.partition(":")
    written, _, id = rest.partition(":")
    type, form = _PERSON_TYPES.get(written), _IDS.get(crm)
    if named != crm or type is None or form is None or not form.fullmatch(id):
        return None
    if crm == "salesforce":
        id = salesforce_id(id)
    return (type, id) if id else None


def salesforce_id(written: str) -> str:
    """Salesforce's id in 18 characters; empty where the last three do not go with the others.

    In an id of 15 capitals matter. The last three of 18 say which they are, five bits each, so that
    it survives whatever takes no notice of them (Salesforce Help, "Convert 15 Character IDs to 18
    Character IDs").
    """
    own, said = written[:15], written[15:].upper()
    if said:
        capitals = [_CHECK.find(each) >> n & 1 for each in said for n in range(5)]
        own = "".join(c.upper() if up else c.lower() for c, up in zip(own, capitals, strict=True))
    fives = (own[at : at + 5] for at in (0, 5, 10))
    check = "".join(_CHECK[sum(c.isupper() << n for n, c in enumerate(five))] for five in fives)
    return own + check if said in ("", check) else ""
