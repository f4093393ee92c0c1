"""How much script one load of a page runs, and how much of it is the extension's."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext

SAMPLE_US = 100


@dataclass
class Load:
    """``script_ms`` and ``task_ms`` are the renderer's own metrics, ``extension_ms`` the profile's
    samples in which the extension's code was running or had called what was, ``stretches_ms`` the
    stretches of them, one after the other: what a rep could feel."""

    extension_ms: float
    stretches_ms: list[float]
    script_ms: float
    task_ms: float

    @property
    def longest_ms(self) -> float:
        return max(self.stretches_ms, default=0)


def profiled(context: BrowserContext, url: str, origin: str, seconds: float) -> Load:
    """Load the page in a tab of its own and watch it for so long, profiled from the start."""
    page = context.new_page()
    page.bring_to_front()
    cdp = context.new_cdp_session(page)
    for command in ("Performance.enable", "Profiler.enable"):
        cdp.send(command)
    cdp.send("Profiler.setSamplingInterval", {"interval": SAMPLE_US})
    cdp.send("Profiler.start")
    page.goto(url)
    page.wait_for_timeout(seconds * 1000)
    metrics = {
        each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]
    }
    stretches = times_in(cdp.send("Profiler.stop")["profile"], origin)
    page.close()
    return Load(
        extension_ms=round(sum(stretches), 2),
        stretches_ms=[round(each, 2) for each in stretches],
        script_ms=round(metrics["ScriptDuration"] * 1000, 2),
        task_ms=round(metrics["TaskDuration"] * 1000, 2),
    )


def times_in(profile: dict[str, Any], origin: str) -> list[float]:
    """Of a CPU profile: the stretches with a frame from ``origin`` on the stack, in ms."""
    inside = _below(profile["nodes"], origin)
    stretches: list[float] = []
    stretch = 0.0
    # A delta is the time from the sample before, which that one stands for.
    spans = [*profile["timeDeltas"][1:], 0]
    for node, us in zip(profile["samples"], spans, strict=True):
        if node in inside:
            stretch += us
        elif stretch:
            stretches.append(stretch / 1000)
            stretch = 0.0
    return [*stretches, stretch / 1000] if stretch else stretches


def _below(nodes: list[dict[str, Any]], origin: str) -> set[int]:
    """Nodes of the call tree that are from ``origin``, and all that was called from them."""
    children = {node["id"]: node.get("children", []) for node in nodes}
    waiting = [node["id"] for node in nodes if node["callFrame"]["url"].startswith(origin)]
    found: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += children[node]
    return found
