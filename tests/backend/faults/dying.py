"""Runs work in a forked process that is killed (SIGKILL) just before its n-th SQL statement."""

import os
import signal
from collections.abc import Callable

import psycopg

from backend.models import database
from backend.models.connection import connect
from tests.databases import kind

FINISHED = b"!"


def killed_at(statement: int, url: str, work: Callable[[], None]) -> bool:
    """Do ``work`` in a child that dies before statement number ``statement``; False when the work
    needed fewer and ended by itself."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        connect(url)
        count = 0

        def trace(_sql: object) -> None:
            nonlocal count
            count += 1
            if count == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        _trace(trace)
        try:
            work()
            os.write(tell, FINISHED)
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        finished = pipe.read() == FINISHED
    os.waitpid(child, 0)
    return not finished


def _trace(told: Callable[[object], None]) -> None:
    """Have ``told`` called before each statement of this thread's connection."""

    class Traced(psycopg.Cursor):
        def execute(self, query, *values, **options):
            told(query)
            return super().execute(query, *values, **options)

    if kind() == "sqlite":
        database.connection().set_trace_callback(told)
    else:
        database.connection().cursor_factory = Traced
