"""Whether an activity is in HubSpot already. Never by its search, which lags behind what is made
without a limit that HubSpot would tell."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backend.crm.hubspot.calls import Said, call, following, record, results
from backend.crm.hubspot.kinds import Kind
from backend.crm.hubspot.records import batch
from backend.crm_port import Access, Entry

NEWEST = 300
"""Of a person's activities, how many are looked through for one that may be there."""
MOST_PAGES = 20


@dataclass(frozen=True)
class Held:
    """An activity that is there, and what it belongs to."""

    id: str
    contacts: frozenset[str]
    deals: frozenset[str]


def by_id(access: Access, kind: Kind, id: str) -> Held | None:
    return _held(access, kind, id)


def by_key(access: Access, kind: Kind, property: str, key: str) -> Held | None:
    """By the unique property."""
    return _held(access, kind, key, id_property=property)


def by_time(access: Access, kind: Kind, entry: Entry, body: str) -> Held | None:
    """Among the person's own, by moment and words: what to do where nothing keeps our key. Words
    that were added at the end since, such as why a text did not arrive, make no difference; the
    first line, which says what became of it, makes none either."""
    asked = [kind.body, "hs_timestamp"]
    ids = sorted(_of_person(access, kind, entry.who_id), key=_number)[-NEWEST:]
    for each in batch(access, kind.object, ids, asked):
        if _moment(each.properties.get("hs_timestamp")) == entry.at:
            one, other = _said(each.properties.get(kind.body) or ""), _said(body)
            if one.startswith(other) or other.startswith(one):
                return by_id(access, kind, each.id)
    return None


def _held(access: Access, kind: Kind, id: str, **by: str) -> Held | None:
    try:
        found = record(
            access,
            "objects.basic_api.get_by_id",
            kind.object,
            id,
            associations=["contacts", "deals"],
            **by,
        )
    except Said as said:
        if said.status == 404:
            return None
        raise
    return Held(found.id, _linked(found, "contacts"), _linked(found, "deals"))


def _linked(found: Any, to: str) -> frozenset[str]:
    linked = (found.associations or {}).get(to)
    return frozenset(each.id for each in results(linked)) if linked else frozenset()


def _of_person(access: Access, kind: Kind, contact: str) -> list[str]:
    ids, after = [], None
    for _ in range(MOST_PAGES):
        asked = {"limit": 500, **({"after": after} if after else {})}
        answer = call(
            access, "associations.v4.basic_api.get_page", "contacts", contact, kind.object, **asked
        )
        ids += [each.to_object_id for each in results(answer, "to_object_id")]
        after = following(answer)
        if not after:
            break
    return ids


def _number(id: str) -> int:
    return int(id) if id.isdecimal() else 0


def _moment(written: str | None) -> int | None:
    """Milliseconds of what HubSpot writes in ISO 8601."""
    try:
        at = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


def _said(body: str) -> str:
    return body.partition("<br>")[2] or body
