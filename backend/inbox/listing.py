"""What the pane lists: conversations, their messages, and the one that a CRM page asks for."""

from dataclasses import dataclass

from backend.compliance import erasing
from backend.connections import orgs
from backend.inbox import cursors
from backend.messaging.events import conversation_updated, explained, person_updated, shown
from backend.messaging.outbound import GateRefused, NotFound
from backend.numbers import choice, lookups
from backend.phone import PhoneError, parse
from backend.store import conversations, messages, people, person_numbers
from backend.store.writer import Transaction, Writer
from shared import wire

FIRST_PAGE = 50


@dataclass(frozen=True)
class Opened:
    conversation: wire.Conversation
    messages: list[wire.Message]
    more: bool


def page(
    team: int, user: int, *, search: str = "", before: str = "", limit: int = FIRST_PAGE
) -> tuple[list[wire.Conversation], str]:
    """The user's conversations, latest first, and the cursor of the next page or ``""``."""
    cursor = cursors.read(before)
    found = conversations.page(
        team, user, search=" ".join(search.split()), before=cursor, limit=limit + 1
    )
    held, following = cursors.cut(found, limit, lambda each: each.conversation.last_at)
    return [shown(each) for each in held], following


def texts(
    team: int, user: int, conversation: int, before: int | None, limit: int
) -> tuple[list[wire.Message], bool]:
    """A page of messages, oldest first, and whether there are older ones; raises NotFound."""
    if conversations.get_for(team, user, conversation) is None:
        raise NotFound
    found, more = messages.page(team, conversation, before, limit)
    return [explained(each) for each in found], more


def open_person(
    writer: Writer, team: int, user: int, page: wire.PersonOnPage, number: int | None = None
) -> Opened:
    """The conversation with the person on the CRM page, on the user's number ``number``; without
    one, on the number that they were texted from last, else on the user's first.

    Raises :class:`GateRefused` when the page's number is none, when the user has no number to text
    from, or when ``number`` is not theirs.
    """
    try:
        mobile = parse(page.mobile).e164
    except PhoneError as error:
        raise GateRefused(wire.Blocked(reason=error.reason, text=str(error))) from None
    choice.check(team, user, number)
    page, can_be_read = orgs.checked(team, page)
    known = choice.numbers_on(page, mobile)

    def work(tx: Transaction) -> int:
        person, changed = people.from_page(tx, team, page, mobile)
        erasing.recognise(tx, team, mobile)
        if known:
            changed |= person_numbers.keep(tx, team, person, known)
        if changed:
            person_updated(tx, team, person)
        lookups.want(tx, team, mobile)
        if can_be_read:
            tx.wake("read_record", team, person)
        ours = choice.number_for(team, user, person, number)
        return conversations.open_for(tx, team, ours, person, "opened")

    return open_conversation(team, user, writer(work))


def open_conversation(team: int, user: int, conversation: int) -> Opened:
    """A conversation with its latest messages; raises NotFound."""
    found = conversations.get_for(team, user, conversation)
    if found is None:
        raise NotFound
    held, more = texts(team, user, conversation, None, FIRST_PAGE)
    return Opened(shown(found), held, more)


def read(writer: Writer, team: int, user: int, conversation: int, upto: int) -> None:
    """Note what the user has seen; raises NotFound."""

    def work(tx: Transaction) -> None:
        if conversations.get_for(team, user, conversation) is None:
            raise NotFound
        if conversations.mark_read(tx, team, conversation, upto):
            conversation_updated(tx, team, conversation)

    writer(work)


def name(writer: Writer, team: int, user: int, person: int, given: str) -> wire.Person:
    """Name an unknown sender and tell everybody who sees them; raises NotFound."""
    given = " ".join(given.split())

    def work(tx: Transaction) -> wire.Person:
        seen = conversations.of_person_for(team, user, person)
        if not given or not seen or not people.rename(tx, team, person, given):
            raise NotFound
        person_updated(tx, team, person)
        named = people.get(team, person)
        assert named is not None
        return named

    return writer(work)
