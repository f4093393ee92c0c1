"""A page like a CRM's list: a table of people, each with a phone number."""

from collections.abc import Callable, Iterable
from typing import Any

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>People</title>
<style>table{{border-collapse:collapse}}td{{padding:4px 12px;border-bottom:1px solid #ddd}}</style>
<h1>People</h1><table><tbody>{rows}</tbody></table></html>"""
ROW = (
    '<tr><td><a href="/people/{n}">Person {n}</a><td>Account {n}<td>Mobile'
    '<td><a href="tel:+1415{number}">(415) {first}-{last}</a></tr>'
)


def app(numbers: int) -> Callable[..., Iterable[bytes]]:
    """A WSGI app that answers everything with one page of so many numbers."""
    rows = (_row(each) for each in range(numbers))
    page = PAGE.format(rows="\n".join(rows)).encode()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [page]

    return answer


def _row(place: int) -> str:
    number = str(2_000_000 + place)
    return ROW.format(n=place, number=number, first=number[:3], last=number[3:])
