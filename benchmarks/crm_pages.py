"""What the extension costs on a CRM's pages, in Chromium, side by side with the page without it: a
record page of 2,500 nodes in the shape of Salesforce, the same one while it changes ten times a
second, and a list of 1,000 people. Nobody is signed in: the same is read and drawn as ever."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.arrivals import median, percentile
from benchmarks.plan import Plan
from benchmarks.traces import Load, traced
from demo.browser import Browser, Serving, write_certificate
from demo.browser.launch import find_chromium, flags
from demo.stack import ROOT

EXTENSION: Path = ROOT / "extension"
HOST = "acme.lightning.force.com"
RECORD = "/lightning/r/Contact/0035g00000aaaabAAA/view"
CHANGING = f"{RECORD}?changing"
LIST = "/lightning/o/Contact/list"

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>CRM</title>
<link rel="icon" href="data:,"><body>{body}</body></html>"""
FIELD = """customElements.define("x-field", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "closed" }).innerHTML = `<div data-target-selection-name=
      "sfdc:RecordField.Contact.${this.title}"><span>${this.title}</span>
      <div>${this.lang ? `<a href="tel:${this.lang}">${this.lang}</a>` : "Some value"}</div></div>`;
  }
});"""
CHANGES = """setInterval(() => {
  const at = document.getElementById("feed");
  at.append(Object.assign(document.createElement("p"), { textContent: "Seen again" }));
  at.lastChild.remove();
}, 100);"""


def app(nodes: int, rows: int) -> Flask:
    """The three pages, of so many nodes and rows."""
    pages = Flask(__name__)
    record, people = _record(nodes), _list(rows)

    @pages.get(RECORD)
    def record_page() -> str:
        return record

    @pages.get(LIST)
    def list_page() -> str:
        return people

    return pages


def measure(plan: Plan) -> dict[str, Any]:
    """Times in ms, the median of the loads; later looks are each of them."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pem = write_certificate(Path(folder) / "hosts.pem", [HOST])
        with (
            Serving(app(plan.record_nodes, plan.list_rows), pem) as serving,
            Browser(playwright, EXTENSION, https_port=serving.port) as browser,
        ):
            without = playwright.chromium.launch(
                executable_path=find_chromium(playwright),
                args=[*flags(EXTENSION, serving.port)[3:], "--no-sandbox"],
            )
            contexts = {True: browser.context, False: without.new_context()}
            pages = {
                name: _page(contexts, browser.origin, f"https://{HOST}{path}", plan)
                for name, path in (("record", RECORD), ("changing", CHANGING), ("list", LIST))
            }
            without.close()
    return {"nodes": plan.record_nodes, "rows": plan.list_rows, **pages}


def _page(
    contexts: dict[bool, BrowserContext], origin: str, url: str, plan: Plan
) -> dict[str, Any]:
    """Loads take turns with and without the extension."""
    loads: dict[bool, list[Load]] = {True: [], False: []}
    for _ in range(plan.page_loads):
        for extended, context in contexts.items():
            loads[extended].append(traced(context, url, origin, plan.page_watched))
    ours = loads[True]
    looks = [load.of("look") for load in ours]
    later = [ms for each in looks for ms in each[1:]]
    return {
        "extension_ms": median(load.extension_ms for load in ours),
        "extension_ms_without": median(load.extension_ms for load in loads[False]),
        "start_ms": median(round(sum(load.of("start")), 2) for load in ours),
        "first_look_ms": median(each[0] for each in looks if each),
        "calls_ms": median(round(sum(load.of("call")), 2) for load in ours),
        "later_look_ms": percentile(later, 0.5),
        "looks": round(sum(len(each) for each in looks) / plan.page_loads, 1),
        "forced_ms": median(load.forced_ms for load in ours),
        "script_with_ms": median(load.script_ms for load in loads[True]),
        "script_without_ms": median(load.script_ms for load in loads[False]),
    }


def _record(nodes: int) -> str:
    """About a third of the nodes are in closed shadow roots, five in each."""
    fields = nodes // 15
    items = (nodes - 5 * fields) // 5
    named = ["MobilePhone", "Phone", "Title", "Email", "AccountId"]
    body = [
        "<h1><span slot='primaryField'>Ada Palmer</span></h1>",
        '<x-field title="MobilePhone" lang="(470) 555-0180"></x-field>',
        *(f'<x-field title="{name}"></x-field>' for name in _cycled(named, fields)),
        '<div id="feed">',
        *(
            f"<div><b>Note {n}</b><span>Today</span><p>Called <a href='/x/{n}'>back</a></p></div>"
            for n in range(items)
        ),
        f"</div><script>{FIELD} if (location.search) {CHANGES}</script>",
    ]
    return PAGE.format(body="\n".join(body))


def _cycled(names: list[str], count: int) -> Iterable[str]:
    return (names[place % len(names)] + "__c" for place in range(count))


def _list(rows: int) -> str:
    cells = "".join(
        f'<tr><td><input type="checkbox"><th><a href="/lightning/r/Contact/003{n:012}AAA/view">'
        f"Person {n}</a><td>(470) 555-01{n % 100:02}<td>(629) 555-01{n % 100:02}</tr>"
        for n in range(rows)
    )
    return PAGE.format(body=f"<h1>Contacts</h1><table><tbody>{cells}</tbody></table>")
