"""Moments as people read them: how long ago, and exactly, in the team's zone with its name."""

from datetime import UTC, datetime, tzinfo

from flask import g
from markupsafe import Markup

from backend import zones
from backend.store import settings
from backend.store.rows import now

_STEPS = ((60, "s"), (60, "min"), (24, "h"), (7, "d"))
_TIME = '<time datetime="{iso}"><span>{ago}</span> <small>{exact}</small></time>'


def zone() -> tzinfo:
    """The team's."""
    if "zone" not in g:
        g.zone = zones.zone(settings.of_team(g.who.team).time_zone)
    found: tzinfo = g.zone
    return found


def zone_name() -> str:
    """The zone's IANA name, readable: ``America/New York``."""
    return str(zone()).replace("_", " ")


def when(ms: int) -> Markup:
    """A ``<time>`` of a moment (ms since 1970)."""
    at = datetime.fromtimestamp(ms / 1000, zone())
    iso = at.astimezone(UTC).isoformat(timespec="seconds")
    return Markup(_TIME).format(iso=iso, ago=ago(ms), exact=exact(at))  # noqa: S704 (a constant)


def exact(at: datetime) -> str:
    """``Nov 22, 2026, 1:13:31 AM EST``"""
    hour = at.hour % 12 or 12
    half = "AM" if at.hour < 12 else "PM"
    return f"{at:%b} {at.day}, {at.year}, {hour}:{at:%M:%S} {half} {at.tzname()}"


def ago(ms: int) -> str:
    """``5 min ago``; a moment that is still to come is ``in 5 min``."""
    gap = now() - ms
    value = abs(gap) // 1000
    if value < 5:
        return "just now"
    for size, unit in _STEPS:
        if value < size:
            return f"{value} {unit} ago" if gap > 0 else f"in {value} {unit}"
        value //= size
    return f"{value} wk ago" if gap > 0 else f"in {value} wk"
