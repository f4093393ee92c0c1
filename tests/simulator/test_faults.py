"""Each fault does what it says, as often as it says, and the ledger tells what was accepted."""

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.simulator.elsewhere import MAYA, OURS


@pytest.fixture
def send(twilio, backend):
    def send(body="Hi", to=MAYA):
        return twilio.messages.create(
            to=to, from_=OURS, body=body, status_callback=f"{backend.url}/status"
        )

    return send


@pytest.fixture
def accepted(simulator):
    def accepted():
        with simulator.state.look() as books:
            return [message.body for message in books.ledger]

    return accepted


def test_too_many_requests_accepts_nothing_and_then_is_over(simulator, send, accepted):
    simulator.fault("http_429", times=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as caught:
            send()
        assert (caught.value.status, caught.value.code) == (429, 20429)
    assert accepted() == []
    assert send("third").status == "queued"
    assert accepted() == ["third"]


def test_a_5xx_before_accepting_accepts_nothing(simulator, send, accepted):
    simulator.fault("http_5xx_before")
    with pytest.raises(TwilioRestException) as caught:
        send()
    assert caught.value.status == 503
    assert accepted() == []


def test_a_5xx_after_accepting_looks_the_same_but_the_phone_gets_the_text(
    simulator, send, accepted, inbox
):
    simulator.fault("http_5xx_after_accept", http_status=500)
    with pytest.raises(TwilioRestException) as caught:
        send()
    assert caught.value.status == 500
    assert accepted() == ["Hi"]
    assert simulator.settle()
    assert len(inbox(MAYA)) == 1


@pytest.mark.parametrize("kind", ["drop_after_accept", "truncate_after_accept"])
def test_an_answer_that_breaks_off_leaves_an_accepted_text(
    simulator, send, accepted, backend, kind
):
    simulator.fault(kind)
    with pytest.raises(requests.RequestException):
        send()
    assert accepted() == ["Hi"]
    assert backend.wait_for(lambda _: "delivered" in backend.statuses())


def test_an_answer_that_does_not_come_leaves_an_accepted_text(simulator, twilio, accepted):
    simulator.fault("timeout_after_accept", seconds=30)
    twilio.http_client.timeout = 0.2
    with pytest.raises(requests.ReadTimeout):
        twilio.messages.create(to=MAYA, from_=OURS, body="Hi")
    assert accepted() == ["Hi"]


def test_a_lost_callback_leaves_the_others(simulator, send, backend):
    simulator.fault("lose_callback", status="sent")
    send()
    assert simulator.settle()
    assert backend.statuses() == ["sending", "delivered"]


def test_a_delayed_callback_is_overtaken(simulator, send, backend):
    simulator.fault("delay_callback", status="sending", seconds=1)
    send()
    assert simulator.settle()
    assert backend.statuses() == ["sent", "delivered", "sending"]


def test_a_duplicated_callback_comes_twice_with_the_same_token(simulator, send, backend):
    simulator.fault("duplicate_callback", status="delivered")
    send()
    assert simulator.settle()
    assert backend.statuses() == ["sending", "sent", "delivered", "delivered"]
    once, twice = backend.seen[-2:]
    assert once == twice


def test_reordered_callbacks_come_last_first(simulator, send, backend):
    simulator.fault("reorder_callbacks")
    send()
    assert simulator.settle()
    assert backend.statuses() == ["delivered", "sent", "sending"]


def test_the_callback_can_be_there_before_the_answer(simulator, send, backend):
    simulator.fault("callback_first", status="delivered")
    made = send()
    assert backend.statuses()[-1] == "delivered"
    assert backend.seen[-1].form["MessageSid"] == made.sid
    assert made.status == "queued"


def test_a_text_can_be_made_undeliverable(simulator, send, backend):
    simulator.fault("undelivered", code=30003)
    send()
    assert simulator.settle()
    assert backend.statuses()[-1] == "undelivered"
    assert backend.seen[-1].form["ErrorCode"] == "30003"


def test_a_refusal_with_any_code_can_be_ordered(simulator, refused):
    simulator.fault("refuse", code=21610)
    assert refused().code == 21610


def test_a_fault_for_one_recipient_leaves_the_others_alone(simulator, send):
    simulator.fault("http_429", to="+14045550111")
    assert send().status == "queued"
    with pytest.raises(TwilioRestException):
        send(to="+14045550111")


def test_the_list_can_fail_too(simulator, twilio):
    simulator.fault("http_5xx_before", on="list")
    twilio.messages.create(to=MAYA, from_=OURS, body="Hi")
    # The library has no code for a list that fails, only the answer.
    with pytest.raises(TwilioException, match="503"):
        twilio.messages.list()
    assert len(twilio.messages.list()) == 1


def test_a_lost_inbound_text_is_only_in_the_list(simulator, text, backend, twilio):
    simulator.fault("lose_inbound")
    said = text(MAYA, "Anybody there?")
    assert (said["delivered"], said["status"]) == (False, None)
    assert backend.seen == []
    assert [m.sid for m in twilio.messages.list(to=OURS)] == [said["sid"]]


def test_a_duplicated_inbound_text_comes_twice_with_the_same_sid_and_token(
    simulator, text, backend
):
    simulator.fault("duplicate_inbound")
    text(MAYA, "Hello")
    once, twice = backend.seen
    assert once == twice


def test_faults_are_armed_listed_and_cleared_over_http(simulator):
    url = f"{simulator.url}/simulator/faults"
    assert requests.post(url, json={"kind": "http_429", "times": 3}, timeout=5).status_code == 201
    more = [{"kind": "lose_inbound", "from": MAYA}, {"kind": "undelivered", "code": 30007}]
    armed = requests.post(url, json=more, timeout=5).json()["faults"]
    assert [f["kind"] for f in armed] == ["http_429", "lose_inbound", "undelivered"]
    assert requests.delete(url, timeout=5).json() == {"faults": []}


@pytest.mark.parametrize(
    "wrong",
    [
        '{"kind": "earthquake"}',
        '{"kind": "http_429", "times": 0}',
        '{"kind"',
        "[1]",
        "null",
        '{"kind": "http_429", "tmies": 2}',
        '{"kind": "http_5xx_before", "http_status": 200}',
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_with_a_reason(simulator, wrong):
    url = f"{simulator.url}/simulator/faults"
    answer = requests.post(url, data=wrong, headers={"Content-Type": "application/json"}, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("not what is expected here")
    assert requests.get(url, timeout=5).json() == {"faults": []}
