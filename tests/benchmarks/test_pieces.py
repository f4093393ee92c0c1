from benchmarks.arrivals import Arrivals, percentile
from benchmarks.profiles import times_in
from benchmarks.sockets import split


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


def test_times_in_the_extension_includes_what_it_called_and_nothing_else():
    def node(id, url, *children):
        return {"id": id, "callFrame": {"url": url}, "children": list(children)}

    profile = {
        "nodes": [
            node(1, "", 2, 4),
            node(2, "chrome-extension://abc/content.js", 3),
            node(3, ""),  # the browser's own, called by the extension
            node(4, "http://crm.example/app.js"),
        ],
        "samples": [1, 2, 3, 4, 2, 1],
        "timeDeltas": [9000, 100, 200, 300, 400, 500],
    }
    # Each sample lasts until the next: 2 for 200, 3 for 300, then 2 again for 500.
    assert times_in(profile, "chrome-extension://abc") == [0.5, 0.5]
