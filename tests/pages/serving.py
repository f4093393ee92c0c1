"""Serves the pages: by host name, whatever the port. Each CRM is one page with one script, which
draws whatever record the address names, as the real ones do."""

import json
from dataclasses import asdict
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

from tests.pages.people import CRMS, Crm

STATIC = Path(__file__).parent / "static"
PLAIN_HOST = "crm.example.com"
LOOK_ALIKE = "acme.lightning.force.com.evil.example"
SITES = [*(crm.host for crm in CRMS.values()), PLAIN_HOST, LOOK_ALIKE]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/pages.css">{head}
<script id="data" type="application/json">{data}</script></head>
<body class="{name}"><script src="/static/crm.js"></script>
<script src="/static/{name}.js"></script></body></html>"""

PLAIN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>People</title>
<link rel="icon" href="data:,"></head><body><main><h1>Ada Byron</h1>
<dl><dt>Mobile</dt><dd>(503) 555-0171</dd><dt>Office</dt><dd>(503) 555-0172 x6216</dd></dl>
</main></body></html>"""


def app(head: dict[str, str] | None = None) -> Flask:
    """``head``: by host, mark-up that the page begins with. Tests may change it meanwhile."""
    pages = Flask(__name__, static_folder=None)
    heads = head if head is not None else {}
    crms = {crm.host: crm for crm in CRMS.values()}

    @pages.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @pages.get("/", defaults={"path": ""})
    @pages.get("/<path:path>")
    def page(path: str) -> str:
        host = request.host.partition(":")[0]
        # The look-alike shows what the real one does.
        crm = CRMS["salesforce"] if host == LOOK_ALIKE else crms.get(host)
        if crm is None:
            return PLAIN
        return PAGE.format(
            title=host, head=heads.get(host, ""), name=crm.name, data=_data(crm, heads)
        )

    return pages


def _data(crm: Crm, heads: dict[str, str]) -> str:
    known = asdict(crm)
    if name := heads.get("name"):
        known["people"][0]["name"] = name
    return json.dumps(known).replace("<", "\\u003c")
