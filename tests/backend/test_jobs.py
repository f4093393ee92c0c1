"""The jobs of a process: what they hand over, and what they find that an earlier one left."""

import threading
import time

import pytest

from backend import jobs
from backend.messaging import outbound
from backend.messaging.gate import Gate
from backend.messaging.hand_over import HandOver
from backend.models import Message
from backend.ports import CarrierText
from backend.store import conversations
from backend.store.rows import now
from backend.store.writer import InlineWriter

MAYA = "+14045550187"


class Takes:
    """A carrier that takes every text and lists none."""

    def __init__(self):
        self.taken, self.taken_at = [], 0

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
        return []


@pytest.fixture
def carrier():
    return Takes()


@pytest.fixture
def started(world, carrier):
    """Start the jobs of a process; ends with the test."""
    gate = Gate(fictitious=True)
    running = []

    def start():
        told = []
        writer = InlineWriter(lambda tx: told[0](tx))
        hand_over = HandOver(writer, gate, carrier, "https://repline.example/?{}".format)
        process = jobs.Jobs(jobs.queue(""), writer, carrier, hand_over, lambda user, data: None)
        told.append(process.committed)
        running.append(process)
        process.start()

    yield start
    for process in running:
        process.stop()


@pytest.fixture
def send(world):
    person = world.person(MAYA, "Maya")
    conversation = world.writer(
        lambda tx: conversations.open_for(tx, world.team.id, world.number.id, person.id, "opened")
    )
    return lambda at=None: (
        outbound.send(
            world.writer,
            Gate(fictitious=True),
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft("ref-00000001", "Hi", at=at),
            road="pane",
        ).message.id
    )


def status_of(message, wanted):
    """The text's status once it is ``wanted``, or what it was in the end."""
    end = time.monotonic() + 10
    pause = threading.Event()
    while (status := Message.get_by_id(message).status) != wanted and time.monotonic() < end:
        pause.wait(0.02)
    return status


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


def test_what_is_far_off_is_left_to_a_later_sweep(world, send):
    send(now() + 3600_000)
    hand_over = HandOver(world.writer, Gate(fictitious=True), Takes(), "{}".format)
    process = jobs.Jobs(jobs.queue(""), world.writer, Takes(), hand_over, lambda user, data: None)
    process.committed(world.committed[-1])
    process.sweep()
    assert process.huey.scheduled_count() == process.huey.pending_count() == 0


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

    carrier = Asked()
    hand_over = HandOver(writer, Gate(fictitious=True), carrier, "{}".format)
    jobs.Jobs(jobs.queue(""), writer, carrier, hand_over, lambda user, data: None).sweep()
    assert asked
