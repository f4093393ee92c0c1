"""Calls of HubSpot's API, by hubspot-api-client; its errors in the port's words.

https://developers.hubspot.com/docs/api-reference/error-handling
"""

from io import BytesIO
from operator import attrgetter
from typing import Any

import requests
from hubspot import HubSpot as Client
from urllib3 import HTTPResponse

from backend.crm import web
from backend.crm_port import Access, Busy, CrmError, Declined, Expired, SignInNeeded

USED_UP_MS = 30 * 60_000
"""The daily budget is full again at midnight where the account is, which the API does not tell."""
BURST_MS = 10_000
"""The window of the other limits, where an answer does not say."""
LONGEST_MS = 60 * 60_000


class Said(Declined):
    """HubSpot refused this one request. ``codes`` and ``properties`` are those that it names."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        errors = [each for each in body.get("errors") or [] if isinstance(each, dict)]
        self.status = status
        self.category = str(body.get("category") or "")
        self.codes = {str(each.get("code")) for each in errors}
        self.properties = [
            str(name)
            for each in errors
            if isinstance(context := each.get("context"), dict)
            for name in context.get("propertyName") or []
        ]
        first = web.text(errors[0].get("message"), 200) if errors else ""
        self.message = web.text(body.get("message"), 4000)
        self.shown = first or self.message[:200] or self.category
        super().__init__(f"HubSpot: {self.shown}")


def call(access: Access, path: str, *given: Any, **more: Any) -> Any:
    """What a method of the library's client gives, such as ``objects.basic_api.create``; raises
    :class:`CrmError`, of which :class:`Said` is about this request alone."""
    client = Client(access_token=access.token, host=access.base_url, api_factory=_api)
    method = attrgetter(path)(client.crm)
    try:
        return method(*given, **more)
    except requests.RequestException as error:
        raise web.unreachable("HubSpot", error) from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # The library's models are made of whatever came: what fits none of them is no answer.
        raise web.unreachable("HubSpot", error) from None


def record(access: Access, path: str, *given: Any, **more: Any) -> Any:
    """As :func:`call`, for what answers with one record: it has an ``id`` and ``properties``."""
    return _whole(call(access, path, *given, **more))


def records(access: Access, path: str, *given: Any, **more: Any) -> list[Any]:
    """As :func:`call`, for what answers with several of them."""
    return [_whole(each) for each in results(call(access, path, *given, **more))]


def results(answer: Any, id: str = "id") -> list[Any]:
    """Those of an answer, each with what it is known by; raises Unreachable for what is none. The
    library makes a model of anything, with nothing in it."""
    found = answer.results
    if not isinstance(found, list) or not all(_known(getattr(each, id)) for each in found):
        raise web.unreachable("HubSpot", "an answer without results")
    return found


def following(answer: Any) -> str | None:
    """Where the next page begins."""
    return answer.paging.next.after if answer.paging and answer.paging.next else None


def _whole(found: Any) -> Any:
    if not _known(found.id) or not isinstance(found.properties, dict):
        raise web.unreachable("HubSpot", "a record without its id")
    return found


def _known(id: object) -> bool:
    return isinstance(id, str) and bool(id)


def _api(package: Any, name: str, config: dict[str, Any]) -> Any:
    """How the library is made to speak through us; its own pool reads without an end, follows
    redirects and has no time limit."""
    configuration = package.Configuration()
    configuration.access_token, configuration.host = config["access_token"], config["host"]
    client = package.ApiClient(configuration=configuration)
    client.rest_client.pool_manager = _Pool()
    return getattr(package, name)(api_client=client)


class _Pool:
    """As much of urllib3's PoolManager as the library uses. Raises :class:`CrmError` for an answer
    that is no success: the library has exceptions of its own for each object."""

    def request(
        self, method: str, url: str, *, fields: Any = None, body: Any = None, headers: Any, **_: Any
    ) -> HTTPResponse:
        with web.Session() as session:
            answer = session.request(method, url, params=fields, data=body, headers=headers)
        if answer.status_code != 204:
            said = _json(answer)
            if not answer.ok:
                raise _translated(answer, said)
        return HTTPResponse(
            BytesIO(answer.content), answer.headers, answer.status_code, decode_content=False
        )


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or answer.status_code >= 500 or answer.is_redirect:
        raise web.unreachable("HubSpot", f"HTTP {answer.status_code}")
    return said


def _translated(answer: requests.Response, body: dict[str, Any]) -> CrmError:
    said = Said(answer.status_code, body)
    if said.status == 401:
        return Expired("HubSpot does not accept the sign-in any more: connect it again.")
    if said.category == "MISSING_SCOPES":
        return SignInNeeded(
            "The sign-in may not do what Repline needs any more: connect HubSpot again and allow"
            " all that is asked for."
        )
    if said.status == 429 and body.get("policyName") == "DAILY":
        return Busy(
            "The account's daily number of API calls is used up: it goes on later.", USED_UP_MS
        )
    if said.status == 429 or "Retry-After" in answer.headers:
        return Busy(
            "HubSpot takes no more calls for a moment: it goes on by itself.", _wait(answer)
        )
    return said


def _wait(answer: requests.Response) -> int:
    headers = answer.headers
    seconds, window = (
        headers.get("Retry-After", ""),
        headers.get("X-HubSpot-RateLimit-Interval-Milliseconds", ""),
    )
    if seconds.isdecimal():
        return min(int(seconds[:6]) * 1000, LONGEST_MS)
    return min(int(window[:9]), LONGEST_MS) if window.isdecimal() else BURST_MS
