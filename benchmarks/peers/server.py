"""What the benchmark needs of a server."""

from collections.abc import Mapping, Sequence
from typing import Protocol, Self


class Server(Protocol):
    """``with server:`` starts it afresh, with nobody connected, on the server's core.

    Reps are numbered from 0. ``texts(count)`` are ready-made HTTP requests, each of which makes
    the frame of one text go to one rep; the text is named by its place among them.
    """

    name: str

    @property
    def absent(self) -> str:
        """Why it cannot be measured on this machine; empty when it can."""
        ...

    @property
    def pid(self) -> int:
        """Of what has the sockets at :attr:`socket_port`."""
        ...

    @property
    def pids(self) -> Sequence[int]:
        """Of all that answers."""
        ...

    @property
    def beside(self) -> Mapping[str, int]:
        """What else works for it, by name: process ids."""
        ...

    @property
    def port(self) -> int:
        """Where webhooks go."""
        ...

    @property
    def ports(self) -> Sequence[int]:
        """Where webhooks may go, when as many as possible are to be answered."""
        ...

    @property
    def socket_port(self) -> int: ...

    @property
    def socket_ports(self) -> Sequence[int]:
        """Over which the sockets of one rep are spread."""
        ...

    def path(self, rep: int) -> str:
        """Where the rep's WebSocket is opened."""
        ...

    def greeting(self, rep: int) -> bytes:
        """The first message of the rep's socket, after which the server says that it is ready;
        empty where the handshake is all."""
        ...

    def texts(self, count: int, reps: int) -> Sequence[bytes]: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
