"""Repline on several processes, as on several machines: two of web behind a load balancer, two
workers, PostgreSQL and Redis."""

from contextlib import ExitStack
from typing import Self
from urllib.parse import urlsplit

from demo.browser import Process, free_port
from demo.stack import BACKEND, ROOT, Stack
from tests.postgres import PostgresServer
from tests.running.balancer import Balancer
from tests.running.redis_server import RedisServer
from tests.running.worker import PATIENCE_S, Worker
from tests.waiting import is_ready, until


class Scaled:
    """``with Scaled() as scaled``. ``stack`` is the first web process with the simulator, ``url``
    the balancer's; ``webs`` and ``workers`` can each be stopped and started."""

    def __init__(self) -> None:
        self._ending = ExitStack()
        self.postgres = PostgresServer()
        self.redis = RedisServer()
        self._balancer = Balancer()

    def __enter__(self) -> Self:
        with ExitStack() as ending:
            ending.enter_context(self.postgres)
            ending.enter_context(self.redis)
            ending.enter_context(self._balancer)
            self.stack = ending.enter_context(
                Stack(
                    database_url=self.postgres.create("repline"),
                    redis_url=self.redis.url,
                    public_port=self._balancer.port,
                )
            )
            self.webs = [self.stack.backend]
            port = free_port()
            environment = {**self.stack.environment, "PORT": str(port)}
            self.webs.append(ending.enter_context(Process(BACKEND, env=environment, cwd=ROOT)))
            self.workers = []
            for _ in range(2):
                worker = Worker(self.stack).start()
                ending.callback(worker.stop)
                self.workers.append(worker)
            for web in self.webs:
                self._add(web)
            for worker in self.workers:
                worker.until_ready()
            self._ending = ending.pop_all()
        return self

    def restart(self, web: Process) -> None:
        """As a new version is rolled out: the old one gets no new connections and is then told to
        end, the new one gets some when it says that it is ready. Who connects at the moment in
        which a process stops listening is hung up on by the kernel: this order is the
        deployment's to keep."""
        self._balancer.to.remove(_port(web))
        web.stop()
        web.start()
        self._add(web)

    def _add(self, web: Process) -> None:
        assert until(lambda: is_ready(web.url), PATIENCE_S), web.stderr()
        self._balancer.to.append(_port(web))

    @property
    def url(self) -> str:
        return self.stack.config.public_url

    def __exit__(self, *_: object) -> None:
        self._ending.close()


def _port(web: Process) -> int:
    return urlsplit(web.url).port or 0
