"""All that is known of a person, for the person: as one struct, or as a zip with their media."""

import zipfile
from collections.abc import Callable
from typing import BinaryIO

import msgspec
from msgspec import Struct

from backend.messaging.events import explained
from backend.privacy.erasure import NoSuchPerson
from backend.store import (
    activities,
    audit,
    consent,
    crm_people,
    erasing,
    messages,
    people,
    person_numbers,
)
from backend.store.audit import Actor
from backend.store.consent import Event
from backend.store.rows import now
from backend.store.writer import Writer
from shared import wire

MOST = 100_000


class Consent(Struct, kw_only=True):
    """An opt-out or restriction that began or ended; ``at`` in ms since 1970 UTC."""

    kind: str
    restriction: str
    cause: str
    note: str
    at: wire.Time
    who: str


class InCrm(Struct, kw_only=True):
    """What the CRM's record of the person last said, beside what is in ``person``; ``read_at`` in
    ms since 1970 UTC. ``opportunities`` are the names of the open ones."""

    read_at: wire.Time
    owner_email: str
    do_not_text: bool | None
    opportunities: list[str]


class Export(Struct, kw_only=True):
    """Everything that the team holds of a person. ``crm`` is None where no CRM was asked."""

    exported_at: wire.Time
    person: wire.Person
    email: str
    crm: InCrm | None
    messages: list[wire.Message]
    activities: list[wire.Activity]
    consent: list[Consent]


def export(writer: Writer, actor: Actor, person: int) -> Export:
    """Raises :class:`NoSuchPerson`. That it was asked for is in the audit log."""
    team = actor.team
    known = people.get(team, person)
    if known is None:
        raise NoSuchPerson
    found = [messages.get(team, each) for each in erasing.texts_of(team, person)]
    events = [
        event
        for mobile in person_numbers.ever_of(team, person)
        for event in consent.history(team, mobile, limit=MOST)
    ]
    writer(lambda tx: audit.add(tx, actor, "person.exported", f"person {person}"))
    return Export(
        exported_at=now(),
        person=known,
        email=people.email_of(team, person),
        crm=_in_crm(team, person),
        messages=[explained(each) for each in found if each],
        activities=activities.page(team, person, before=None, limit=MOST),
        consent=[_consent(each) for each in sorted(events, key=lambda each: -each.id)],
    )


def archive(exported: Export, read: Callable[[int], bytes | None], out: BinaryIO) -> None:
    """A zip of ``export.json`` and the media. ``read(media)`` gives the bytes of a media, or None
    where they are not kept."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("export.json", msgspec.json.format(msgspec.json.encode(exported)))
        for message in exported.messages:
            for media in message.media:
                data = read(media.id)
                if data is not None:
                    packed.writestr(f"media/{media.id}", data)


def _in_crm(team: int, person: int) -> InCrm | None:
    read = crm_people.get(team, person)
    if not read.read_at:
        return None
    return InCrm(
        read_at=read.read_at,
        owner_email=read.owner_email,
        do_not_text=read.do_not_text,
        opportunities=[each.name for each in read.opportunities],
    )


def _consent(event: Event) -> Consent:
    return Consent(
        kind=event.kind,
        restriction=event.restriction,
        cause=event.cause,
        note=event.note,
        at=event.at,
        who=event.who,
    )
