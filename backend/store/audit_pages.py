"""Pages of the audit log."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.store import log_pages
from backend.store.log_pages import Log

_LOG = Log("audit", "action", "id, at, user_id, actor, address, action, subject, before, after")


class Entry(NamedTuple):
    """``user`` is None for commands and strangers; ``before`` and ``after`` are JSON or empty."""

    id: int
    at: int
    user: int | None
    actor: str
    address: str
    action: str
    subject: str
    before: str
    after: str


def page(
    team: int,
    *,
    user: int | None = None,
    actions: Sequence[str] | None = None,
    until: int | None = None,
    after: tuple[int, int] | None = None,
    limit: int,
) -> list[Entry]:
    """Newest first. ``actions`` None is all of them; ``until`` in ms; ``after`` is (ms, id)."""
    rows = log_pages.page(
        _LOG, team, user=user, kinds=actions, until=until, after=after, limit=limit
    )
    return [Entry(*row) for row in rows]


def count(
    team: int,
    *,
    user: int | None = None,
    actions: Sequence[str] | None = None,
    until: int | None = None,
) -> int:
    """How many, as :func:`log_pages.count` counts."""
    return log_pages.count(_LOG, team, user=user, kinds=actions, until=until)


def actions(team: int) -> list[str]:
    """What has ever been noted in the team."""
    return log_pages.all_kinds(_LOG, team)


def about(known: Sequence[str], noun: str) -> list[str] | None:
    """Those of the ``known`` actions that are about a noun; None, which is all, without one."""
    return [each for each in known if each.startswith(f"{noun}.")] if noun else None
