"""Lists a page at a time, with the addresses of the pages around it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
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

    return {
        key: [write(record) for record in shown],
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(0, len(shown) - 1),
        "uri": request.full_path.rstrip("?"),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1, f"PA{sid(shown[-1])}") if more else None,
        "previous_page_uri": uri(number - 1) if number else None,
    }


def _whole(name: str, default: int, least: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
        raise TwilioError(20001, name)
    return int(text)
