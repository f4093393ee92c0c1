"""Every event once and in order, whatever happened on the way: against a real server."""

import json

from websockets.sync.client import ClientConnection

from tests.backend.hub.serving import Server


def seqs(client: ClientConnection, count: int) -> list[int]:
    return [json.loads(client.recv(5))["seq"] for _ in range(count)]


def test_events_reach_every_socket_of_the_user_and_nobody_else(server: Server) -> None:
    with server.sign_in(401) as one, server.sign_in(401) as two, server.sign_in(402) as other:
        server.post("/append", user=401, count=3)
        assert seqs(one, 3) == seqs(two, 3) == [1, 2, 3]
        server.post("/append", user=402)
        assert seqs(other, 1) == [1]


def test_a_reconnect_neither_misses_nor_repeats(server: Server) -> None:
    server.post("/append", user=403, count=250)
    with server.sign_in(403, since=120) as client:
        server.post("/append", user=403, count=5)
        assert seqs(client, 135) == list(range(121, 256))


def test_a_gap_is_filled_from_the_feed_before_what_follows(server: Server) -> None:
    with server.sign_in(404) as client:
        server.post("/append", user=404, count=4, publish=False)
        server.post("/append", user=404)
        assert seqs(client, 5) == [1, 2, 3, 4, 5]


def test_an_event_published_twice_is_written_once(server: Server) -> None:
    with server.sign_in(405) as client:
        server.post("/append", user=405, count=2)
        server.post("/publish-again", user=405, seq=1)
        server.post("/publish-again", user=405, seq=2)
        server.post("/append", user=405)
        assert seqs(client, 3) == [1, 2, 3]


def test_what_another_process_wrote_without_a_wake_up_is_found(server: Server) -> None:
    with server.sign_in(406) as client:
        server.post("/append", user=406, count=2, publish=False)
        assert seqs(client, 2) == [1, 2]


def test_who_was_away_too_long_is_told_to_begin_anew(server: Server) -> None:
    with server.sign_in(407, since=99) as client:
        assert json.loads(client.recv(5)) == {"reset": True}
        server.post("/append", user=407)
        assert seqs(client, 1) == [1]


def test_a_long_replay_waits_for_a_slow_line_instead_of_dropping_it(server: Server) -> None:
    server.post("/append", user=408, count=400, size=20_000, publish=False)
    dropped = server.state()["dropped"]
    with server.sign_in(408, since=0) as client:
        assert seqs(client, 400) == list(range(1, 401))
    assert server.state()["dropped"] == dropped
