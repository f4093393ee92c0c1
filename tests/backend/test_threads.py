"""Greenlets and the thread that writes the database do the same at the same time. A lock of
gevent's that they shared could keep whoever waits for it for good, and all of the process too."""

import subprocess
import sys

import pytest

CONNECTING = """
import peewee, psycopg
from contextlib import suppress
from backend.models.connection import at
opened = at(sys.argv[1])

def act(each):
    for n in range(200):
        opened.close()
        time.sleep(chance.random() / 500)
        with suppress(peewee.PeeweeException, psycopg.Error):  # the other has just closed it
            opened.execute_sql("SELECT 1").fetchone()
"""
LOGGING = """
import structlog
from backend import log
log.configure()
ours, theirs = structlog.get_logger(), logging.getLogger("somebody")

def act(each):
    for n in range(2000):
        ours.info("line", of=each, n=n)
        theirs.warning("line %s", n)
        if each != "thread":
            gevent.sleep(0)
"""
COUNTING = """
from backend import metrics

def act(each):
    for n in range(200_000):
        metrics.texts_twice.inc()
        if n % 1000 == 0 and each != "thread":
            gevent.sleep(0)
"""
TOGETHER = """
import backend.gunicorn_conf  # gunicorn reads it before its worker patches anything
from gevent import monkey; monkey.patch_all()
import gevent, logging, os, random, sys, time
from gevent.threadpool import ThreadPool
chance = random.Random(1)
{act}
thread = ThreadPool(1).spawn(act, "thread")
ended = gevent.wait([thread, gevent.spawn(act, "one"), gevent.spawn(act, "other")], timeout=40)
print("ended:", [each.successful() for each in ended], flush=True)
os._exit(0)
"""
LOCKS = """
import backend.gunicorn_conf
from gevent import monkey; monkey.patch_all()
import logging, phonenumbers
from backend import log
log.configure()
metadata = phonenumbers.PhoneMetadata._metadata_lock
for lock in (logging._lock, logging.getLogger().handlers[0].lock, metadata):
    print(type(lock).__module__)
"""


def ran(code, *arguments):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "act", [CONNECTING, LOGGING, COUNTING], ids=["connecting", "logging", "counting"]
)
def test_nobody_waits_for_a_lock_that_is_free(database_url, act):
    child = ran(TOGETHER.format(act=act), database_url)
    assert child.stdout == "ended: [True, True, True]\n", child.stderr[-2000:]


def test_locks_that_are_seldom_waited_for_are_the_systems_too():
    child = ran(LOCKS)
    assert child.stdout.split() == ["_thread"] * 3, child.stderr[-2000:]
