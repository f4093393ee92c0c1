"""Web and worker as processes of their own on one database; Redis only wakes them."""

import json
import re
import tempfile

import pytest
import requests

from demo.seed import ANA_NUMBER
from demo.stack import Stack
from tests.databases import look
from tests.running.redis_server import RedisServer
from tests.running.rep import Phones, Rep, fresh_mobile, fresh_ref, sign_in
from tests.running.worker import Worker
from tests.waiting import until


@pytest.fixture(scope="module")
def redis():
    with RedisServer() as server:
        yield server


@pytest.fixture(scope="module")
def stack(redis, databases, tmp_path_factory):
    place = databases.blank(tmp_path_factory.mktemp("two"))
    with Stack(redis_url=redis.url, database_url=place) as running:
        yield running
    databases.drop(place)


@pytest.fixture(scope="module", autouse=True)
def worker(stack):
    with tempfile.TemporaryFile("w+") as log:
        running = Worker(stack, log).start()
        yield running
        running.stop()
        log.seek(0)
        # Its log has the same form as the web process's.
        assert "hand_over.taken" in {json.loads(line)["event"] for line in log}


def test_the_worker_tells_what_it_has_done(stack, worker):
    mobile = fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        rep.status(rep.text(rep.open(mobile), "Counted"), "delivered")
    at = f"http://127.0.0.1:{worker.port}"
    assert requests.get(f"{at}/readyz", timeout=40).json()["ready"]
    said = requests.get(f"{at}/metrics", timeout=40).text
    taken = re.search(r'repline_hand_overs_total{outcome="taken"} (\S+)', said)
    assert taken
    assert float(taken[1]) >= 1
    assert 'repline_job_last_success_timestamp_seconds{every="minute",job="catch_up"}' in said
    web = requests.get(f"{stack.backend.url}/metrics", timeout=40).text
    assert 'repline_hand_overs_total{outcome="taken"} 0.0' in web
    assert 'repline_job_last_success_timestamp_seconds{every="minute",job="catch_up"}' in web


def test_a_text_is_handed_over_by_the_worker_and_its_status_reaches_the_socket(stack):
    phones, mobile = Phones(stack), fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        message = rep.text(rep.open(mobile), "Across processes")
        rep.status(message, "delivered")
    assert phones.received(mobile) == ["Across processes"]


def on_its_way(stack, mobile: str) -> list[str]:
    """States of the outbox's rows for this mobile, seen from a third process."""
    rows = look(
        stack.config.database_url,
        "SELECT state FROM outbox JOIN message ON message.id = outbox.message_id"
        " WHERE message.mobile = ?",
        mobile,
    )
    return [state for (state,) in rows]


def test_a_stop_at_the_web_process_waits_for_a_text_that_the_worker_is_handing_over(stack):
    phones, mobile = Phones(stack), fresh_mobile()
    phones.fault("lose_callback", mobile, times=9)
    phones.fault("timeout_after_accept", mobile, seconds=1.5)
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        conversation = rep.open(mobile)
        rep.text(conversation, "Slowly")
        assert until(lambda: phones.accepted(mobile), 15)
        assert on_its_way(stack, mobile) == ["sending"]
        phones.text(mobile, ANA_NUMBER, "STOP")
        assert on_its_way(stack, mobile) == []
        rep.send("message.send", ref=fresh_ref(), conversation=conversation, body="Still there?")
        assert rep.wait("frame.refused")["blocked"]["reason"] == "opted_out"


def test_a_worker_that_is_told_to_end_finishes_what_is_in_its_hands(stack, worker):
    phones, mobile = Phones(stack), fresh_mobile()
    phones.fault("lose_callback", mobile, times=9)
    phones.fault("timeout_after_accept", mobile, seconds=1.5)
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        rep.text(rep.open(mobile), "In its hands")
        assert until(lambda: phones.accepted(mobile), 15)
        assert on_its_way(stack, mobile) == ["sending"]
        worker.stop()
        worker.start()
    assert on_its_way(stack, mobile) == [], "nobody knows whether it has left"


def test_nothing_leaves_the_worker_once_a_wish_to_stop_was_acknowledged(stack):
    """The carrier does not know a wish in a sentence: only we keep what follows from leaving."""
    phones, mobile = Phones(stack), fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        conversation = rep.open(mobile)
        for number in range(40):
            text = f"text {number}"
            rep.send("message.send", ref=fresh_ref(), conversation=conversation, body=text)
        assert until(lambda: phones.accepted(mobile), 15)
        phones.text(mobile, ANA_NUMBER, "Please stop texting me")
        handed_over = len(phones.accepted(mobile))
        assert until(lambda: on_its_way(stack, mobile) == [], 15)
        assert len(phones.accepted(mobile)) == handed_over
        rep.send("message.send", ref=fresh_ref(), conversation=conversation, body="Sorry?")
        refused = rep.wait("frame.refused", lambda frame: frame["blocked"] is not None)
        assert refused["blocked"]["reason"] == "suspected"


def test_with_redis_gone_texts_still_arrive(stack, redis):
    phones, mobile = Phones(stack), fresh_mobile()
    with Rep(stack.backend.url, sign_in(stack.backend.url)["access_token"]) as rep:
        redis.kill()
        phones.text(mobile, ANA_NUMBER, "Without Redis")
        assert rep.wait("message.created")["message"]["body"] == "Without Redis"
        conversation = rep.seen[-1]["conversation"]["id"]
        assert rep.text(conversation, "Kept until a worker can be woken")
