from benchmarks.arrivals import Arrivals, percentile
from benchmarks.sockets import split
from benchmarks.traces import Span, spans_in


def test_frames_that_arrive_in_pieces_are_put_together():
    stream = bytes((0x81, 2)) + b"ab" + bytes((0x81, 126, 0, 200)) + b"c" * 200 + bytes((0x89, 0))
    buffer, frames = bytearray(), []
    for byte in stream:
        buffer.append(byte)
        frames += split(buffer)
    assert frames == [(0x81, b"ab"), (0x81, b"c" * 200), (0x89, b"")]


def test_a_text_that_comes_twice_counts_once():
    arrivals = Arrivals()
    arrivals.heard(1, b'{"body":"T=7; x","preview":"T=7; x"}', 5)
    arrivals.heard(1, b'{"body":"T=7; x"}', 9)
    arrivals.heard(1, b'{"type":"session.pong"}', 9)
    assert arrivals.at == {7: 5}
    assert arrivals.repeated == 1


def test_percentiles_of_few_values_are_values():
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([3, 1, 2], 0.99) == 3
    assert percentile([], 0.5) is None


def test_script_of_the_extension_is_what_it_runs_and_not_the_layout_it_forces():
    def event(name, ts, dur, cpu, url=None, thread=1, **data):
        data |= {} if url is None else {"url": url}
        times = {"ts": ts, "dur": dur, "tdur": cpu, "pid": 1, "tid": thread, "ph": "X"}
        return {"name": name, "args": {"data": data}, **times}

    ours = "chrome-extension://abc"
    events = [
        event("FunctionCall", 4000, 50, 50, f"{ours}/content.js", thread=2),  # another tab's
        event("EvaluateScript", 0, 90, 80, "https://crm.example/app.js", frame="F"),
        event("EvaluateScript", 100, 3000, 2000, f"{ours}/content.js", frame="F"),
        event("v8.compile", 110, 1000, 900, f"{ours}/content.js"),
        event("FunctionCall", 5000, 100, 90, "https://crm.example/app.js"),
        event("FireIdleCallback", 6000, 9000, 7000),
        event("FunctionCall", 6100, 8000, 6000, f"{ours}/content.js"),
        event("Layout", 6200, 2000, 1500),
        event("FunctionCall", 20_000, 700, 500, ""),
        event("RunMicrotasks", 20_100, 300, 200),
        event("Layout", 30_000, 9000, 9000),
    ]
    assert spans_in(events, "F", ours) == [
        Span("start", 2),
        Span("look", 4.5, forced_ms=1.5),
        Span("call", 0.5),
    ]
