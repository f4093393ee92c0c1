"""How often the API may be asked, for an app that signs in with OAuth.

110 requests in ten seconds in an account, 5 searches in a second, and a budget for the day:
https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
"""

from datetime import timedelta

from flask import Response

from simulator.crms.crm import Crm
from simulator.crms.times import within

IN_TEN_SECONDS = 110
SEARCHES_IN_A_SECOND = 5
_WINDOW = timedelta(seconds=10)
_DAY = timedelta(days=1)


def burst(crm: Crm) -> int:
    return crm.settings.burst or IN_TEN_SECONDS


def passed(crm: Crm, searching: bool) -> str:
    """Count the request; the policy that refuses it, or nothing."""
    now = crm.now()
    with crm.store.change() as books:
        books.calls = within(books.calls, now, _DAY)
        if len(books.calls) >= crm.settings.budget:
            return "DAILY"
        if len(within(books.calls, now, _WINDOW)) >= burst(crm):
            return "TEN_SECONDLY_ROLLING"
        if searching:
            books.searches = within(books.searches, now, timedelta(seconds=1))
            if len(books.searches) >= SEARCHES_IN_A_SECOND:
                return "SECONDLY"
            books.searches.append(now)
        books.calls.append(now)
    return ""


def say(crm: Crm, answer: Response) -> Response:
    """What is left, as headers. HubSpot leaves them out of answers to searches."""
    with crm.store.look() as books:
        used = len(within(books.calls, crm.now(), _WINDOW))
    answer.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000"
    answer.headers["X-HubSpot-RateLimit-Max"] = str(burst(crm))
    answer.headers["X-HubSpot-RateLimit-Remaining"] = str(max(0, burst(crm) - used))
    return answer
