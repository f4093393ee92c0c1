"""Deliverability: what became of the texts, why some did not arrive, and what mends it."""

from datetime import date, timedelta

from flask import Blueprint, Response, request

from backend.messaging.advice import advice
from backend.store import deliveries, settings, usage
from backend.store.deliveries import FILTERED, Day
from backend.store.rows import now
from backend.team import pausing
from backend.web.admin import charts, guard
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

SPANS = (7, 30, 90)


def register(web: Blueprint, _services: Services) -> None:
    @web.get("/deliverability")
    def deliverability() -> Response:
        team = guard.who().team
        given = request.args.get("days", "")
        span = next((each for each in SPANS if str(each) == given), 30)
        held = settings.of_team(team)
        last = as_date(usage.day_of(held.time_zone, now()))
        days = _days(team, last - timedelta(days=span - 1), last)
        first = number(last - timedelta(days=span - 1))
        errors = deliveries.errors(team, first, number(last))
        ended = sum(day.delivered + day.undelivered for day in days)
        hour = deliveries.lately_of(team, now() - pausing.WINDOW_MS)
        return page(
            "deliverability.html",
            chart=charts.bars([_column(day) for day in days], "texts a day"),
            days=[(as_date(day.day), day) for day in reversed(days) if any(day[1:])],
            errors=[(code, often, advice(code)) for code, often in errors],
            ended=ended,
            delivered=sum(day.delivered for day in days),
            filtered=dict(errors).get(FILTERED, 0),
            hour=hour,
            rule=(pausing.FEWEST, round(pausing.SHARE * 100)),
            held=held,
            span=span,
            spans=SPANS,
        )


def as_date(day: int) -> date:
    """``yyyymmdd`` as a date."""
    return date(day // 10_000, day // 100 % 100, day % 100)


def number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _days(team: int, first: date, last: date) -> list[Day]:
    """Every day of the span, also those on which nothing happened."""
    known = {each.day: each for each in deliveries.days(team, number(first), number(last))}
    wanted = [number(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    return [known.get(day, Day(day, 0, 0, 0, 0)) for day in wanted]


def _column(day: Day) -> charts.Column:
    at = as_date(day.day)
    title = f"{at:%b} {at.day}: {day.delivered:,} delivered, {day.undelivered:,} not delivered"
    # What is neither yet is on its way, or its carrier never confirms.
    way = max(0, day.sent - day.delivered - day.undelivered)
    values = (("good", day.delivered), ("bad", day.undelivered), ("open", way))
    return charts.Column(at, values, title)
