"""Run axe-core: in a page, in a frame, or in the content script's world of a page."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.sync_api import Frame, Page

from demo.browser.accessibility import session
from demo.browser.world import content_world, evaluate

# What axe sees of a closed shadow root is what Element.shadowRoot gives it, and only an
# extension's content script may open one. Put back afterwards: the content script lives on.
OPEN_CLOSED_ROOTS = """
globalThis.__shadowRoot ??= Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot");
Object.defineProperty(Element.prototype, "shadowRoot", {
  configurable: true,
  get() { return this instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(this) : null; },
});
0"""
CLOSE_ROOTS = 'Object.defineProperty(Element.prototype, "shadowRoot", globalThis.__shadowRoot); 0'

# Of rules that are kept axe need not gather every node: it takes longer than looking.
RUN = """(include, rules) => axe.run(
  include ? { include: [include] } : document,
  {
    resultTypes: ["violations"],
    iframes: false,
    ...(rules && { runOnly: { type: "rule", values: rules } }),
  },
).then(({ violations, passes }) => ({ violations, passes: passes.length }))"""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of WCAG A and AA in which axe looks at colours."""


@dataclass(frozen=True)
class Violation:
    """``targets`` are the offending elements' selectors (lists within shadow roots, flattened)."""

    id: str
    impact: str
    help: str
    targets: tuple[str, ...]


def source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text()


def in_frame(
    target: Page | Frame, include: str | None, *, colours: bool = False
) -> list[Violation]:
    """Violations in the document itself. Shadow roots count only while open. ``colours``: of the
    rules about colours alone, for a page that was looked at in others."""
    if not target.evaluate("'axe' in globalThis"):
        target.evaluate(source() + ";0")
    asked = [include, COLOURS if colours else None]
    return _violations(target.evaluate(f"([include, rules]) => ({RUN})(include, rules)", asked))


def in_content_script(page: Page, extension_id: str, include: str | None) -> list[Violation]:
    """Violations in the page with the extension's closed shadow roots open to axe.

    LookupError when the extension has no content script in the page.
    """
    with session(page) as cdp:
        world = content_world(page, cdp, extension_id)
        evaluate(cdp, world, OPEN_CLOSED_ROOTS)
        try:
            evaluate(cdp, world, source() + ";0")
            return _violations(evaluate(cdp, world, f"({RUN})({json.dumps(include)})"))
        finally:
            evaluate(cdp, world, CLOSE_ROOTS)


def _violations(result: dict[str, Any]) -> list[Violation]:
    # An `include` that matches something empty would pass for having nothing to check.
    if not result["passes"] and not result["violations"]:
        raise AssertionError("axe found nothing to check")
    return [
        Violation(
            id=v["id"],
            impact=v["impact"] or "",
            help=v["help"],
            targets=tuple(_flat(t) for node in v["nodes"] for t in node["target"]),
        )
        for v in result["violations"]
    ]


def _flat(target: str | list[str]) -> str:
    return target if isinstance(target, str) else " >> ".join(target)
