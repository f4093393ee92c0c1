"""Calls of Salesforce's REST API, by simple-salesforce; its errors in the port's words.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
"""

from collections.abc import Iterator
from typing import Any

from simple_salesforce import Salesforce as Client
from simple_salesforce.exceptions import SalesforceError

from backend.crm import web
from backend.crm_port import Access, Busy, CrmError, Declined, Expired, SignInNeeded

VERSION = "62.0"
USED_UP_MS = 15 * 60_000
"""The daily budget is a rolling one: some of it comes back every quarter of an hour."""
MOST_PAGES = 50
_RIGHTS = {"API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED", "INVALID_SCOPE", "OAUTH_APP_BLOCKED"}


class Said(Declined):
    """Salesforce refused this one request: ``code`` and ``fields`` are of its first error."""

    def __init__(self, status: int, errors: list[dict[str, Any]]) -> None:
        first = errors[0]
        self.status = status
        self.code = str(first.get("errorCode") or first.get("statusCode") or "")
        fields = first.get("fields")
        self.fields = [str(each) for each in fields] if isinstance(fields, list) else []
        self.message = web.text(first.get("message"), 4000)
        super().__init__(f"Salesforce: {self.shown}")

    @property
    def shown(self) -> str:
        """For an admin: a refused query is repeated before what is wrong with it."""
        return self.message.rpartition(" ERROR at ")[2][-200:] or self.code


def call(access: Access, path: str, method: str = "GET", **more: Any) -> Any:
    """What ``/services/data/vXX.X/<path>`` answers; raises :class:`CrmError`, of which
    :class:`Said` is about this request alone."""
    try:
        with web.Session() as session:
            client = Client(
                instance_url=access.base_url,
                session_id=access.token,
                session=session,
                version=VERSION,
            )
            # The library knows https alone; a stand-in on this machine speaks http.
            client.base_url = f"{access.base_url}/services/data/v{VERSION}/"
            return client.restful(path, method=method, **more)
    except SalesforceError as error:
        raise _translated(error.status, error.content) from None
    except web.NO_ANSWER as error:
        raise web.unreachable("Salesforce", error) from None


def query(access: Access, soql: str) -> Iterator[dict[str, Any]]:
    """The records that a SOQL query finds, page by page."""
    answer = call(access, "query", params={"q": soql})
    for _ in range(MOST_PAGES):
        yield from records(answer)
        following = answer.get("nextRecordsUrl") if isinstance(answer, dict) else None
        if not isinstance(following, str):
            return
        answer = call(access, f"query/{following.rpartition('/')[2]}")


def records(answer: Any) -> list[dict[str, Any]]:
    """Those of a query's answer; raises Unreachable for what is none."""
    found = answer.get("records") if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise web.unreachable("Salesforce", "an answer without records")
    return found


def id_of(record: dict[str, Any]) -> str:
    """Raises Unreachable for a record without its id."""
    id = record.get("Id")
    if not isinstance(id, str) or not id:
        raise web.unreachable("Salesforce", "a record without its id")
    return id


def quoted(value: str) -> str:
    """A value as SOQL has it."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _translated(status: int, content: Any) -> CrmError:
    errors = content if isinstance(content, list) else [content]
    ours = [each for each in errors if isinstance(each, dict) and each.get("errorCode")]
    if status >= 500 or not ours:
        return web.unreachable("Salesforce", f"HTTP {status}")
    said = Said(status, ours)
    if status == 401:
        return Expired("Salesforce does not accept the sign-in any more: connect it again.")
    if said.code == "REQUEST_LIMIT_EXCEEDED" or status == 429:
        return Busy("The org's daily number of API calls is used up: it goes on later.", USED_UP_MS)
    if said.code in _RIGHTS or (status == 403 and "scope" in said.message.lower()):
        return SignInNeeded(
            "The sign-in may not use Salesforce's API any more: connect it again with somebody who"
            " may."
        )
    return said
