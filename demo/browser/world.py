"""The world of the extension's content script in a page: evaluate what only it may."""

from typing import Any

from playwright.sync_api import CDPSession, Page


def content_world(page: Page, cdp: CDPSession, extension_id: str) -> int:
    """Its id for ``evaluate``. LookupError when there is no content script in the page."""
    worlds: list[dict[str, Any]] = []
    cdp.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    main = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    # Chromium announces the worlds that exist before it answers this.
    cdp.send("Runtime.enable")
    for world in worlds:
        data = world["auxData"]
        ours = extension_id in world["origin"] and data.get("type") == "isolated"
        if ours and data.get("frameId") == main:
            return int(world["id"])
    raise LookupError(f"no content script of {extension_id} in {page.url}")


def evaluate(cdp: CDPSession, world: int, expression: str) -> Any:
    """Its value, a promise's once it is kept. RuntimeError with what it threw."""
    answer = cdp.send(
        "Runtime.evaluate",
        {
            "contextId": world,
            "expression": expression,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    if "exceptionDetails" in answer:
        raise RuntimeError(str(answer["exceptionDetails"]))
    return answer["result"].get("value")
