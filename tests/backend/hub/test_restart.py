"""A restart: every socket is told, nobody is cut off in the middle."""

import signal
from socket import create_connection

from tests.backend.hub.serving import Server, read_to_close


def test_every_socket_gets_a_goodbye_and_1012_at_once() -> None:
    server = Server()  # with an idle keep-alive connection, which may not hold it up
    clients = [server.sign_in(user) for user in range(1, 21)] + [server.connect()]
    preconnected = create_connection(("127.0.0.1", server.port))  # as browsers do: no request yet
    clients[0].send('{"wait": 0.5, "in": "hand"}')
    server.process.send_signal(signal.SIGTERM)
    for client in clients:
        told, code = read_to_close(client, timeout=10)
        assert code == 1012
        assert told[-1]["type"] == "session.goodbye"
        assert told[-1]["retry_ms"] > 0
        if client is clients[0]:
            assert told[0]["in"] == "hand", "what is in hand is finished first"
    preconnected.close()
    server.process.wait(5)
    assert server.process.returncode == 0
    assert "Traceback" not in server.log()
