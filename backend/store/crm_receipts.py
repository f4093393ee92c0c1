"""Receipts as the wire has them: whether an activity is in the CRM."""

from collections.abc import Sequence

import msgspec

from backend.crm_port import CRMS, Opportunity
from backend.store.crm_people import NONE
from backend.store.rows import all_rows, places
from shared import wire

_STATES: dict[str, wire.ReceiptState] = {
    "unlinked": "unlinked",
    "held": "waiting",
    "waiting": "waiting",
    "logged": "logged",
    "failed": "failed",
}
AT_ONCE = 500
"""Asked for in one query: SQLite takes 32,766 values at most, and an export has them all."""
_SELECT = (
    "SELECT {key}, crm_log.crm, crm_log.state, crm_log.tried OR crm_log.cause <> '',"
    " crm_log.cause, crm_log.url, crm_log.opportunity, coalesce(crm_person.chosen, ''),"
    " coalesce(crm_person.opportunities, '[]') FROM activity"
    " JOIN crm_log ON crm_log.activity_id = activity.id"
    " LEFT JOIN crm_person ON crm_person.person_id = crm_log.person_id"
    " WHERE {key} IN ({marks}) AND +activity.team_id = ?"
)


def of_messages(team: int, messages: Sequence[int]) -> dict[int, wire.Receipt]:
    """By message; none where nothing is to be logged."""
    return _of("activity.message_id", team, messages)


def of_activities(team: int, activities: Sequence[int]) -> dict[int, wire.Receipt]:
    """By activity."""
    return _of("activity.id", team, activities)


def _of(key: str, team: int, wanted: Sequence[int]) -> dict[int, wire.Receipt]:
    found: dict[int, wire.Receipt] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = all_rows(_SELECT.format(key=key, marks=places(some)), (*some, team))
        found |= {row[0]: _receipt(row) for row in rows if row[2] in _STATES}
    return found


def _receipt(row: tuple) -> wire.Receipt:
    _, crm, state, held_up, cause, url, filed, chosen, written = row
    shown = _STATES[state]
    if state == "waiting" and held_up:
        shown = "retrying"
    open_ones = (
        () if written == "[]" else msgspec.json.decode(written, type=tuple[Opportunity, ...])
    )
    # One that a rep chose and that is closed by now is no answer any more.
    answered = chosen == NONE or any(each.id == chosen for each in open_ones)
    asks = state == "logged" and not filed and not answered and len(open_ones) > 1
    return wire.Receipt(
        crm=CRMS.get(crm, crm),
        state=shown,
        text=cause,
        url=url,
        opportunity=next((each.name for each in open_ones if each.id == filed), ""),
        opportunities=[
            wire.OpportunityChoice(id=each.id, name=each.name) for each in open_ones if asks
        ],
    )
