"""Activities as Dynamics 365's phone calls and notes, each there once.

A text is a phone call, as ADR 11 says why. Its id is our key, so it can be made but once, in every
org and without any column of ours. It is made open, as every activity is, and then completed; one
that is completed is read-only, so it is opened again for what has changed since.
"""

from collections.abc import Sequence
from typing import Any

from backend.crm.dynamics import kinds
from backend.crm.dynamics.calls import Said, call
from backend.crm.dynamics.kinds import NOTES, OWNER, PHONE_CALLS
from backend.crm.dynamics.records import page
from backend.crm.meaning import without
from backend.crm_port import Access, Entry, Fields, Logged, Outcome, Refused

AT_ONCE = 10
MAY_GO = {"category": "its category", OWNER: "its owner"}
"""Columns without which an activity is still what happened, as they are called in a note."""
THERE = 412
_PAGES = {PHONE_CALLS: "phonecall", NOTES: "annotation"}


def log(access: Access, fields: Fields, entries: Sequence[Entry]) -> list[Outcome]:
    return [_one(access, fields, each) for each in entries]


def remove(access: Access, external_id: str) -> None:
    set, id = kinds.split(external_id)
    try:
        call(access, f"{set}({id})", "DELETE")
    except Said as said:
        if said.status != 404:
            raise


def _one(access: Access, fields: Fields, entry: Entry) -> Outcome:
    set = NOTES if entry.kind == "note" else PHONE_CALLS
    id = kinds.split(entry.external_id)[1] or entry.key
    row = kinds.note(entry) if set == NOTES else kinds.phone_call(fields, entry)
    left_out: list[str] = []
    while True:
        try:
            _put(access, set, id, row, there=bool(entry.external_id))
            break
        except Said as said:
            if said.misses(entry.who_id):
                outcome: Outcome = Refused("The person's record is deleted in Dynamics 365.")
            elif said.misses(entry.what_id):
                row = _without_opportunity(row, entry)
                left_out.append("the opportunity")
                continue
            elif names := _rejected(said, row, entry):
                row = kinds.without(row, names)
                left_out += [MAY_GO[name] for name in MAY_GO if name in names]
                continue
            else:
                outcome = Refused(f"Dynamics 365 refused it: {said.shown}")
            if set == PHONE_CALLS:
                _close(access, id, entry)
            return outcome
    if set == PHONE_CALLS:
        _close(access, id, entry)
    return Logged(kinds.external_id(set, id), page(access, _PAGES[set], id), without(left_out))


def _put(access: Access, set: str, id: str, row: dict[str, Any], *, there: bool) -> None:
    """Have the row there with these columns, open."""
    if not there:
        try:
            _patch(access, set, id, row, new=True)
            return
        except Said as said:
            if said.status != THERE:
                raise
    try:
        if set == PHONE_CALLS:
            _patch(access, set, id, kinds.OPEN)
        _patch(access, set, id, row)
    except Said as said:
        if not said.misses(id):
            raise
        # Somebody has deleted it there.
        _patch(access, set, id, row, new=True)


def _close(access: Access, id: str, entry: Entry) -> None:
    """Complete it; of one that could not be made there is nothing to complete."""
    try:
        _patch(access, PHONE_CALLS, id, kinds.RECEIVED if entry.inbound else kinds.MADE)
    except Said as said:
        if said.status != 404:
            raise


def _patch(access: Access, set: str, id: str, row: dict[str, Any], *, new: bool = False) -> None:
    """Make the row, or change the one that is there: never the one for the other."""
    only = {"If-None-Match": "*"} if new else {"If-Match": "*"}
    call(access, f"{set}({id})", "PATCH", only, json=row)


def _without_opportunity(row: dict[str, Any], entry: Entry) -> dict[str, Any]:
    left = {name: value for name, value in row.items() if "opportunity" not in name}
    return left | kinds.regarding(entry.who_type, f"/{entry.who_type}s({entry.who_id})")


def _rejected(said: Said, row: dict[str, Any], entry: Entry) -> set[str]:
    found = {name for name in MAY_GO if f"'{name}'" in said.message}
    if said.misses(entry.owner_id):
        found.add(OWNER)
    return {name for name in found if name in row}
