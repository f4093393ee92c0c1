"""A server that is one process with its children."""

from collections.abc import Mapping, Sequence


class Single:
    pid: int
    port: int
    socket_port: int

    @property
    def pids(self) -> Sequence[int]:
        return (self.pid,)

    @property
    def ports(self) -> Sequence[int]:
        return (self.port,)

    @property
    def socket_ports(self) -> Sequence[int]:
        return (self.socket_port,)

    @property
    def beside(self) -> Mapping[str, int]:
        return {}
