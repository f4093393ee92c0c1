"""Erasing a person: gone here and emptied at the carrier; an opt-out stays, under a hash."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.compliance.erasing import forget
from backend.importing import keeping
from backend.messaging import events
from backend.store import audit, erasing, people, person_numbers, upkeep
from backend.store.audit import Actor
from backend.store.writer import Transaction, Writer

AT_THE_END = 200
"""Texts that go in the same transaction as the person: to most people there are fewer."""


class NoSuchPerson(LookupError):
    """The team has no such person."""


class OnItsWay(Exception):
    """A text to them is with the carrier right now: try again in a minute."""


@dataclass(frozen=True)
class Erased:
    """How many texts went. ``files`` are the sha256 of media that went last and may have to go from
    the disk."""

    texts: int
    files: list[str]


def erase(
    writer: Writer, remove_files: Callable[[int, list[str]], None], actor: Actor, person: int
) -> Erased:
    """Erase a person of the actor's team; raises :class:`NoSuchPerson` or :class:`OnItsWay`.

    ``remove_files(team, contents)`` removes files that nobody needs any more.
    """
    count = 0
    # Of whoever has very many texts the oldest go first, in parts: nobody waits long for the
    # writer, and what a crash leaves undone is done when it is asked for again.
    while oldest := writer(lambda tx: _oldest(tx, actor.team, person)):
        remove_files(actor.team, oldest.files)
        count += oldest.texts
    _forget_reports(writer, actor.team, person)
    erased = writer(lambda tx: _erase(tx, actor, person, count))
    remove_files(actor.team, erased.files)
    upkeep.empty_log()
    return erased


def _check(team: int, person: int) -> None:
    if people.get(team, person) is None:
        raise NoSuchPerson
    if erasing.on_its_way(team, person):
        raise OnItsWay


def _forget_reports(writer: Writer, team: int, person: int) -> None:
    known = people.get(team, person)
    if known is not None:
        mobiles = person_numbers.ever_of(team, person)
        keeping.forget_rows(writer, team, mobiles, (known.name, known.crm_ref))


def _oldest(tx: Transaction, team: int, person: int) -> Erased | None:
    """Drop the oldest texts; None when so few are left that they can go with the person."""
    _check(team, person)
    texts = erasing.texts_of(team, person)
    if len(texts) <= AT_THE_END:
        return None
    # Their texts tell of mobiles that nothing else does.
    person_numbers.keep_former(tx, team, person, person_numbers.ever_of(team, person))
    going = texts[: erasing.AT_ONCE]
    return Erased(len(going), erasing.drop_texts(tx, team, going))


def _erase(tx: Transaction, actor: Actor, person: int, before: int) -> Erased:
    """Erase whom ``before`` texts have gone of already."""
    team = actor.team
    _check(team, person)
    mobiles = person_numbers.ever_of(team, person)
    known = people.get(team, person)
    assert known is not None
    keeping.forget(tx, team, [*mobiles, known.crm_ref])
    texts = erasing.texts_of(team, person)
    files = erasing.drop_texts(tx, team, texts)
    conversations = erasing.drop_person(tx, team, person)
    erasing.drop_feeds(tx, team)
    for mobile in mobiles:
        if forget(tx, team, mobile):
            erasing.drop_mobile(tx, team, mobile)
    # Who it was is not written down again: that is the point.
    count = before + len(texts)
    audit.add(tx, actor, "person.erased", f"person {person}", before={"texts": count})
    events.person_erased(tx, team, person, conversations)
    return Erased(count, files)
