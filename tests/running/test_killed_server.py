"""kill -9 of the running backend under traffic, again and again: what was answered is there."""

import random

import pytest

from demo.stack import Stack
from tests.running.rep import Phones, Rep, fresh_mobile, fresh_ref, sign_in
from tests.running.traffic import Traffic

KILLS = 4


@pytest.fixture
def stack(databases, tmp_path):
    url = databases.blank(tmp_path)
    with Stack(database_url=url) as running:
        yield running
    databases.drop(url)


def created(rep: Rep) -> list[tuple[int, str]]:
    """(seq, body) of every text that this socket was told of."""
    told = [frame for frame in rep.seen if frame["type"] == "message.created"]
    return [(frame["seq"], frame["message"]["body"]) for frame in told]


def test_no_answered_text_is_lost_and_no_event_missed_or_repeated(stack):
    chance = random.Random(7)
    token = sign_in(stack.backend.url)["access_token"]
    with Rep(stack.backend.url, token) as rep:
        cursor = rep.seen[0]["seq"]
    told: list[tuple[int, str]] = []
    with Traffic(stack) as traffic:
        for _ in range(KILLS):
            with Rep(stack.backend.url, token, since=cursor) as rep:
                assert rep.seen[0]["resumed"]
                for _ in range(chance.randint(3, 30)):
                    event = rep.wait("message.created")
                    told.append((event["seq"], event["message"]["body"]))
                    cursor = event["seq"]
                stack.backend.kill()
            stack.backend.start()
    with Rep(stack.backend.url, token, since=cursor) as rep:
        latest = rep.ask("conversation.list", "conversation.page", limit=1)
        last = latest["conversations"][0]["preview"]
        # Events may come before the page that was asked for, so all that was seen counts.
        while [*told, *created(rep)][-1][1] != last:
            rep.wait("message.created")
        told += created(rep)
    seqs = [seq for seq, _ in told]
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    bodies = [body for _, body in told]
    assert len(bodies) == len(set(bodies))
    assert set(traffic.answered) <= set(bodies)
    assert len(traffic.answered) > KILLS


def test_a_rep_who_sends_while_the_backend_dies_texts_once(stack):
    chance = random.Random(11)
    phones = Phones(stack)
    token = sign_in(stack.backend.url)["access_token"]
    sent: dict[str, str] = {}
    for _ in range(KILLS):
        mobile, ref = fresh_mobile(), fresh_ref()
        with Rep(stack.backend.url, token) as rep:
            conversation = rep.open(mobile)
            rep.send("message.send", ref=ref, conversation=conversation, body=f"Hello {ref}")
            if chance.random() < 0.5:
                rep.wait("message.accepted")
            stack.backend.kill()
        stack.backend.start()
        with Rep(stack.backend.url, token) as rep:
            # The worker kept the text and sends it again with the same ref.
            message = rep.text(conversation, f"Hello {ref}", ref)
            sent[mobile] = ref
            end = rep.ask("message.list", "message.page", conversation=conversation)
            held = next(each for each in end["messages"] if each["id"] == message)
            if held["status"] in ("queued", "sending"):
                rep.wait(
                    "message.updated",
                    lambda f, m=message: (
                        f["message"]["id"] == m
                        and f["message"]["status"] in ("delivered", "unknown")
                    ),
                )
    for mobile in sent:
        assert len(phones.accepted(mobile)) <= 1
