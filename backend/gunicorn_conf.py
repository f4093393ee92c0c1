"""How gunicorn serves Repline: ``gunicorn -c backend/gunicorn_conf.py``."""

import gc
import json
import os
import resource
from typing import Any
from weakref import WeakSet

import gevent

# Here, so that theirs are the system's locks and not gevent's: see backend/log.py.
import phonenumbers  # noqa: F401
import prometheus_client  # noqa: F401
from gunicorn.glogging import Logger

from backend import log
from backend.hub import kernel

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gevent"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
# A pool of 1000 is the default; the handshakes of a restart all come at once.
worker_connections = 30_000
backlog = 4096
keepalive = 75  # longer than a load balancer's 60, or it writes to a connection that we closed
graceful_timeout = 10
# A socket counts as a request: a limit would restart the worker and drop everyone at once.
max_requests = 0
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
accesslog = errorlog = None
# Its default path is one per user: two servers on a machine would fight over it.
control_socket_disable = True


class _Logger(Logger):
    """What gunicorn has to say goes where our own entries go, and in their form."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        log.configure()
        self.error_log.propagate = True


logger_class = _Logger

# Keep-alive connections between two requests.
_idle: WeakSet[Any] = WeakSet()


def on_starting(server: Any) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def post_worker_init(worker: Any) -> None:
    # What is loaded stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    # The default looks at all that is young after every few texts, and hardly finds a cycle.
    gc.set_threshold(20_000, 20, 20)
    gevent.spawn(_leave_when_told, worker)


def pre_request(worker: Any, request: Any) -> None:
    _idle.discard(request.unreader.sock)


def post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
    connection = environ.get("gunicorn.socket")
    if connection is not None and connection.fileno() >= 0:  # a WebSocket's has been taken out
        _idle.add(connection)
        if not worker.alive:
            _hang_up(connection)
    # A busy keep-alive connection never waits for its next request, and would starve the loop.
    gevent.sleep(0)


def worker_exit(server: Any, worker: Any) -> None:
    # Called in the arbiter too, for a worker that it finds dead: its sockets are gone.
    if worker.pid == os.getpid():
        _say_goodbye(worker)


def _leave_when_told(worker: Any) -> None:
    # worker_exit alone is too late: one idle keep-alive connection holds the worker for the whole
    # graceful_timeout, and then the arbiter kills it with every socket still open.
    while worker.alive:
        gevent.sleep(0.1)
    for connection in list(_idle):
        _hang_up(connection)
    _say_goodbye(worker)


def _hang_up(connection: Any) -> None:
    if connection.fileno() >= 0:
        kernel.hang_up(connection.fileno())


def _say_goodbye(worker: Any) -> None:
    repline = getattr(worker.app.callable, "extensions", {}).get("repline")
    if repline is not None:
        repline.hub.goodbye()


def when_ready(server: Any) -> None:
    # Whoever started this process with port 0 learns here where it listens.
    print(json.dumps({"url": str(server.LISTENERS[0])}), flush=True)  # noqa: T201
