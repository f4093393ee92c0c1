"""SOQL over HTTP, a page at a time."""

import re
import threading
from collections import OrderedDict
from typing import Any

from flask import current_app, request

from simulator.crms.crm import crm
from simulator.crms.salesforce import ids
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.rest import blueprint, root
from simulator.crms.salesforce.soql.asking import Asked
from simulator.crms.salesforce.soql.parsing import parse

_PAGE = 2000
_LEAST = 200
_OPEN = 10
"""How many cursors a user can have; the oldest ends for the next."""
_LOCATOR = re.compile(r"(01g\w{15})-(\d{1,9})")


class Cursors:
    """Answers that did not fit a page, as they were when they were asked for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[list[dict[str, Any]], int]] = OrderedDict()
        self._given = 0
        self._lock = threading.Lock()

    def keep(self, records: list[dict[str, Any]], size: int) -> str:
        with self._lock:
            self._given += 1
            locator = ids.of_number("01g", self._given)
            self._kept[locator] = records, size
            if len(self._kept) > _OPEN:
                self._kept.popitem(last=False)
            return locator

    def find(self, locator: str) -> tuple[list[dict[str, Any]], int]:
        with self._lock:
            if locator not in self._kept:
                raise SalesforceError("INVALID_QUERY_LOCATOR", "invalid query locator")
            return self._kept[locator]


@blueprint.get("/query")
@blueprint.get("/query/")
@blueprint.get("/queryAll", defaults={"deleted": True})
@blueprint.get("/queryAll/", defaults={"deleted": True})
def query(version: str, deleted: bool = False) -> dict[str, Any]:
    asked = request.args.get("q")
    if not asked:
        raise SalesforceError("MALFORMED_QUERY", "unexpected token: '<EOF>'")
    parsed = parse(asked)
    with crm().store.look() as books:
        today = crm().now().date()
        records = Asked(books, crm().switches, today, root(version), deleted).records(parsed)
    size = _page_size()
    locator = _cursors().keep(records, size) if len(records) > size else ""
    return _page(version, records, size, 0, locator)


@blueprint.get("/query/<locator>")
@blueprint.get("/queryAll/<locator>")
def more(version: str, locator: str) -> dict[str, Any]:
    match = _LOCATOR.fullmatch(locator)
    if not match:
        raise SalesforceError("INVALID_QUERY_LOCATOR", "invalid query locator")
    records, size = _cursors().find(match[1])
    return _page(version, records, size, int(match[2]), match[1])


def _page(
    version: str, records: list[dict[str, Any]], size: int, start: int, locator: str
) -> dict[str, Any]:
    end = start + size
    answer = {
        "totalSize": len(records),
        "done": end >= len(records),
        "records": records[start:end],
    }
    if end < len(records):
        answer["nextRecordsUrl"] = f"{root(version)}/query/{locator}-{end}"
    return answer


def _page_size() -> int:
    match = re.search(r"batchSize=(\d{1,9})", request.headers.get("Sforce-Query-Options", ""))
    return min(max(int(match[1]), _LEAST), _PAGE) if match else _PAGE


def _cursors() -> Cursors:
    found: Cursors = current_app.extensions.setdefault("cursors", Cursors())
    return found
