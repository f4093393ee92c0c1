"""Calls of Dataverse's Web API, which Dynamics 365 stands on; its errors in the port's words.

https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
"""

from collections.abc import Iterator, Mapping
from typing import Any

import requests

from backend.crm import web
from backend.crm_port import Access, Busy, CrmError, Declined, Expired, SignInNeeded

LABEL = "Dynamics 365"
API = "/api/data/v9.2/"
BUSY_MS = 5 * 60_000
"""The window of the service protection limits, where an answer does not say."""
LONGEST_MS = 60 * 60_000
AT_ONCE, MOST_PAGES = 500, 50
_HEADERS = {
    "Accept": "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
    "Prefer": f"odata.maxpagesize={AT_ONCE}",
}


class Said(Declined):
    """Dataverse refused this one request, in these words."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        self.status = status
        self.code = web.text(error.get("code"), 40)
        self.message = web.text(error.get("message"), 4000)
        super().__init__(f"{LABEL}: {self.shown}")

    def misses(self, id: str) -> bool:
        """Whether it is that there is no row with this id, of whichever table."""
        return bool(id) and self.status == 404 and id in self.message.lower()

    @property
    def shown(self) -> str:
        """For an admin: what is wrong with a body stands behind a long help."""
        told = self.message.rpartition("InnerException : ")[2]
        return told.removeprefix("Microsoft.OData.ODataException: ")[:200] or self.code


def call(
    access: Access,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """What ``/api/data/v9.2/<path>`` answers, nothing for a write; raises :class:`CrmError`, of
    which :class:`Said` is about this request alone."""
    given = {**_HEADERS, **(headers or {}), "Authorization": f"Bearer {access.token}"}
    try:
        with web.Session() as session:
            answer = session.request(method, f"{access.base_url}{API}{path}", headers=given, **more)
        if answer.status_code == 204:
            return {}
        # A 401 is in words, every other answer in JSON.
        said = answer.json() if answer.status_code != 401 else {}
    except web.NO_ANSWER as error:
        raise web.unreachable(LABEL, error) from None
    if not isinstance(said, dict) or answer.status_code >= 500 or answer.is_redirect:
        raise web.unreachable(LABEL, f"HTTP {answer.status_code}")
    if not answer.ok:
        raise _translated(answer, said)
    if method != "GET":
        raise web.unreachable(LABEL, "an answer that says nothing of what was written")
    return said


def rows(access: Access, path: str, **params: str) -> Iterator[dict[str, Any]]:
    """The rows that a query finds, page by page."""
    answer = call(access, path, params=params)
    for _ in range(MOST_PAGES):
        found = answer.get("value")
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise web.unreachable(LABEL, "an answer without rows")
        yield from found
        following = answer.get("@odata.nextLink")
        # The token goes to the org alone, whatever an answer says.
        if not isinstance(following, str) or not following.startswith(f"{access.base_url}{API}"):
            return
        answer = call(access, following.removeprefix(f"{access.base_url}{API}"))


def _translated(answer: requests.Response, body: dict[str, Any]) -> CrmError:
    error = body.get("error")
    said = Said(answer.status_code, error if isinstance(error, dict) else {})
    if said.status == 401:
        return Expired("Dynamics 365 does not accept the sign-in any more: connect it again.")
    if said.status == 429:
        return Busy(
            "Dynamics 365 takes no more calls for a while: it goes on later.", _wait(answer)
        )
    if said.status == 403 and "missing prv" in said.message:
        privilege = said.message.partition("missing ")[2].partition(" ")[0]
        return SignInNeeded(
            f"Whoever signed in lacks the privilege {privilege}: add it to their role, or connect"
            " Dynamics 365 again with somebody who has it."
        )
    if not said.message:
        return web.unreachable(LABEL, f"HTTP {said.status}")
    return said


def _wait(answer: requests.Response) -> int:
    seconds = answer.headers.get("Retry-After", "")
    return min(int(seconds[:6]) * 1000, LONGEST_MS) if seconds.isdecimal() else BUSY_MS
