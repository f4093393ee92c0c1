"""How gunicorn serves Repline: ``gunicorn -c backend/gunicorn_conf.py``."""

import gc
import os
import resource
from typing import Any

import gevent

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
accesslog = None
# Its default path is one per user: two servers on a machine would fight over it.
control_socket_disable = True


def on_starting(server: Any) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def post_worker_init(worker: Any) -> None:
    # What is loaded stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gevent.spawn(_leave_when_told, worker)


def post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
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
    _say_goodbye(worker)


def _say_goodbye(worker: Any) -> None:
    repline = getattr(worker.app.callable, "extensions", {}).get("repline")
    if repline is not None:
        repline.hub.goodbye()
