"""Usage and cost: who sent how much, what it cost, and what is left of the month's budget."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, request

from backend.compliance.csv_cells import safe
from backend.store import settings, spending, usage
from backend.store.rows import now
from backend.web.admin import charts, files, guard
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

_HEAD = (
    *("day", "user", "email", "sent", "segments", "media"),
    *("received", "delivered", "undelivered", "cost_usd"),
)


def register(web: Blueprint, _services: Services) -> None:
    @web.get("/usage")
    def usage_page() -> Response:
        team = guard.who().team
        held = settings.of_team(team)
        this = usage.day_of(held.time_zone, now()) // 100
        month = _month(this)
        sent, cost = spending.of_month(team, month)
        days = {day: (texts, spent) for day, texts, spent in spending.by_day(team, month)}
        columns = [_column(date(month // 100, month % 100, n), days) for n in _days(month)]
        first = spending.first_month(team) or this
        return page(
            "usage.html",
            month=month,
            title=_named(month),
            earlier=_before(month) if month > first else None,
            later=_after(month) if month < this else None,
            sent=sent,
            cost=cost,
            budget=held.monthly_budget,
            prices=held.prices,
            users=spending.by_user(team, month),
            chart=charts.bars(columns, "US dollars a day", "${:,.2f}", 0.01),
            days=[
                (each.day, *days.get(_number(each.day), (0, 0)))
                for each in reversed(columns)
                if _number(each.day) in days
            ],
            dollars=dollars,
            named=_named,
        )

    @web.get("/usage.csv")
    def usage_export() -> Response:
        team = guard.who().team
        month = _month(usage.day_of(settings.of_team(team).time_zone, now()) // 100)
        return files.sheet(f"usage-{month}.csv", _rows(team, month))


def dollars(millionths: int) -> str:
    """``$1,234.56``; what is less than a cent and not nothing is ``under $0.01``."""
    if 0 < millionths < 10_000:
        return "under $0.01"
    return f"${millionths / 1_000_000:,.2f}"


def _rows(team: int, month: int) -> Iterator[tuple[str, ...]]:
    yield _HEAD
    for row in spending.each(team, month):
        day = f"{row.day // 10_000}-{row.day // 100 % 100:02}-{row.day % 100:02}"
        counts = (row.sent, row.segments, row.media, row.received, row.delivered, row.undelivered)
        cost = f"{row.cost / 1_000_000:.6f}"
        yield (day, safe(row.name), safe(row.email), *map(str, counts), cost)


def _month(this: int) -> int:
    """The month that is asked for, ``yyyymm``; this one when that makes no sense."""
    text = request.args.get("month", "")
    if not (text.isascii() and text.isdecimal() and len(text) == 6):
        return this
    given = int(text)
    return given if 1 <= given % 100 <= 12 and 200_000 <= given <= this else this


def _named(month: int) -> str:
    return f"{date(month // 100, month % 100, 1):%B %Y}"


def _before(month: int) -> int:
    return month - 1 if month % 100 > 1 else month - 100 + 11


def _after(month: int) -> int:
    return month + 1 if month % 100 < 12 else month + 100 - 11


def _days(month: int) -> range:
    return range(1, monthrange(month // 100, month % 100)[1] + 1)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _column(day: date, days: dict[int, tuple[int, int]]) -> charts.Column:
    texts, spent = days.get(_number(day), (0, 0))
    title = f"{day:%b} {day.day}: {dollars(spent)} for {texts:,} texts"
    return charts.Column(day, (("good", max(0, spent) / 1_000_000),), title)
