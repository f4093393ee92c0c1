"""What stands in front of several web processes: a load balancer that knows connections alone."""

import asyncio
import socket
import threading
from collections.abc import Iterable
from itertools import count
from typing import Self

CHUNK = 64 * 1024


class Balancer:
    """``with Balancer() as front: front.to = [port, …]``. Each connection goes to the next process
    in turn, and where nobody listens to the one after that. It never sends anything twice: what a
    process took and did not answer is lost."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = int(self._listener.getsockname()[1])
        self.to: list[int] = []
        self._turns = count()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="balancer")

    def _run(self) -> None:
        self._loop.run_until_complete(asyncio.start_server(self._serve, sock=self._listener))
        self._loop.run_forever()
        held = asyncio.all_tasks(self._loop)
        for each in held:
            each.cancel()
        self._loop.run_until_complete(_ended(held))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to, first = list(self.to), next(self._turns)
        for each in range(len(to)):
            port = to[(first + each) % len(to)]
            try:
                answers, there = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            try:
                await asyncio.gather(_pass(reader, there), _pass(answers, writer))
            except OSError:
                # One of them has hung up without a word: the other one hears the same.
                writer.transport.abort()
            finally:
                there.close()
            break
        writer.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._listener.close()


async def _ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(CHUNK):
        writer.write(data)
        await writer.drain()
    writer.write_eof()
