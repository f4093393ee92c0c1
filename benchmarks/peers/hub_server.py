"""The plain hub's process: ``POST /publish/REP`` goes to the sockets at ``/ws/REP``. It checks
nothing, keeps nothing and resumes nothing. Says its ports in one JSON line."""

import asyncio
import gc
import json
import resource

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

ANSWER = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
sockets: dict[str, set[ServerConnection]] = {}


async def subscribe(connection: ServerConnection) -> None:
    assert connection.request
    rep = connection.request.path.rpartition("/")[2]
    sockets.setdefault(rep, set()).add(connection)
    try:
        await connection.wait_closed()
    finally:
        sockets[rep].discard(connection)


class Publisher(asyncio.Protocol):
    """As much HTTP as a publisher on this machine needs: websockets itself takes GET alone."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, content = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(content) < length:
            return
        self._received = content[length:]
        rep = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        broadcast(sockets.get(rep, ()), content[:length].decode())
        self._transport.write(ANSWER)  # type: ignore[attr-defined]


async def main() -> None:
    loop = asyncio.get_running_loop()
    web = await loop.create_server(Publisher, "127.0.0.1", 0)
    hub = await serve(subscribe, "127.0.0.1", 0, compression=None, ping_interval=25, backlog=4096)
    ports = {
        "port": web.sockets[0].getsockname()[1],
        "socket_port": next(iter(hub.sockets)).getsockname()[1],
    }
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.freeze()
    uvloop.run(main())
