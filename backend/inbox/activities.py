"""What happened to a person, and the notes that users add to it.

Whoever sees a conversation with the person sees all of it, also what colleagues wrote: it is what
the CRM shows of the person too.
"""

from backend.inbox import cursors
from backend.messaging.outbound import NotFound
from backend.store import activities, conversations
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared.wire import Activity

REPEATED_MS = 10 * 60 * 1000
"""A client whose answer was lost asks again: the same words within this time are one note."""


class EmptyNote(ValueError):
    """Nothing but blanks."""


def page(
    team: int, user: int, person: int, *, before: str, limit: int
) -> tuple[list[Activity], str]:
    """The person's activities, latest first, and the cursor of the next page or ``""``.

    Raises :class:`NotFound` and :class:`cursors.BadCursor`.
    """
    cursor = cursors.read(before)
    if not conversations.of_person_for(team, user, person):
        raise NotFound("There is no such person.")
    found = activities.page(team, person, before=cursor, limit=limit + 1)
    return cursors.cut(found, limit, lambda each: each.at)


def add_note(writer: Writer, team: int, user: int, person: int, body: str) -> Activity:
    """Write a note about the person; raises :class:`NotFound` and :class:`EmptyNote`."""
    text = body.strip()
    if not text:
        raise EmptyNote("The note has no words: write some.")

    def work(tx: Transaction) -> Activity:
        if not conversations.of_person_for(team, user, person):
            raise NotFound("There is no such person.")
        held = activities.same_note(team, person, user, text, now() - REPEATED_MS)
        if held is None:
            held = activities.add(tx, team, person, "note", user=user, text=text)
        note = activities.get(team, held)
        assert note is not None
        return note

    return writer(work)
