"""What it costs: the team's budget, and how many texts a day the team and the user may send.

A text for later is not counted against today's: its own day decides when its turn comes.
"""

from datetime import datetime, timedelta

from backend.messaging.gate.case import Case
from backend.zones import zone
from shared.wire import Blocked

DOLLAR = 1_000_000


def within_budget(case: Case) -> Blocked | None:
    budget = case.settings.monthly_budget
    if budget is None or case.later or case.spent.month + case.cost <= budget:
        return None
    case.notes.append(f"budget: {case.spent.month / DOLLAR:.2f} of {budget / DOLLAR:.2f} USD")
    text = (
        f"Your team's texting budget of ${budget / DOLLAR:,.2f} for this month is used up."
        " Ask your admin."
    )
    return Blocked(reason="budget", text=text, until=_midnight(case, month=True))


def within_team_cap(case: Case) -> Blocked | None:
    cap = case.settings.team_daily_cap
    if case.later or case.spent.team < cap:
        return None
    case.notes.append(f"team_cap: {case.spent.team} of {cap}")
    text = f"Your team has sent its {cap:,} texts of today. Schedule it, or ask your admin."
    return Blocked(reason="team_cap", text=text, until=_midnight(case))


def within_user_cap(case: Case) -> Blocked | None:
    cap = case.settings.user_daily_cap
    if case.request.user is None or case.later or case.spent.user < cap:
        return None
    case.notes.append(f"user_cap: {case.spent.user} of {cap}")
    text = f"You have sent your {cap:,} texts of today. Schedule it, or ask your admin."
    return Blocked(reason="user_cap", text=text, until=_midnight(case))


def _midnight(case: Case, *, month: bool = False) -> int:
    """When the team's next day, or month, begins."""
    here = zone(case.settings.time_zone)
    day = datetime.fromtimestamp(case.at / 1000, here).date()
    following = day + timedelta(days=1)
    if month:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    begins = datetime(following.year, following.month, following.day, tzinfo=here)
    return int(begins.timestamp()) * 1000
