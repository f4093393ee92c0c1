"""What one load of a page costs its thread, and how much of that is the extension's, from
Chromium's trace. A sampling profiler tells half as much again: it slows the script it looks at."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext

CATEGORIES = ["devtools.timeline", "v8.execute"]
LAYOUT = {"UpdateLayoutTree", "Layout"}

Event = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """Script of ours at a stretch. ``kind``: ``start`` (the file compiled and run), ``look`` (in an
    idle moment), ``call`` (what listens, and what Chrome hands over: messages, answers). ``ms`` is
    the thread's CPU time, what V8 compiles in it included; style and layout that the script made
    Chrome do at once are ``forced_ms`` and not in it."""

    kind: str
    ms: float
    forced_ms: float = 0


@dataclass(frozen=True)
class Load:
    """``script_ms`` and ``task_ms`` are the renderer's own metrics, ours in them."""

    spans: list[Span]
    script_ms: float
    task_ms: float

    @property
    def extension_ms(self) -> float:
        return round(sum(span.ms for span in self.spans), 2)

    @property
    def forced_ms(self) -> float:
        return round(sum(span.forced_ms for span in self.spans), 2)

    @property
    def longest_ms(self) -> float:
        return round(max((span.ms for span in self.spans), default=0), 2)

    def of(self, kind: str) -> list[float]:
        return [round(span.ms, 2) for span in self.spans if span.kind == kind]


def traced(context: BrowserContext, url: str, origin: str, seconds: float) -> Load:
    """Load the page in a tab of its own and watch it for so long, traced from the start."""
    page = context.new_page()
    page.bring_to_front()
    cdp = context.new_cdp_session(page)
    events: list[Event] = []
    ended: list[object] = []
    cdp.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    cdp.on("Tracing.tracingComplete", lambda data: ended.append(data))
    cdp.send("Performance.enable")
    config = {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}
    cdp.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    page.goto(url)
    page.wait_for_timeout(seconds * 1000)
    frame = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    metrics = {
        each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]
    }
    cdp.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    page.close()
    return Load(
        spans=spans_in(events, frame, origin),
        script_ms=round(metrics["ScriptDuration"] * 1000, 2),
        task_ms=round(metrics["TaskDuration"] * 1000, 2),
    )


def spans_in(events: list[Event], frame: str, origin: str) -> list[Span]:
    """Of a trace: the script from ``origin`` on the thread of this frame, in the order of time."""
    spans: list[Span] = []
    idle_until = until = 0.0
    for event in _on_thread(events, frame):
        begun, ended = event["ts"], event["ts"] + event["dur"]
        if event["name"] == "FireIdleCallback":
            idle_until = ended
        elif begun < until:
            if event["name"] in LAYOUT:
                forced = _ms(event)
                last = spans[-1]
                spans[-1] = Span(last.kind, last.ms - forced, last.forced_ms + forced)
        elif kind := _kind(event, origin, is_idle=begun < idle_until):
            spans.append(Span(kind, _ms(event)))
            until = ended
    return spans


def _on_thread(events: list[Event], frame: str) -> list[Event]:
    """The complete events of the frame's thread, what is around before what is inside."""
    timed = [event for event in events if event.get("ph") == "X"]
    thread = next((_thread(event) for event in timed if _frame(event) == frame), None)
    inside = (event for event in timed if _thread(event) == thread)
    return sorted(inside, key=lambda event: (event["ts"], -event["dur"]))


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]


def _frame(event: Event) -> str | None:
    found: str | None = _data(event).get("frame")
    return found


def _data(event: Event) -> dict[str, Any]:
    arguments = event.get("args", {})
    found: dict[str, Any] = arguments.get("data") or arguments.get("beginData") or {}
    return found


def _kind(event: Event, origin: str, *, is_idle: bool) -> str | None:
    """Calls without an address are Chrome's own: that is how extensions get their messages and the
    answers to promises, and pages that are measured have neither."""
    name, url = event["name"], _data(event).get("url", "")
    if name == "EvaluateScript" and url.startswith(origin):
        return "start"
    if name == "FunctionCall" and (not url or url.startswith(origin)):
        return "look" if is_idle else "call"
    return "call" if name == "RunMicrotasks" else None


def _ms(event: Event) -> float:
    """CPU time where the trace has it: other programs' share of the core is not in it."""
    us: float = event.get("tdur", event["dur"])
    return us / 1000
