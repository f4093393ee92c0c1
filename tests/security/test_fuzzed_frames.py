"""Frames of every type, bent in every place: answered or refused, and the hub lives on."""

import json
import random

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from demo.seed import ANA, BEN
from shared import wire
from tests.running.rep import Rep, sign_in
from tests.security.frames import frames, golden, socket_of

KINDS = st.sampled_from(wire.CLIENT_FRAMES)
ODD = st.one_of(
    st.sampled_from([None, True, -1, 0, 1, 2**53, 2**53 - 1, 2**63, 10**400, 1e308, float("nan")]),
    st.sampled_from(["", "\x00", "\ud800", "\u202e", "' OR 1=1 --", "{{7*7}}", "<script>", "%s%n"]),
    st.sampled_from(["a" * 5000, "🙌" * 1601, "+1" + "4" * 60, "null", "__proto__", "../../etc"]),
    st.integers(min_value=1, max_value=8),
    st.text(max_size=40),
    st.lists(st.integers(), max_size=12),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)
QUICK = settings(
    max_examples=120,
    phases=[Phase.generate, Phase.shrink],
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
REASONS = {"malformed", "unknown_type", "version", "not_found", "conflict", "gate", "forbidden"}


@st.composite
def bent(draw) -> bytes:
    """A golden frame with some of its fields, also inner ones, changed, gone or added."""
    kind = draw(KINDS)
    frame = golden(kind)
    for _ in range(draw(st.integers(1, 3))):
        at = frame
        inner = [name for name, value in frame.items() if isinstance(value, dict)]
        if inner and draw(st.booleans()):
            at = frame[draw(st.sampled_from(inner))]
        known = [name for name in at if name != "type"] or ["new"]
        name = draw(st.sampled_from([*known, "new", "__proto__"]))
        if draw(st.booleans()):
            at[name] = draw(ODD)
        else:
            at.pop(name, None)
    return json.dumps(frame).encode("utf-8", "surrogatepass")


# Every row of every table, 240 times: 10,000 round trips to a server.
@pytest.mark.timeout(400)
@QUICK
@given(data=st.one_of(bent(), bent().map(lambda data: data[: len(data) // 2])))
def test_any_frame_is_answered_or_refused_and_leaves_another_teams_rows_alone(
    api_, ours, stranger, data
):
    """Many of its ids are our team's, for she starts with the smallest."""
    before, socket = ours.state(), socket_of(stranger)
    frames(api_.world, api_.sessions.read).receive(socket, data)
    for answer in socket.sent:
        if answer["type"] == "frame.refused":
            assert answer["reason"] in REASONS, answer
        assert "Pat Doe" not in json.dumps(answer)
    assert ours.state() == before


@pytest.mark.parametrize("seed", range(3))
def test_a_socket_that_sends_nothing_else_holds_up_nobody(url, seed):
    """Over the network, with a frame of each type bent by chance; the hub counts no failure."""
    chance = random.Random(seed)
    with (
        Rep(url, sign_in(url, ANA)["access_token"]) as hostile,
        Rep(url, sign_in(url, BEN)["access_token"]) as quiet,
    ):
        try:
            for kind in wire.CLIENT_FRAMES:
                frame = golden(kind)
                name = chance.choice([each for each in frame if each != "type"])
                frame[name] = chance.choice([None, -1, 2**64, [], {}, "\x00", "x" * 9000])
                data = json.dumps(frame)
                hostile.socket.send(data[: chance.choice([len(data), len(data) // 2])])
            hostile.send("session.ping")
            hostile.wait("session.pong")
        except ConnectionClosed as closed:
            # A bad token in session.start or session.renew is the one end that there is.
            assert closed.rcvd is not None
            assert closed.rcvd.code == 4401
        quiet.send("session.ping")
        quiet.wait("session.pong")
    assert counted(url, "refused") > 0
    assert counted(url, "failed") == 0


def counted(url: str, result: str) -> float:
    """How many frames the server says had this end."""
    lines = requests.get(f"{url}/metrics", timeout=10).text.splitlines()
    mark = f'repline_frames_total{{result="{result}"}}'
    return sum(float(line.split()[-1]) for line in lines if line.startswith(mark))
