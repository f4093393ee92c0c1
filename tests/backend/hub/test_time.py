"""What time does to sockets: silence, sign-ins that do not come, sessions that end."""

import time

from tests.backend.hub.serving import Server, closed_with, eventually, masked, read_all


def test_silent_peers_are_dropped_and_those_who_answer_stay(hasty: Server) -> None:
    silent = hasty.raw(behind=masked(b'{"user": 301}'))
    with hasty.sign_in(302) as answering:
        begun = time.monotonic()
        seen = read_all(silent)
        assert 0.4 < time.monotonic() - begun < 3
        assert seen.count(b"\x89\x00") in (1, 2)
        answering.send('{"still": "here"}')
        assert answering.recv(5) == '{"still": "here"}'
    silent.close()


def test_who_does_not_sign_in_is_closed_with_4408(hasty: Server) -> None:
    with hasty.connect() as stranger:
        assert closed_with(stranger) == 4408


def test_a_session_that_ends_closes_its_socket_with_4401_within_two_seconds(
    hasty: Server,
) -> None:
    begun = time.monotonic()
    with hasty.sign_in(303, lives_ms=200) as ending, hasty.sign_in(304, lives_ms=60_000) as going:
        assert closed_with(ending) == 4401
        assert 0.2 <= time.monotonic() - begun < 2.2
        going.send('{"still": "here"}')
        assert going.recv(5) == '{"still": "here"}'


def test_signing_out_closes_the_session_s_sockets_only(hasty: Server) -> None:
    with hasty.sign_in(305, session=1) as out, hasty.sign_in(305, session=2) as other:
        hasty.post("/close", session=1)
        assert closed_with(out) == 4401
        other.send('{"still": "here"}')
        assert other.recv(5) == '{"still": "here"}'
        hasty.post("/close", user=305)
        assert closed_with(other) == 4401


def test_too_many_sockets_are_sent_away(hasty: Server) -> None:
    eventually(lambda: hasty.state()["open"] == 0)
    held = [hasty.sign_in(310 + n) for n in range(20)]
    assert closed_with(hasty.connect()) == 1013
    held[0].send('{"still": "here"}')
    assert held[0].recv(5) == '{"still": "here"}'
    for client in held:
        client.close()
