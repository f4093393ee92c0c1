"""A team's settings as an admin types them: read, checked, compared and saved."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from backend import zones
from backend.messaging import events
from backend.store import audit, settings
from backend.store.audit import Actor
from backend.store.settings import Settings
from backend.store.writer import Transaction
from backend.team.faults import Invalid, still

EARLIEST, LATEST = 8 * 60, 21 * 60
"""Telemarketing calls and texts are forbidden before 8 AM and after 9 PM, 47 CFR 64.1200(c)(1)."""
MILLION = 1_000_000
# Python reads no numbers of thousands of digits.
_DIGITS = re.compile("[0-9]{1,9}")
# Browsers may add seconds.
_TIME = re.compile("([0-9]{1,2}):([0-5][0-9])(:00)?")
HOURS = (("hours_from", "hours_until"), ("sunday_from", "sunday_until"))
CAPS = ("user_daily_cap", "team_daily_cap")
PRICES = ("segment_price", "media_price")
SWITCHES = ("messenger_enabled", "crm_required")
NAMES = (
    *SWITCHES,
    "time_zone",
    *(name for pair in HOURS for name in pair),
    "landlines",
    *CAPS,
    "monthly_budget",
    *PRICES,
    "retention_days",
)
"""What :func:`change` sets; seats are with the licenses."""
TOLD = ("messenger_enabled", *PRICES)
"""Settings of which everybody's open pane has to hear at once."""


class WouldErase(Invalid):
    """A shorter retention erases texts: it has to be confirmed."""


def change(
    tx: Transaction,
    actor: Actor,
    given: Mapping[str, str],
    confirmed: bool = False,
    made_from: Mapping[str, str] | None = None,
) -> int:
    """Save what was typed and return how many settings are different; names that are not in
    ``given`` stay as they are.

    ``confirmed``: texts may be erased for a shorter retention. ``made_from``: what a form showed
    at first. Raises :class:`Invalid` with all that is wrong, by name, and :class:`Stale` where
    somebody changed meanwhile what the form was made from.
    """
    held = settings.of_team(actor.team)
    still(made_from, typed(held))
    wanted = read(given, held)
    before = {name: getattr(held, name) for name in wanted}
    different = {name: value for name, value in wanted.items() if value != before[name]}
    if not confirmed and _erases(held.retention_days, different):
        days = different["retention_days"]
        raise WouldErase(
            {
                "retention_days": f"Texts older than {days} days will be erased for good, here and"
                " at the carrier. Confirm that you want this."
            }
        )
    if not different:
        return 0
    settings.change(tx, actor.team, **different)
    audit.add(
        tx,
        actor,
        "settings.changed",
        before={name: before[name] for name in different},
        after=different,
    )
    if any(name in different for name in TOLD):
        events.team_updated(tx, actor.team)
    return len(different)


def resume(tx: Transaction, actor: Actor) -> bool:
    """Let the team send again after an automatic pause; False when it was not paused."""
    held = settings.of_team(actor.team)
    if held.paused_at is None:
        return False
    settings.change(tx, actor.team, paused_at=None, paused_cause="")
    before = {"paused_at": held.paused_at, "paused_cause": held.paused_cause}
    audit.add(tx, actor, "team.resumed", before=before)
    events.team_updated(tx, actor.team)
    return True


def read(typed: Mapping[str, str], held: Settings) -> dict[str, Any]:
    """The values of what was typed, by name; raises :class:`Invalid`."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in NAMES:
        if name not in typed:
            continue
        try:
            values[name] = _value(name, typed[name].strip())
        except ValueError as error:
            errors[name] = str(error)
    together = {name: values.get(name, getattr(held, name)) for name in NAMES}
    for start, end in HOURS:
        if start not in errors and end not in errors and together[start] >= together[end]:
            errors[end] = "The end has to be later than the beginning."
    lower, upper = CAPS
    if not errors.keys() & set(CAPS) and together[lower] > together[upper]:
        errors[lower] = "One user may not send more than the whole team: lower this or raise that."
    if errors:
        raise Invalid(errors)
    return values


def typed(held: Settings) -> dict[str, str]:
    """The settings as an admin would type them."""
    return {name: shown(name, getattr(held, name)) for name in NAMES}


def _value(name: str, text: str) -> Any:
    if name in SWITCHES:
        if text not in ("on", "off", ""):
            raise ValueError("Say on or off.")
        return text == "on"
    if name == "time_zone":
        if text not in zones.names():
            raise ValueError("Choose a time zone from the list, such as America/New_York.")
        return text
    if name == "landlines":
        if text not in ("warn", "refuse"):
            raise ValueError("Choose warn or refuse.")
        return text
    if name in CAPS:
        return _whole(text, 1, 1_000_000)
    if name == "retention_days":
        return _whole(text, 1, 3650) if text else None
    if name == "monthly_budget":
        return _money(text, 1_000_000) if text else None
    if name in PRICES:
        return _money(text, 10)
    return _minutes(text)


def shown(name: str, value: Any) -> str:
    """One setting as an admin would type it."""
    if name in SWITCHES:
        return "on" if value else "off"
    if value is None:
        return ""
    if name in PRICES or name == "monthly_budget":
        return f"{Decimal(value) / MILLION:f}"
    if name.endswith(("_from", "_until")):
        return f"{value // 60:02}:{value % 60:02}"
    return str(value)


def _minutes(text: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError("Enter a time such as 09:00.")
    value = int(found[1]) * 60 + int(found[2])
    if not EARLIEST <= value <= LATEST:
        raise ValueError("US law allows texts between 8:00 AM and 9:00 PM: choose a time in there.")
    return value


def _whole(text: str, least: int, most: int) -> int:
    plain = text.replace(",", "")
    if not (_DIGITS.fullmatch(plain) and least <= int(plain) <= most):
        raise ValueError(f"Enter a whole number from {least:,} to {most:,}.")
    return int(plain)


def _money(text: str, most: int) -> int:
    try:
        dollars = Decimal(text.replace(",", "").removeprefix("$").strip())
    except InvalidOperation:
        raise ValueError("Enter an amount in US dollars, such as 0.0083.") from None
    if not dollars.is_finite() or not 0 <= dollars <= most:
        raise ValueError(f"Enter an amount from $0 to ${most:,}.")
    millionths = dollars * MILLION
    if millionths != int(millionths):
        raise ValueError("A millionth of a dollar is the smallest: six digits after the point.")
    return int(millionths)


def _erases(held: int | None, different: Mapping[str, Any]) -> bool:
    wanted = different.get("retention_days")
    return wanted is not None and (held is None or wanted < held)
