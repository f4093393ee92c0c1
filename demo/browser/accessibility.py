"""Find things as assistive technology does, closed shadow roots included, and point at them.

Selectors cannot look into a closed shadow root; the accessibility tree can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page


@dataclass(frozen=True)
class Named:
    """A node of the accessibility tree. ``properties`` has the rest: "focused", "expanded", …"""

    name: str
    role: str
    description: str
    disabled: bool
    properties: dict[str, Any]
    node: int


@contextmanager
def session(page: Page) -> Iterator[CDPSession]:
    cdp = page.context.new_cdp_session(page)
    try:
        yield cdp
    finally:
        cdp.detach()


def find(cdp: CDPSession, name: str, role: str) -> Named | None:
    """The first node in the page (not in its cross-origin frames) with this name and role."""
    root = cdp.send("DOM.getDocument", {"depth": 0})["root"]["backendNodeId"]
    query = {"backendNodeId": root, "accessibleName": name, "role": role}
    for node in cdp.send("Accessibility.queryAXTree", query)["nodes"]:
        if node["ignored"]:
            continue
        properties = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        return Named(
            name=name,
            role=role,
            description=node.get("description", {}).get("value", ""),
            disabled=bool(properties.get("disabled", False)),
            properties=properties,
            node=node["backendDOMNodeId"],
        )
    return None


def names(cdp: CDPSession, role: str) -> list[str]:
    """Of every node of this role in the page (not in its cross-origin frames)."""
    nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
    return [
        node["name"]["value"]
        for node in nodes
        if not node["ignored"] and node["role"]["value"] == role
    ]


def centre(cdp: CDPSession, node: int) -> tuple[float, float] | None:
    """Where to point in the viewport, after scrolling there; None while it has no box."""
    cdp.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": node})
    quads = cdp.send("DOM.getContentQuads", {"backendNodeId": node})["quads"]
    if not quads:
        return None
    left, top, _, _, right, bottom, _, _ = quads[0]
    return (left + right) / 2, (top + bottom) / 2
