"""GET /ws: who gets a socket, and that nothing is lost or left behind when it changes hands."""

import json

import pytest
import requests
from flask import Flask
from websockets.exceptions import InvalidStatus

from backend.hub.poller import Poller
from backend.web import socket as web_socket
from tests.backend.hub.serving import Server, eventually, masked

ORIGIN = "chrome-extension://tests"
HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def ask(server: Server, path: str = "/ws", **changed: str | None) -> requests.Response:
    headers = {**HANDSHAKE, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return requests.get(f"http://127.0.0.1:{server.port}{path}", headers=headers, timeout=5)


@pytest.mark.parametrize("origin", [ORIGIN, None])
def test_the_extension_and_programs_get_a_socket(server: Server, origin: str | None) -> None:
    with server.connect(origin=origin) as client:
        client.send('{"user": 101}')
        assert json.loads(client.recv(5)) == {"ready": True}


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "", f"{ORIGIN}.evil.example", f"{ORIGIN}, {ORIGIN}"],
)
def test_pages_of_other_origins_do_not(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        server.connect(additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


def test_a_token_in_the_address_is_refused(server: Server) -> None:
    answer = ask(server, "/ws?token=secret")
    assert answer.status_code == 400
    assert "first frame" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Upgrade": None}, 426),
        ({"Upgrade": "h2c"}, 426),
        ({"Connection": "keep-alive"}, 426),
        ({"Sec_WebSocket_Version": "8"}, 426),
        ({"Sec_WebSocket_Key": None}, 426),
        ({"Content_Length": "3"}, 400),
    ],
)
def test_what_is_no_handshake_is_told_why(
    server: Server, changed: dict[str, str | None], status: int
) -> None:
    answer = ask(server, **changed)
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_other_servers_say_that_they_can_not() -> None:
    app = Flask("no gunicorn")
    web_socket.register(app, Poller(lambda socket, data: None), frozenset({ORIGIN}))
    answer = app.test_client().get("/ws", headers=HANDSHAKE)
    assert answer.status_code == 501
    assert "gunicorn" in answer.get_json()["detail"]


def test_compression_is_not_agreed_to(server: Server) -> None:
    server.raw(b"Sec-WebSocket-Extensions: permessage-deflate\r\n").close()


def test_frames_sent_in_the_handshake_s_packet_are_handled(server: Server) -> None:
    first = masked(b'{"user": 102}')
    bare = server.raw(behind=first + masked(b'{"early": 1}') + masked(b'{"early": 2}')[:5])
    bare.sendall(masked(b'{"early": 2}')[5:])
    expected = b"".join(
        bytes((0x81, len(text))) + text
        for text in (b'{"ready": true}', b'{"early": 1}', b'{"early": 2}')
    )
    answer = b""
    while len(answer) < len(expected):
        answer += bare.recv(1000)
    assert answer == expected
    bare.close()


def test_a_socket_after_http_on_the_same_connection_works(server: Server) -> None:
    # What gunicorn watched of the connection before must not come in the hub's way.
    with requests.Session() as http:
        http.get(f"http://127.0.0.1:{server.port}/state", timeout=5)
        answer = http.get(f"http://127.0.0.1:{server.port}/ws", headers=HANDSHAKE, timeout=5)
        assert answer.status_code == 101


def test_no_descriptor_is_left_when_sockets_go(server: Server) -> None:
    before = server.state()["descriptors"]
    for _ in range(20):
        with server.sign_in(103):
            pass
        server.raw().close()
    eventually(lambda: server.state()["descriptors"] <= before)
