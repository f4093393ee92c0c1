"""What sockets may do, and that one that does too much harms itself alone."""

import json
import statistics
import time
from contextlib import suppress
from threading import Thread

import pytest
from websockets.exceptions import ConnectionClosed

from tests.backend.hub.serving import Server, closed_with, eventually, masked, read_all


def test_each_socket_s_messages_are_answered_in_order(server: Server) -> None:
    with server.sign_in(201) as client:
        # The first take longer than the rest: in parallel the last would be first.
        sent = [{"n": n, "wait": 0.01 if n < 5 else 0} for n in range(150)]
        for frame in sent:
            client.send(json.dumps(frame))
        assert [json.loads(client.recv(5)) for _ in sent] == sent


def test_a_socket_that_is_not_read_for_a_while_loses_nothing(server: Server) -> None:
    bare = server.raw(behind=masked(b'{"user": 212}'))
    sent = [
        b'{"n": %d, "wait": %s, "x": "%s"}' % (n, b"0" if n else b"0.1", b"x" * 1000)
        for n in range(150)
    ]
    bare.sendall(b"".join(map(masked, sent)))  # then not a byte more, to wake nobody up
    answer = b""
    while len(frames := frames_in(answer)) < 1 + len(sent):
        answer += bare.recv(1 << 16)
    assert frames[1:] == sent
    bare.close()


def test_a_slow_handler_does_not_hold_up_other_sockets(server: Server) -> None:
    with server.sign_in(202) as slow, server.sign_in(203) as quick:
        slow.send('{"wait": 3}')
        begun = time.monotonic()
        for n in range(20):
            quick.send(json.dumps({"n": n}))
            quick.recv(5)
        assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x81\x01a", 1002),
        (masked(b"a", first=0x82), 1003),
        (masked(b"\xff"), 1007),
        (masked(b"\x03\xed", first=0x88), 1002),
        (b"\x81\xff" + (30_000_000).to_bytes(8, "big"), 1009),
        (b"\x81\xff" + (2**63).to_bytes(8, "big"), 1009),
    ],
)
def test_a_broken_frame_closes_the_socket_with_its_code(
    server: Server, data: bytes, code: int
) -> None:
    bare = server.raw()
    bare.sendall(data)
    assert read_all(bare)[:4][2:] == code.to_bytes(2, "big")
    bare.close()


def test_a_30_mb_message_is_refused_while_it_is_being_sent(server: Server) -> None:
    with server.sign_in(204) as client:
        with suppress(ConnectionClosed):  # here already, or only when we listen
            client.send("x" * 30_000_000)
        assert closed_with(client) == 1009


def test_strangers_may_not_send_long_messages(server: Server) -> None:
    with server.connect() as stranger:
        stranger.send("x" * 20_000)
        assert closed_with(stranger) == 1009
    with server.sign_in(205) as client:
        client.send(json.dumps({"x": "x" * 60_000}))
        assert len(client.recv(5)) > 60_000


def test_a_handler_that_fails_closes_its_socket_and_logs_no_text(server: Server) -> None:
    with server.sign_in(211) as client:
        client.send('{"fail": "what Ann wrote"}')
        assert closed_with(client) == 1011
    eventually(lambda: "ValueError at app.py" in server.log())
    assert "Ann" not in server.log()


def test_a_text_sent_just_before_the_close_is_still_handled(server: Server) -> None:
    with server.sign_in(206) as client:
        client.send('{"wait": 0.05}')
        client.send('{"last": "words"}')
    eventually(lambda: '{"last": "words"}' in server.state()["handled"].get("206", []))


def test_pings_are_answered_with_their_payload_and_closes_with_their_code(server: Server) -> None:
    bare = server.raw()
    bare.sendall(masked(b"are you there", first=0x89) + masked(b"\x0f\xa0", first=0x88))
    assert read_all(bare) == b"\x8a\x0dare you there" + b"\x88\x02\x0f\xa0"
    bare.close()


def test_a_flood_closes_its_socket_and_leaves_the_others_alone(server: Server) -> None:
    flooding = server.raw(behind=masked(b'{"user": 207}'))
    thread = Thread(target=flooding.sendall, args=(masked(b'{"n": 1}') * 50_000,))
    took = []
    with server.sign_in(208) as other:
        thread.start()
        for n in range(100):
            begun = time.monotonic()
            other.send(json.dumps({"n": n}))
            other.recv(5)
            took.append(time.monotonic() - begun)
    answer = read_all(flooding)
    thread.join(10)
    flooding.close()
    assert answer[-19:] == b"\x88\x11\x03\xf0too many frames"
    assert answer.count(b'{"n": 1}') <= 250
    assert statistics.median(took) < 0.05


def frames_in(stream: bytes) -> list[bytes]:
    """The text messages of a server's stream, which may end in the middle of one."""
    frames, at = [], 0
    while at + 2 <= len(stream):
        first, size = stream[at], stream[at + 1]
        assert first in (0x81, 0x89), "the stream is corrupt"
        at += 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size = int.from_bytes(stream[at : at + width], "big")
            at += width
        if first == 0x81 and at + size <= len(stream):
            frames.append(stream[at : at + size])
        at += size
    return frames


def test_a_slow_reader_is_dropped_and_resumes_with_an_intact_stream(server: Server) -> None:
    user, dropped = 209, server.state()["dropped"]
    slow = server.raw(small=True, behind=masked(b'{"user": %d}' % user))
    with server.sign_in(user) as quick, server.sign_in(210) as other:
        eventually(lambda: server.post("/append", user=user)["seq"] > 0)
        sent = 1
        while server.state()["dropped"] == dropped:
            begun = time.monotonic()
            sent = server.post("/append", user=user, count=20, size=20_000)["seq"]
            server.post("/append", user=210)
            assert json.loads(other.recv(5))["seq"] > 0
            assert time.monotonic() - begun < 1, "the slow reader blocks the others"
            assert sent < 3000, "the slow reader is never dropped"
            for _ in range(20):
                quick.recv(5)
        assert json.loads(quick.recv(5))["seq"] == sent
    events = [json.loads(text) for text in frames_in(read_all(slow))][1:]
    slow.close()
    seen = [event["seq"] for event in events]
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) < sent
    with server.sign_in(user, since=len(seen)) as again:
        for seq in range(len(seen) + 1, sent + 1):
            assert json.loads(again.recv(5))["seq"] == seq
