"""Filing a text under another person with the same mobile, and the opportunity that it belongs to.

Nothing fans out: a text is one person's, and its activity in the CRM is theirs alone.
"""

from backend import crm_refs
from backend.crm_logs import entries, receipts, retrying
from backend.messaging import events
from backend.messaging.outbound import NotFound
from backend.store import (
    audit,
    conversations,
    crm_connections,
    crm_logs,
    crm_people,
    messages,
    people,
    refiling,
    settings,
)
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.crm_people import NONE
from backend.store.writer import Transaction, Writer
from backend.team.faults import Refused
from shared import wire


def file_under(writer: Writer, actor: Actor, user: int, message: int, person: int) -> wire.Message:
    """File the text under another person, and its activity in the CRM with it. Raises
    :class:`NotFound`, and :class:`Refused` for somebody with another mobile."""
    team = actor.team

    def work(tx: Transaction) -> wire.Message:
        held = _seen(team, user, message)
        former = conversations.get(team, held.conversation)
        found = people.get(team, person)
        if former is None or found is None:
            raise NotFound("There is no such person.")
        if found.id == former.conversation.person.id:
            return events.explained(held)
        if messages.mobile_of(team, message) not in (
            found.mobile,
            *(each.e164 for each in found.numbers),
        ):
            raise Refused(f"{found.name or 'This person'} does not have the number of this text.")
        if held.status in ("scheduled", "queued", "sending"):
            raise Refused("This text is still on its way. File it once it was sent.")
        number = former.conversation.number.id
        target = conversations.open_for(tx, team, number, person, "opened")
        _move_log(tx, team, message, found)
        refiling.move(tx, team, message, held.conversation, target, person)
        before, after = former.conversation.person, found
        audit.add(
            *(tx, actor, "message.filed", str(message)),
            before={"person": before.id, "crm_ref": before.crm_ref},
            after={"person": after.id, "crm_ref": after.crm_ref},
        )
        messages.bump(tx, team, message)
        events.message_moved(tx, team, message, held.conversation)
        return _as_it_is(team, message)

    return writer(work)


def others(team: int, user: int, conversation: int) -> list[wire.Person]:
    """Who shares the mobile of this conversation, besides its person; raises NotFound."""
    found = conversations.get_for(team, user, conversation)
    if found is None:
        raise NotFound
    person = found.conversation.person
    ids = [each for each in people.with_mobile(team, person.mobile) if each != person.id]
    return [each for id in ids[:50] if (each := people.get(team, id))]


def link(writer: Writer, actor: Actor, user: int, message: int, opportunity: str) -> wire.Message:
    """The text, the person's others that belong to none yet, and further ones belong to this
    opportunity; empty is none. Raises :class:`NotFound`, and :class:`Refused` for one that is not
    open."""
    team = actor.team

    def work(tx: Transaction) -> wire.Message:
        _seen(team, user, message)
        row = crm_logs.of_message(team, message)
        if row is None:
            raise NotFound("This text is not logged to a CRM.")
        read = crm_people.get(team, row.person)
        if opportunity and opportunity not in {each.id for each in read.opportunities}:
            raise Refused("This opportunity is not open any more: choose another.")
        crm_people.put(tx, team, row.person, read._replace(chosen=opportunity or NONE))
        undecided = crm_logs.undecided(team, row.person, row.crm)
        for each in {log.id: log for log in (row, *undecided)}.values():
            if each.opportunity != opportunity:
                crm_logs.again(tx, team, each.id)
            receipts.tell(tx, each)
        audit.add(tx, actor, "opportunity.chosen", str(row.person), after={"is": opportunity})
        return _as_it_is(team, message)

    return writer(work)


def retry(writer: Writer, actor: Actor, user: int, message: int) -> wire.Message:
    """Try anew to log the text; raises :class:`NotFound`."""
    team = actor.team

    def work(tx: Transaction) -> wire.Message:
        _seen(team, user, message)
        row = crm_logs.of_message(team, message)
        if row is not None:
            retrying.one(tx, actor, row.id)
        return _as_it_is(team, message)

    return writer(work)


def _seen(team: int, user: int, message: int) -> wire.Message:
    held = messages.get(team, message)
    if held is None or conversations.get_for(team, user, held.conversation) is None:
        raise NotFound("There is no such text.")
    return held


def _as_it_is(team: int, message: int) -> wire.Message:
    found = messages.get(team, message)
    assert found is not None, "it was seen in this transaction"
    return events.explained(found)


def _move_log(tx: Transaction, team: int, message: int, person: wire.Person) -> None:
    row = crm_logs.of_message(team, message)
    if row is None:
        return
    connection = crm_connections.get(team, row.crm)
    stays = crm_refs.person_in(row.crm, person.crm_ref) is not None
    of_a_day = connection is not None and row.key and _leave_day(tx, connection, row)
    if not of_a_day and row.external_id and not stays:
        refiling.forget_place(tx, row, stale_id=row.external_id)
    refiling.move_log(tx, team, row.id, person.id, linked=stays)
    if not stays:
        crm_logs.link(tx, team, person.id, crm_refs.crm_of(person.crm_ref))


def _leave_day(tx: Transaction, connection: Connection, row: Log) -> bool:
    """The day's activity was of the former person: it is written anew without this text, or goes
    where there is nothing else in it. False for a text that is there by itself."""
    (told,) = (each for _, each in entries.all_of(row.team, [row]))
    if not entries.in_a_day(connection, row, told):
        return False
    since, until = entries.day_of(told.at, settings.of_team(row.team).time_zone)
    day = entries.all_of(row.team, crm_logs.of_day(row.team, row.person, row.crm, since, until))
    rest = [
        each for each, told in day if each.id != row.id and entries.in_a_day(connection, each, told)
    ]
    for each in rest[:1]:
        crm_logs.again(tx, row.team, each.id)
    if rest or row.external_id:
        refiling.forget_place(tx, row, stale_id="" if rest else row.external_id)
    return True
