"""What the CRM's own record says of a person: it wins over what a page shows."""

from dataclasses import dataclass

import structlog

from backend import crm_refs
from backend.compliance import ledger
from backend.connections.calling import Calling
from backend.crm_port import CrmError, Record
from backend.messaging.events import person_updated
from backend.numbers import lookups
from backend.phone import PhoneError, parse
from backend.store import (
    crm_connections,
    crm_logs,
    crm_people,
    opt_outs,
    people,
    person_numbers,
    restrictions,
)
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

FRESH_MS = 60_000
"""A record that was read so lately is not read again: each time costs one of the org's API calls.
"""
MOST_NUMBERS = 10
log = structlog.get_logger()


@dataclass(frozen=True)
class Reading:
    writer: Writer
    calling: Calling

    def __call__(self, team: int, person: int) -> None:
        """Read the person's record and keep what it says; nothing where it was read just now, or
        cannot be had: then what is known stands."""
        found = people.get(team, person)
        if found is None or now() - crm_people.get(team, person).read_at < FRESH_MS:
            return
        connection = crm_connections.get(team, crm_refs.crm_of(found.crm_ref))
        if connection is None or connection.state != "connected":
            return
        try:
            self.fetch(connection, person)
        except CrmError as error:
            log.info("crm.not_read", crm=connection.crm, team=team, cause=str(error))

    def fetch(self, connection: Connection, person: int) -> None:
        """Read the record now; raises :class:`CrmError`. Nothing for whoever is not in this CRM."""
        found = people.get(connection.team, person)
        who = crm_refs.person_in(connection.crm, found.crm_ref) if found else None
        if who is None:
            return
        record = self.calling(
            connection, lambda crm, access: crm.read(access, connection.fields, *who)
        )
        self.writer(lambda tx: keep(tx, connection, person, record))


def keep(tx: Transaction, connection: Connection, person: int, record: Record | None) -> None:
    """The CRM's record of the person says this now; None says that it is deleted."""
    team, crm = connection.team, connection.crm
    held = people.get(team, person)
    if held is None:
        return
    read = crm_people.get(team, person)
    if record is None:
        crm_people.put(tx, team, person, read._replace(read_at=now(), gone=True))
        return
    mobile = _e164(record.mobile) or held.mobile
    changed = people.from_record(
        tx, team, person, record, f"{crm}:{record.type}:{record.id}", mobile
    )
    known = _numbers(record, mobile)
    if known:
        changed |= person_numbers.keep(tx, team, person, known)
    crm_people.put(
        *(tx, team, person),
        read._replace(
            read_at=now(),
            owner_email=record.owner_email,
            do_not_text=record.do_not_text,
            opportunities=record.opportunities,
            gone=False,
        ),
    )
    if mobile != held.mobile:
        lookups.want(tx, team, mobile)
    crm_logs.link(tx, team, person, crm)
    if record.do_not_text is not None:
        heed_flag(tx, connection, person, mobile, read.do_not_text, on=record.do_not_text)
    if changed:
        person_updated(tx, team, person)


def heed_flag(
    tx: Transaction,
    connection: Connection,
    person: int,
    mobile: str,
    before: bool | None,
    *,
    on: bool,
) -> bool:
    """The CRM's do-not-text of the person with this mobile is ``on``, and was known as ``before``:
    the gate goes by it from now. A flag that is not set ends only what a CRM has set, never what
    people did here, nor what is set for somebody who shares the mobile. False where nothing is new.
    """
    team = connection.team
    held = restrictions.get(team, mobile, "do_not_text")
    actor = Actor(team, None, connection.crm)
    if on and held is None and opt_outs.get(team, mobile) is None:
        if before and crm_logs.standing_waits(team, person):
            return False  # they have opted in, and the CRM has yet to hear of it
        return ledger.restrict(tx, actor, mobile, "do_not_text", "crm")
    if not on and held is not None and held.cause == "crm":
        if crm_people.flagged(team, mobile, besides=person):
            return False
        ledger.unrestrict(tx, actor, held, admin=True)
        return True
    return False


def _numbers(record: Record, mobile: str) -> list[tuple[str, str]]:
    """(E.164, label) of all that can be numbers, the mobile first; none where it is alone."""
    found = {mobile: "Mobile"} if record.mobile else {}
    for label, raw in record.numbers[:MOST_NUMBERS]:
        e164 = _e164(raw)
        if e164 and e164 not in found:
            found[e164] = " ".join(label.split())[:80]
    return [*found.items()] if set(found) - {mobile} else []


def _e164(raw: str) -> str:
    try:
        return parse(raw).e164 if raw else ""
    except PhoneError:
        return ""
