"""What both logs ask for: who, until when, and the names of the team's users."""

from datetime import datetime, time, timedelta

from backend.store import log_pages, users
from backend.store.rows import now
from backend.web.admin.tables import Asked, Key
from backend.web.admin.times import zone


def named(team: int) -> dict[int, str]:
    """The team's users by id, for the filter and the rows."""
    return {each.id: each.name for each in users.of_team(team)}


def user(asked: Asked, names: dict[int, str]) -> int | None:
    """The user that is asked for, if it is one of the team's."""
    text = asked.filters["user"]
    return int(text) if text.isascii() and text.isdecimal() and int(text) in names else None


def until(asked: Asked) -> int | None:
    """The end (ms) of the day that is asked for, in the team's zone; no day is all of them."""
    try:
        day = datetime.strptime(asked.filters["until"], "%Y-%m-%d").date()  # noqa: DTZ007 (a day)
        end = datetime.combine(day + timedelta(days=1), time(), zone())
        return int(end.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def after(key: Key | None) -> tuple[int, int] | None:
    """(ms, id) behind which the page begins."""
    return (key[0], key[1]) if key and isinstance(key[0], int) else None


def counted(found: int) -> str:
    """How many rows there are, as far as we count."""
    if found > log_pages.COUNTED:
        return f"More than {log_pages.COUNTED:,} entries"
    return f"{found:,} entr{'y' if found == 1 else 'ies'}"


def today() -> str:
    """In the team's zone, for the latest day that can be chosen."""
    return f"{datetime.fromtimestamp(now() / 1000, zone()):%Y-%m-%d}"
