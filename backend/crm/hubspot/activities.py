"""Activities as HubSpot's communications and notes, each there once.

Where our key has its property (unique), it keeps a second one from being made, and it is what an
activity is looked for by: HubSpot reads by it at once, while its search lags behind. Without the
property an activity that may be there is looked for among the person's own, see :mod:`.finding`.

One call for each: a batch is carried out whole or not at all, and an upsert links nothing.
"""

from collections.abc import Sequence
from html import escape

from backend.crm.hubspot import records
from backend.crm.hubspot.calls import Said, call, record
from backend.crm.hubspot.finding import Held, by_id, by_key, by_time
from backend.crm.hubspot.kinds import KINDS, Kind, external_id, split
from backend.crm.meaning import without
from backend.crm_port import Access, Entry, Failed, Fields, Logged, Misconfigured, Outcome, Refused

AT_ONCE = 10
BODY = 60_000
"""HubSpot takes 65,536 of a kind of character in which some of ours are two."""
MAY_GO = {"hubspot_owner_id": "its owner"}
"""Properties without which an activity is still what happened, as they are called in a note."""
DEAL = "the opportunity"
LOCKED = 423
TAKEN = "CONFLICTING_UNIQUE_VALUE"


def log(access: Access, fields: Fields, entries: Sequence[Entry]) -> list[Outcome]:
    return [_one(access, fields, each) for each in entries]


def remove(access: Access, external_id: str) -> None:
    object, id = split(external_id)
    try:
        call(access, "objects.basic_api.archive", object, id)
    except Said as said:
        if said.status != 404:
            raise


def _one(access: Access, fields: Fields, entry: Entry) -> Outcome:
    if entry.who_type != "contact":
        return Refused("HubSpot's leads have no activities of their own: link a contact instead.")
    kind, what, left_out = KINDS[entry.kind], entry.what_id, []
    properties = _properties(fields, kind, entry)
    while True:
        try:
            id = _put(access, fields, kind, entry, properties, what)
            break
        except Said as said:
            if _lacks_key(said, fields.key):
                raise Misconfigured(
                    f"HubSpot lacks the property {fields.key}, or its values are not unique any"
                    " more. Restore it there; a deleted one is made anew within a day."
                ) from None
            rejected = [name for name in said.properties if name in MAY_GO and name in properties]
            if rejected:
                left_out += [MAY_GO[name] for name in dict.fromkeys(rejected)]
                properties = {k: v for k, v in properties.items() if k not in rejected}
                continue
            # What is wrong with an association is said in words only: both ends are looked at.
            if not records.canonical(access, "contacts", entry.who_id):
                return Refused("The person's record is deleted in HubSpot.")
            if not what or records.canonical(access, "deals", what):
                return _said_no(said)
            what, left_out = "", [*left_out, DEAL]
    url = f"{records.page(access, records.CONTACT, entry.who_id)}?engagement={id}"
    return Logged(external_id(kind, id), url, without(left_out))


def _put(
    access: Access,
    fields: Fields,
    kind: Kind,
    entry: Entry,
    properties: dict[str, str],
    what: str,
) -> str:
    """Have it there with this person and this deal alone -> its id."""
    held = None
    if entry.external_id:
        held = by_id(access, kind, split(entry.external_id)[1])
    if held is None and (entry.tried or entry.external_id):
        held = (
            by_key(access, kind, fields.key, entry.key)
            if fields.key
            else by_time(access, kind, entry, properties[kind.body])
        )
    if held is None:
        try:
            return _create(access, kind, entry.who_id, properties, what)
        except Said as said:
            held = by_key(access, kind, fields.key, entry.key) if TAKEN in said.codes else None
            if held is None:
                raise
    _update(access, kind, held, entry.who_id, properties, what)
    return held.id


def _create(access: Access, kind: Kind, who: str, properties: dict[str, str], what: str) -> str:
    links = [(who, kind.contact), *([(what, kind.deal)] if what else [])]
    sent = {
        "properties": properties,
        "associations": [
            {
                "to": {"id": id},
                "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type}],
            }
            for id, type in links
        ],
    }
    return str(record(access, "objects.basic_api.create", kind.object, sent).id)


def _update(
    access: Access, kind: Kind, held: Held, who: str, properties: dict[str, str], what: str
) -> None:
    sent = {"properties": properties}
    record(access, "objects.basic_api.update", kind.object, held.id, sent)
    _link_alone(access, kind, held.id, "contacts", held.contacts, who)
    _link_alone(access, kind, held.id, "deals", held.deals, what)


def _link_alone(
    access: Access, kind: Kind, id: str, to: str, linked: frozenset[str], wanted: str
) -> None:
    """Have the activity belong to the one that is wanted, and to no other of its object."""
    if linked == ({wanted} if wanted else set()):
        return
    # One that was merged is linked under the id that it has now.
    now = records.canonical(access, to, wanted) if wanted else ""
    if wanted and not now:
        raise Said(404, {"message": f"There is no such record among {to}."})
    if now and now not in linked:
        call(access, "associations.v4.basic_api.create_default", kind.object, id, to, now)
    for other in linked - {now}:
        call(access, "associations.v4.basic_api.archive", kind.object, id, to, other)


def _properties(fields: Fields, kind: Kind, entry: Entry) -> dict[str, str]:
    # A communication has neither a subject nor a direction: its first line says what it is.
    words = (
        f"{entry.subject.partition(':')[0]}\n{entry.body}"
        if entry.kind == "message"
        else entry.body
    )
    given = {**kind.fixed, kind.body: _html(words), "hs_timestamp": str(entry.at)}
    if entry.owner_id:
        given["hubspot_owner_id"] = entry.owner_id
    if fields.key:
        given[fields.key] = entry.key
    return given


def _html(words: str) -> str:
    """Bodies are HTML: a text is shown as it was written, and nothing in it is markup."""
    shown, room = [], BODY
    for each in words:
        piece = "<br>" if each == "\n" else escape(each, quote=False)
        room -= len(piece)
        if room < 0:
            break
        shown.append(piece)
    return "".join(shown)


def _lacks_key(said: Said, key: str) -> bool:
    about_key = key in said.properties or f"property {key} " in said.message
    return bool(key) and said.status == 400 and about_key and TAKEN not in said.codes


def _said_no(said: Said) -> Outcome:
    if said.status in (LOCKED, 409):
        return Failed(f"HubSpot: {said.shown}")
    return Refused(f"HubSpot refused it: {said.shown}")
