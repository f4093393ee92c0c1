"""Who hears what happens on a number, with what each is told along with it."""

from typing import NamedTuple

from backend.store import conversations, numbers, pushes


class Hearer(NamedTuple):
    """``unread`` texts are the user's badge; ``pushed`` when a browser of theirs can be woken."""

    user: int
    unread: int
    pushed: bool


_COLUMNS = f'"user".id, {conversations.UNREAD}, {pushes.ANY}'


def of_number(team: int, number: int) -> list[Hearer]:
    """Those of :func:`backend.store.numbers.users`, in one query for all."""
    return [Hearer._make(row) for row in numbers.of_users(team, number, _COLUMNS)]
