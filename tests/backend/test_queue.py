"""Tasks that take turns, and those of each minute."""

import threading

import pytest
from huey import MemoryHuey
from redis import RedisError

from backend import metrics
from backend.queue import AHEAD_MS, Queue, in_memory, through_redis
from backend.store import heartbeats
from backend.store.rows import now
from backend.store.writer import InlineWriter, Transaction
from tests.running.redis_server import RedisServer

PATIENCE_S = 10


@pytest.fixture
def queue():
    made = Queue(in_memory)
    yield made
    made.stop()


class Rows:
    """A table whose rows wait; working on one waits for ``go_on``."""

    def __init__(self, count):
        self.waiting, self.lock = list(range(count)), threading.Lock()
        self.at_work, self.most, self.done = 0, 0, []
        self.began, self.ended = threading.Semaphore(0), threading.Semaphore(0)
        self.go_on = threading.Event()

    def due(self, limit):
        with self.lock:
            return self.waiting[:limit]

    def do(self, row):
        with self.lock:
            if row not in self.waiting:
                return
            self.waiting.remove(row)
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        self.began.release()
        self.go_on.wait(PATIENCE_S)
        with self.lock:
            self.at_work -= 1
            self.done.append(row)
        self.ended.release()


def test_rows_take_turns_and_all_have_theirs_within_a_minute(queue):
    rows = Rows(40)
    queue.in_turns("turn", rows.do, rows.due, at_once=3)
    queue.start()
    for row in range(40):
        queue.wake("turn", row)
    assert all(rows.began.acquire(timeout=PATIENCE_S) for _ in range(3))
    rows.go_on.set()
    assert all(rows.ended.acquire(timeout=PATIENCE_S) for _ in range(40))
    assert sorted(rows.done) == list(range(40))
    assert rows.most == 3


def test_a_backlog_does_not_grow_in_the_queue_with_each_minute(queue):
    rows = Rows(500)
    queue.in_turns("turn", rows.do, rows.due, at_once=3)
    for _ in range(10):
        queue.sweep()
    assert queue.waiting() <= 30


def test_a_turn_that_fails_leaves_its_place_to_others():
    queue, asked = Queue(lambda lane: MemoryHuey(lane, immediate=True)), []

    def fail(row):
        asked.append(row)
        raise OSError

    queue.in_turns("turn", fail, lambda limit: [], at_once=1)
    queue.wake("turn", 1)
    queue.wake("turn", 2)
    assert asked == [1, 2]


def test_what_lasts_longer_than_a_minute_is_not_begun_a_second_time(queue):
    began, go_on = [], threading.Event()

    def last():
        began.append(1)
        go_on.wait(PATIENCE_S)

    queue.each_minute("last", last)
    first = threading.Thread(target=queue.sweep)
    first.start()
    while not began:
        threading.Event().wait(0.001)
    queue.sweep()
    go_on.set()
    first.join()
    assert began == [1]


def test_a_step_that_fails_keeps_none_of_the_others_from_their_work(queue):
    asked = []

    def fail():
        raise OSError("the disk is full")

    queue.each_minute("fail", fail)
    queue.each_minute("ask", lambda: asked.append(1), lane="texts")
    queue.sweep()
    assert asked == [1]


def test_what_waits_for_long_is_left_to_the_tables(queue):
    queue.task("look", lambda: None)
    tx = Transaction()
    tx.wake("look", wait=AHEAD_MS + 1)
    queue.committed(tx)
    assert queue.waiting() == 0
    tx.wake("look", wait=AHEAD_MS)
    queue.committed(tx)
    assert queue.waiting() == 1


def test_it_is_kept_when_a_job_was_last_done_and_a_failing_one_is_counted(database, queue):
    def fail():
        raise OSError

    failed = metrics.jobs_failed._value.get()
    writer = InlineWriter(lambda tx: None)
    writer(lambda tx: heartbeats.job_done(tx, "of_an_older_release", "day"))
    writer(lambda tx: heartbeats.beat(tx, "reconcile"))
    queue.each_minute("good", lambda: None)
    queue.each_minute("bad", fail)
    queue.note_through(writer)
    queue.sweep()
    (job,) = heartbeats.jobs()
    assert (job.name, job.every) == ("good", "minute")
    assert now() - job.at < 60_000
    assert heartbeats.last("reconcile")
    assert metrics.jobs_failed._value.get() == failed + 1


def test_who_finds_redis_again_after_it_hung_is_told_once():
    """It took no word and hung up on nobody: only the time tells."""
    found = []
    with RedisServer() as redis:
        storage = through_redis(f"{redis.url}?socket_timeout=1.5")("texts").storage
        storage.found_again = lambda: found.append("again")
        assert storage.dequeue() is None
        redis.pause()
        assert storage.dequeue() is None
        assert found == []
        redis.resume()
        for _ in range(2):
            assert storage.dequeue() is None
    assert found == ["again"]


def test_who_finds_redis_again_is_told_once():
    """What could not be said meanwhile is in the tables."""
    found = []
    with RedisServer() as redis:
        storage = through_redis(redis.url)("texts").storage
        storage.found_again = lambda: found.append("again")
        assert storage.dequeue() is None
        redis.kill()
        with pytest.raises(RedisError):
            storage.dequeue()
        assert found == []
        redis.start()
        for _ in range(2):
            assert storage.dequeue() is None
    assert found == ["again"]
