"""The jobs of a process: what they hand over, and what they find that an earlier one left."""

import socket
import threading
import time

import pytest
import requests
from huey import MemoryHuey

from backend.hooks import jobs as hook_jobs
from backend.hooks import managing
from backend.hooks.delivering import Delivering
from backend.messaging import jobs, outbound
from backend.messaging.hand_over import HandOver
from backend.models import Message
from backend.ports import CarrierError, CarrierText
from backend.queue import WORKERS, Queue, in_memory
from backend.store import heartbeats, hooks
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.world import ANA_NUMBER, SECRET

MAYA = "+14045550187"


class Takes:
    """A carrier that takes every text and lists none."""

    def __init__(self):
        self.taken, self.taken_at, self.listed = [], 0, []

    def send(self, text):
        self.taken.append(text.body)
        self.taken_at = now()
        return CarrierText(
            sid=f"SM{text.message}",
            status="sent",
            sender=text.sender,
            recipient=text.recipient,
            body=text.body,
            at=now(),
        )

    def sent_since(self, since):
        return self.listed

    def media_of(self, sid):
        return []


@pytest.fixture
def carrier():
    return Takes()


@pytest.fixture
def started(world, carrier):
    """Start the jobs of a process; ends with the test."""
    running = []

    def start(more=lambda queue, writer: None):
        queue = Queue(in_memory)
        writer = InlineWriter(queue.committed)
        hand_over = HandOver(writer, carrier, "https://repline.example/?{}".format)
        jobs.tasks(queue, writer, carrier, hand_over)
        more(queue, writer)
        running.append(queue)
        queue.start()
        return queue

    yield start
    for process in running:
        process.stop()


@pytest.fixture
def send(world):
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)
    return lambda at=None: (
        outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft("ref-00000001", "Hi", at=at),
            road="pane",
        ).message.id
    )


def shown(look, wanted):
    """Whether ``look()`` comes to be ``wanted``."""
    end = time.monotonic() + 10
    pause = threading.Event()
    while not (same := look() == wanted) and time.monotonic() < end:
        pause.wait(0.02)
    return same


def status_of(message, wanted):
    """The text's status once it is ``wanted``, or what it was in the end."""
    shown(lambda: Message.get_by_id(message).status, wanted)
    return Message.get_by_id(message).status


def test_a_text_whose_wake_up_was_lost_is_found_at_the_start(send, started, carrier):
    message = send()
    started()
    assert status_of(message, "sent") == "sent"
    assert carrier.taken == ["Hi"]


def test_a_scheduled_text_leaves_within_about_a_second_of_its_time(send, started, carrier):
    """It was scheduled before the jobs began: their first sweep looks ahead."""
    at = now() + 1200
    message = send(at)
    started()
    assert status_of(message, "sent") == "sent"
    assert 0 <= carrier.taken_at - at < 2500


@pytest.mark.parametrize(
    ("words", "status", "hold"),
    [
        ("STOP", "canceled", ""),
        ("please stop texting me", "scheduled", "reply"),
        ("Yes", "scheduled", "reply"),
    ],
)
def test_what_was_answered_while_we_were_away_comes_before_what_is_due(
    world, send, started, carrier, words, status, hold
):
    message = send(now() + 60_000)
    world.writer(lambda tx: tx.execute("UPDATE outbox SET not_before = ?", (now() - 1,)))
    answer = CarrierText(
        *("SM" + "9" * 32, "received", MAYA, ANA_NUMBER, words), at=now(), inbound=True
    )
    carrier.listed = [answer]
    started()
    assert shown(lambda: (each := Message.get_by_id(message)).status + each.hold, status + hold)
    assert carrier.taken == []


def test_what_is_far_off_is_left_to_a_later_sweep(world, send):
    send(now() + 3600_000)
    queue, carrier = Queue(in_memory), Takes()
    hand_over = HandOver(world.writer, carrier, "{}".format)
    jobs.tasks(queue, world.writer, carrier, hand_over)
    queue.committed(world.committed[-1])
    queue.sweep()
    assert queue.waiting() == 0


def test_a_text_that_an_earlier_process_died_with_is_in_doubt_at_once(
    world, send, started, carrier
):
    message = send()
    world.writer(
        lambda tx: tx.execute("UPDATE outbox SET state = 'sending', claimed_at = ?", (now() - 1,))
    )
    started()
    assert status_of(message, "unknown") == "unknown"
    assert carrier.taken == []


def test_a_step_of_the_sweep_that_fails_keeps_none_of_the_others_from_their_work(world):
    asked = []

    class Asked(Takes):
        def sent_since(self, since):
            asked.append(since)
            return []

    def writer(work):
        raise OSError("the disk is full")

    queue, carrier = Queue(in_memory), Asked()
    hand_over = HandOver(writer, carrier, "{}".format)
    jobs.tasks(queue, writer, carrier, hand_over)
    queue.sweep()
    assert asked


def test_a_list_that_cannot_be_read_is_no_catching_up_and_holds_up_nothing_due(world, send):
    class Away(Takes):
        def sent_since(self, since):
            raise CarrierError("HTTP 503")

    def catch_up_with(carrier):
        queue = Queue(lambda lane: MemoryHuey(lane, immediate=True))
        jobs.tasks(queue, world.writer, carrier, HandOver(world.writer, carrier, "{}".format))
        queue.note_through(world.writer)
        queue.sweep()
        return {each.name for each in heartbeats.jobs()}

    send()
    away = Away()
    assert catch_up_with(away) == {"prune_feed"}
    assert away.taken == ["Hi"]
    assert catch_up_with(Takes()) == {"catch_up", "prune_feed"}


def test_a_hook_that_hangs_holds_up_no_text(world, send, started, carrier):
    admin = Actor(world.team.id, world.admin.id, world.admin.email)
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        url = f"http://127.0.0.1:{hanging.getsockname()[1]}/"
        hook = world.writer(
            lambda tx: managing.make(tx, admin, url, ["message.received"], local=True)
        )
        for _ in range(12):
            world.writer(
                lambda tx: hooks.add_delivery(
                    tx, world.team.id, hook, "message.received", None, "{}"
                )
            )
        secret_of = managing.Secrets(SECRET)
        queue = started(
            lambda queue, writer: hook_jobs.tasks(
                queue, writer, Delivering(writer, secret_of, requests.Session)
            )
        )
        held = [hanging.accept()[0] for _ in range(hook_jobs.AT_ONCE)]
        began = time.monotonic()
        message = send()
        queue.committed(world.committed[-1])
        assert status_of(message, "sent") == "sent"
        assert time.monotonic() - began < 2
        assert hooks.waiting() == 12
        for each in held:
            each.close()


def test_a_lane_that_is_full_of_what_is_slow_holds_up_no_text(world, send, started):
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def slow():
        begun.release()
        go_on.wait()

    queue = started(lambda queue, writer: queue.task("slow", slow))
    for _ in range(2 * WORKERS["rest"]):
        queue.wake("slow")
    assert all(begun.acquire(timeout=10) for _ in range(WORKERS["rest"]))
    message = send()
    queue.committed(world.committed[-1])
    assert status_of(message, "sent") == "sent"
    go_on.set()
