"""A CRM of the tests' own: a record for anybody, on a page that does whatever the test likes."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import count

from flask import Flask, Response, abort

from demo.browser import Serving
from demo.driver import Phone
from demo.stack import Stack

PAGE = """<!doctype html><html lang="en"><head>
<meta charset="utf-8"><meta name="application-name" content="Acme CRM">
<link rel="icon" href="data:,"><title>Record</title>{head}</head><body><main><h1>{name}</h1>
<p>Buyer · Wren &amp; Sons</p><dl><dt>Mobile</dt><dd>{mobile}</dd></dl></main></body></html>"""


@dataclass(frozen=True)
class Person:
    """Somebody on a record page at ``url``. ``action`` is what screen readers call the button."""

    name: str
    mobile: str
    url: str
    phone: Phone

    @property
    def action(self) -> str:
        return f"Message {self.name}, {display(self.mobile)}"


class OwnCrm:
    """``with OwnCrm(stack) as crm: crm.person("Ada")``. Everybody has a mobile of their own."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._pages: dict[int, tuple[str, Mapping[str, str]]] = {}
        self._ids = count(1)
        app = Flask(__name__)
        app.add_url_rule("/contacts/<int:id>", view_func=self._record)
        app.add_url_rule("/style.css", view_func=lambda: Response("", mimetype="text/css"))
        self._serving = Serving(app)

    def person(
        self,
        name: str,
        *,
        head: str = "",
        headers: Mapping[str, str] | None = None,
        mobile: str | None = None,
    ) -> Person:
        """``head`` is markup of the page's own, scripts included; ``headers`` are the answer's;
        ``mobile`` is what the page shows instead of a number of their own."""
        id = next(self._ids)
        shown = display(f"+1470555{100 + id:04}") if mobile is None else mobile
        mobile = f"+1470555{100 + id:04}" if mobile is None else mobile
        page = PAGE.format(head=head, name=escape(name), mobile=escape(shown))
        self._pages[id] = (page, headers or {})
        url = f"{self._serving.url}/contacts/{id}"
        return Person(" ".join(name.split()), mobile, url, Phone(self._stack, mobile))

    def _record(self, id: int) -> Response:
        page, headers = self._pages.get(id) or abort(404)
        return Response(page, headers=dict(headers), mimetype="text/html")

    def __enter__(self) -> "OwnCrm":
        self._serving.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._serving.__exit__()


def display(mobile: str) -> str:
    """+14705550101 as people write it: (470) 555-0101."""
    return f"({mobile[2:5]}) {mobile[5:8]}-{mobile[8:]}"
