"""Lists a page at a time, with the addresses of the pages around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from simulator.errors import TwilioError

Record = TypeVar("Record")
_MAX = 1000


def page(
    key: str,
    records: Sequence[Record],
    sid: Callable[[Record], str],
    write: Callable[[Record], dict[str, Any]],
) -> dict[str, Any]:
    """One page of ``records``, as the query's PageSize, Page and PageToken ask for.

    A page is found by the record before it, so that what arrives meanwhile moves nothing.
    """
    cut = _cut(records, sid)
    return {
        key: [write(record) for record in cut.shown],
        "page": cut.page,
        "page_size": cut.size,
        "start": cut.start,
        "end": cut.start + max(0, len(cut.shown) - 1),
        "uri": request.full_path.rstrip("?"),
        "first_page_uri": cut.first,
        "next_page_uri": cut.next,
        "previous_page_uri": cut.previous,
    }


def meta_page(
    key: str,
    records: Sequence[Record],
    sid: Callable[[Record], str],
    write: Callable[[Record], dict[str, Any]],
) -> dict[str, Any]:
    """The same in the shape of the newer hosts, whose addresses are whole."""
    cut = _cut(records, sid)
    host = "https://messaging.twilio.com"
    return {
        key: [write(record) for record in cut.shown],
        "meta": {
            "key": key,
            "page": cut.page,
            "page_size": cut.size,
            "url": f"{host}{request.full_path.rstrip('?')}",
            "first_page_url": f"{host}{cut.first}",
            "next_page_url": f"{host}{cut.next}" if cut.next else None,
            "previous_page_url": f"{host}{cut.previous}" if cut.previous else None,
        },
    }


@dataclass(frozen=True)
class _Cut(Generic[Record]):
    shown: Sequence[Record]
    page: int
    size: int
    start: int
    first: str
    next: str | None
    previous: str | None


def _cut(records: Sequence[Record], sid: Callable[[Record], str]) -> _Cut[Record]:
    size = min(_whole("PageSize", 50, least=1), _MAX)
    number = _whole("Page", 0, least=0)
    start = number * size
    token = request.args.get("PageToken", "")
    if token.startswith("PA"):
        after = [i for i, record in enumerate(records) if sid(record) == token[2:]]
        start = after[0] + 1 if after else start
    shown = records[start : start + size]
    more = len(records) > start + size
    others = [(k, v) for k, v in request.args.items(multi=True) if not k.startswith("Page")]

    def uri(page_number: int, page_token: str | None = None) -> str:
        query = [*others, ("PageSize", str(size)), ("Page", str(page_number))]
        if page_token:
            query.append(("PageToken", page_token))
        return f"{request.path}?{urlencode(query)}"

    return _Cut(
        *(shown, number, size, start, uri(0)),
        next=uri(number + 1, f"PA{sid(shown[-1])}") if more else None,
        previous=uri(number - 1) if number else None,
    )


def _whole(name: str, default: int, least: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
        raise TwilioError(20001, name)
    return int(text)
