"""Our server as it is scaled out: web processes and a worker around PostgreSQL and Redis."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Self

from benchmarks import machine, world
from benchmarks.peers.repline import Repline
from benchmarks.world import Rep
from demo.browser.processes import free_port
from tests.postgres import PostgresServer
from tests.running.redis_server import RedisServer
from tests.running.worker import Worker

_numbers = count(1)


class ScaledOut(Repline):
    """``webs`` of web, of which the first gets the webhooks and the last has the sockets, but where
    a measurement spreads them. One alone stays on the server's core, as the embedded one does."""

    def __init__(
        self, postgres: PostgresServer, redis: RedisServer, reps: list[Rep], webs: int
    ) -> None:
        super().__init__(reps)
        self._postgres, self._redis, self._count = postgres, redis, webs
        self.name = f"{webs} web"

    def __enter__(self) -> Self:
        with ExitStack() as ending:
            folder = ending.enter_context(TemporaryDirectory())
            name = f"bench{next(_numbers)}"
            environment = self._environment(
                self._postgres.create(name, world.TEMPLATE), self._redis.url
            )
            environment["MEDIA_DIR"] = folder
            ending.callback(self._postgres.drop, name)
            with machine.on_all_cores():
                self._worker = Worker(SimpleNamespace(environment=environment)).start()
            ending.callback(self._worker.kill)
            self._webs = []
            for _ in range(self._count):
                web = self._process({**environment, "PORT": str(free_port())})
                with machine.on_server_core() if self._count == 1 else machine.on_all_cores():
                    web.start()
                ending.callback(web.kill)
                self._webs.append(web)
            self._ending = ending.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    @property
    def pid(self) -> int:
        return self._webs[-1].pid

    @property
    def pids(self) -> Sequence[int]:
        return [web.pid for web in self._webs]

    @property
    def ports(self) -> Sequence[int]:
        return [_port(web) for web in self._webs]

    @property
    def socket_ports(self) -> Sequence[int]:
        return self.ports

    @property
    def port(self) -> int:
        return self.ports[0]

    @property
    def socket_port(self) -> int:
        return self.ports[-1]

    @property
    def beside(self) -> Mapping[str, int]:
        return {
            "PostgreSQL": self._postgres.pid,
            "Redis": self._redis.pid,
            "worker": self._worker.process.pid,
        }


def _port(web) -> int:
    return int(web.url.rsplit(":", 1)[1])


@contextmanager
def deployments(reps: int, folder: Path | None) -> Iterator[tuple[ScaledOut, ScaledOut]]:
    """One of one web process and one of two, around the same servers. PostgreSQL syncs each commit
    to the disk that ``folder`` is on."""
    with ExitStack() as ending:
        with machine.on_all_cores():
            postgres = ending.enter_context(PostgresServer(folder, durable=True))
            redis = ending.enter_context(RedisServer())
        seeded = world.seed(postgres.create(world.TEMPLATE), reps)
        yield ScaledOut(postgres, redis, seeded, 1), ScaledOut(postgres, redis, seeded, 2)
