"""Erasing a person: gone here and emptied at the carrier; an opt-out stays, under a hash."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.compliance.erasing import forget
from backend.messaging import events
from backend.store import audit, erasing, people
from backend.store.audit import Actor
from backend.store.writer import Transaction, Writer


class NoSuchPerson(LookupError):
    """The team has no such person."""


class OnItsWay(Exception):
    """A text to them is with the carrier right now: try again in a minute."""


@dataclass(frozen=True)
class Erased:
    """How much went. ``files`` are the sha256 of media that may have to go from the disk."""

    texts: int
    files: list[str]


def erase(
    writer: Writer, remove_files: Callable[[int, list[str]], None], actor: Actor, person: int
) -> Erased:
    """Erase a person of the actor's team; raises :class:`NoSuchPerson` or :class:`OnItsWay`.

    ``remove_files(team, contents)`` removes files that nobody needs any more.
    """
    erased = writer(lambda tx: _erase(tx, actor, person))
    remove_files(actor.team, erased.files)
    return erased


def _erase(tx: Transaction, actor: Actor, person: int) -> Erased:
    team = actor.team
    known = people.get(team, person)
    if known is None:
        raise NoSuchPerson
    if erasing.on_its_way(team, person):
        raise OnItsWay
    texts = erasing.texts_of(team, person)
    files = erasing.drop_texts(tx, team, texts)
    conversations = erasing.drop_person(tx, team, person, known.mobile)
    erasing.drop_feeds(tx, team)
    for mobile in {known.mobile, *(each.e164 for each in known.numbers)}:
        forget(tx, team, mobile)
    # Who it was is not written down again: that is the point.
    audit.add(tx, actor, "person.erased", f"person {person}", before={"texts": len(texts)})
    events.person_erased(tx, team, person, conversations)
    return Erased(len(texts), files)
