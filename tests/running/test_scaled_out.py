"""Two web processes and two workers on PostgreSQL and Redis are one Repline."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from demo.seed import ANA_NUMBER
from tests.databases import look
from tests.running.rep import Phones, Rep, fresh_mobile

pytestmark = pytest.mark.only_on("postgresql")


@pytest.fixture
def here(scaled, token):
    with Rep(scaled.webs[0].url, token) as rep:
        yield rep


@pytest.fixture
def there(scaled, token):
    with Rep(scaled.webs[1].url, token) as rep:
        yield rep


def test_a_text_that_one_web_process_took_reaches_a_socket_on_the_other(
    scaled, traffic, here, there
):
    for sender, web in enumerate(scaled.webs):
        number = traffic.number()
        assert traffic.post(number, web.url).status_code == 200, sender
        for rep in (here, there):
            told = rep.wait("message.created")
            assert told["message"]["body"] == f"inbound {number}"


def test_who_guesses_at_two_web_processes_has_no_more_tries(scaled):
    def guess(web):
        body = {"email": "guessed@brightpath.example", "password": "guess"}
        return requests.post(f"{web.url}/api/v1/session", json=body, timeout=40)

    said = [guess(web) for web in (*scaled.webs, *scaled.webs, scaled.webs[0])]
    assert [answer.status_code for answer in said] == [401] * 5
    counted = look(scaled.stack.config.database_url, "SELECT max(tries) FROM sign_in_try")
    assert counted == [(5,)]
    # Each of them refuses before it was tried five times: waits grow, also on a slow machine.
    for web in scaled.webs:
        tries = 0
        while (refused := guess(web)).status_code != 429:
            assert (tries := tries + 1) < 3
        assert refused.json()["type"] == "urn:repline:throttled"


def test_the_same_text_posted_to_both_at_once_is_filed_once(scaled, traffic, here, there):
    number = traffic.number()
    urls = [web.url for web in (*scaled.webs, *scaled.webs)]
    with ThreadPoolExecutor(len(urls)) as posting:
        answers = list(posting.map(lambda url: traffic.post(number, url), urls))
    assert {answer.status_code for answer in answers} == {200}
    last = traffic.number()
    traffic.post(last, scaled.webs[1].url)
    here.wait("message.created", lambda frame: frame["message"]["body"] == f"inbound {last}")
    told = [f["message"]["body"] for f in here.seen if f["type"] == "message.created"]
    assert told == [f"inbound {number}", f"inbound {last}"]


def test_what_a_rep_sends_at_one_is_seen_at_the_other_up_to_its_delivery(scaled, here, there):
    phones, mobile = Phones(scaled.stack), fresh_mobile()
    message = here.text(here.open(mobile), "From the other side")
    assert there.wait("message.created")["message"]["id"] == message
    there.status(message, "delivered")
    assert phones.received(mobile) == ["From the other side"]


def test_a_ref_that_is_sent_to_both_is_one_text(scaled, here, there):
    phones, mobile = Phones(scaled.stack), fresh_mobile()
    conversation = here.open(mobile)
    first = here.text(conversation, "Once", "ref-both-processes")
    assert there.text(conversation, "Once", "ref-both-processes") == first
    there.status(first, "delivered")
    assert len(phones.accepted(mobile)) == 1


def test_a_stop_at_one_holds_at_the_other(scaled, here, there):
    phones, mobile = Phones(scaled.stack), fresh_mobile()
    conversation = here.open(mobile)
    phones.text(mobile, ANA_NUMBER, "STOP")
    for number, rep in enumerate((here, there)):
        ref = f"ref-stopped-{number}"
        rep.send("message.send", ref=ref, conversation=conversation, body="Still there?")
        assert rep.wait("frame.refused")["blocked"]["reason"] == "opted_out"
    assert phones.accepted(mobile) == []
