"""What becomes of a text and of a note in Dynamics 365, column by column."""

from datetime import UTC, datetime
from typing import Any

from backend.crm_port import Entry, Fields

PHONE_CALLS, NOTES = "phonecalls", "annotations"
SUBJECT, DESCRIPTION = 200, 2000
"""Longest subject and description of a phone call."""
NOTE_SUBJECT, NOTE_TEXT = 500, 100_000
FROM, TO = 1, 2
"""Parts of a party, its participationtypemask."""
MADE, RECEIVED = {"statecode": 1, "statuscode": 2}, {"statecode": 1, "statuscode": 4}
OPEN = {"statecode": 0, "statuscode": 1}
OWNER, PARTIES = "ownerid@odata.bind", "phonecall_activity_parties"


def phone_call(fields: Fields, entry: Entry) -> dict[str, Any]:
    """A text: from whom and to whom, about the opportunity or else the person."""
    who = f"/{entry.who_type}s({entry.who_id})"
    them = {f"partyid_{entry.who_type}@odata.bind": who}
    parties = [{**them, "participationtypemask": FROM if entry.inbound else TO}]
    call: dict[str, Any] = {
        "subject": entry.subject[:SUBJECT],
        "description": entry.body[:DESCRIPTION],
        "phonenumber": entry.number,
        "directioncode": not entry.inbound,
        "actualend": datetime.fromtimestamp(entry.at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if entry.what_id and entry.who_type == "contact":
        call |= regarding("opportunity", f"/opportunities({entry.what_id})")
    else:
        call |= regarding(entry.who_type, who)
    if entry.owner_id:
        us = f"/systemusers({entry.owner_id})"
        call[OWNER] = us
        part = TO if entry.inbound else FROM
        parties.append({"partyid_systemuser@odata.bind": us, "participationtypemask": part})
    if fields.type:
        call["category"] = fields.type
    return {**call, PARTIES: parties}


def note(entry: Entry) -> dict[str, Any]:
    """A note of the person's; it has no parties and is never closed."""
    kept = {
        "subject": entry.subject[:NOTE_SUBJECT],
        "notetext": entry.body[:NOTE_TEXT],
        f"objectid_{entry.who_type}@odata.bind": f"/{entry.who_type}s({entry.who_id})",
    }
    return kept | ({OWNER: f"/systemusers({entry.owner_id})"} if entry.owner_id else {})


def regarding(table: str, row: str) -> dict[str, str]:
    return {f"regardingobjectid_{table}_phonecall@odata.bind": row}


def without(row: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """A row that lacks what the org rejects. Who does not own a text is none of its parties."""
    left = {name: value for name, value in row.items() if name not in names}
    if OWNER in names and PARTIES in left:
        left[PARTIES] = [
            each for each in left[PARTIES] if "partyid_systemuser@odata.bind" not in each
        ]
    return left


def external_id(set: str, id: str) -> str:
    """Most activities are texts."""
    return id if set == PHONE_CALLS else f"{set}/{id}"


def split(external_id: str) -> tuple[str, str]:
    """The table's set and the row's id."""
    set, _, id = external_id.rpartition("/")
    return set or PHONE_CALLS, id
