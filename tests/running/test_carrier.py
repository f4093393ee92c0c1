"""The real twilio library over HTTP to the simulator: whatever goes wrong, one text at most."""

import pytest

from backend.carrier.twilio import TwilioCarrier
from backend.messaging.status import CARRIER, RANK
from backend.ports import NotTaken, Rejected, Text, Uncertain
from demo.browser import free_port
from demo.seed import ANA_NUMBER
from tests.running.rep import fresh_mobile

AFTER_ACCEPT = ["http_5xx_after_accept", "drop_after_accept", "truncate_after_accept"]


def test_a_text_is_delivered_and_its_statuses_move_forward(rep, phones):
    mobile = fresh_mobile()
    message = rep.text(rep.open(mobile), "Hello there")
    rep.status(message, "delivered")
    ranks = [RANK[status] for status in rep.statuses(message)]
    assert ranks == sorted(ranks)
    assert phones.received(mobile) == ["Hello there"]


@pytest.mark.parametrize("fault", AFTER_ACCEPT)
def test_an_answer_lost_after_accept_is_settled_by_the_callback_and_sent_once(rep, phones, fault):
    mobile = fresh_mobile()
    phones.fault(fault, mobile)
    message = rep.text(rep.open(mobile))
    rep.status(message, "delivered")
    assert len(phones.accepted(mobile)) == 1


def test_an_answer_lost_before_accept_leaves_it_unknown_and_is_not_sent_again(rep, phones):
    mobile = fresh_mobile()
    phones.fault("http_5xx_before", mobile)
    message = rep.text(rep.open(mobile))
    told = rep.status(message, "unknown")
    assert "May not have been sent" in told["error"]
    assert phones.accepted(mobile) == []


def test_too_many_requests_is_tried_again_and_sent_once(rep, phones):
    mobile = fresh_mobile()
    phones.fault("http_429", mobile)
    message = rep.text(rep.open(mobile))
    rep.status(message, "delivered")
    assert len(phones.accepted(mobile)) == 1


def test_a_callback_before_the_answer_attaches_and_stays(rep, phones):
    mobile = fresh_mobile()
    phones.fault("callback_first", mobile)
    message = rep.text(rep.open(mobile))
    rep.status(message, "delivered")
    ranks = [RANK[status] for status in rep.statuses(message)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("fault", ["duplicate_callback", "reorder_callbacks"])
def test_callbacks_twice_or_in_the_wrong_order_never_step_back(rep, phones, fault):
    mobile = fresh_mobile()
    phones.fault(fault, mobile, times=2)
    message = rep.text(rep.open(mobile))
    rep.status(message, "delivered")
    ranks = [RANK[status] for status in rep.statuses(message)]
    assert ranks == sorted(set(ranks))


def test_what_the_carrier_could_not_deliver_says_why(rep, phones):
    mobile = fresh_mobile()
    phones.fault("undelivered", mobile, code=30007)
    message = rep.text(rep.open(mobile))
    assert "spam" in rep.status(message, "undelivered")["error"]


def test_a_person_who_sent_stop_can_not_be_texted_until_start(rep, phones):
    mobile = fresh_mobile()
    conversation = rep.open(mobile)
    phones.text(mobile, ANA_NUMBER, "Stop")
    told = rep.wait("message.created")
    assert told["conversation"]["blocked"]["reason"] == "opted_out"
    rep.send("message.send", ref="ref-after-stop", conversation=conversation, body="Still there?")
    assert rep.wait("frame.refused")["blocked"]["reason"] == "opted_out"
    phones.text(mobile, ANA_NUMBER, "START")
    rep.status(rep.text(conversation, "Welcome back"), "delivered")


@pytest.fixture
def carrier(stack):
    config = stack.config
    return TwilioCarrier(
        config.twilio_account_sid, config.twilio_auth_token, stack.simulator.url, CARRIER
    )


def a_text(recipient="+14045550187", sender=ANA_NUMBER, body="Hi"):
    callback = "http://127.0.0.1:9/twilio/messages/status?message=1"
    return Text(message=1, sender=sender, recipient=recipient, body=body, callback=callback)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (a_text(recipient="+15005550001"), 21211),
        (a_text(recipient="+15005550004"), 21610),
        (a_text(recipient="+15005550009"), 21614),
        (a_text(sender="+15005550007"), 21606),
        (a_text(body="x" * 1601), 21617),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_a_no_is_a_no_with_the_carriers_code(carrier, text, code):
    with pytest.raises(Rejected) as refused:
        carrier.send(text)
    assert refused.value.code == code


def test_a_full_queue_may_be_tried_later(carrier):
    with pytest.raises(NotTaken) as refused:
        carrier.send(a_text(sender="+15005550008"))
    assert refused.value.code == 21611


def test_a_carrier_that_cannot_be_reached_certainly_has_nothing(stack):
    config = stack.config
    nobody = f"http://127.0.0.1:{free_port()}"
    carrier = TwilioCarrier(config.twilio_account_sid, config.twilio_auth_token, nobody, CARRIER)
    with pytest.raises(NotTaken):
        carrier.send(a_text())


@pytest.mark.parametrize("fault", [*AFTER_ACCEPT, "http_5xx_before"])
def test_no_answer_proves_nothing(carrier, phones, fault):
    mobile = fresh_mobile()
    phones.fault(fault, mobile)
    with pytest.raises(Uncertain):
        carrier.send(a_text(recipient=mobile))


def test_wrong_credentials_are_a_no(stack):
    config = stack.config
    carrier = TwilioCarrier(config.twilio_account_sid, "wrong", stack.simulator.url, CARRIER)
    with pytest.raises(Rejected) as refused:
        carrier.send(a_text())
    assert refused.value.code == 20003


def test_the_list_holds_both_directions(carrier, phones):
    mobile = fresh_mobile()
    sent = carrier.send(a_text(recipient=mobile, body="ours"))
    phones.text(mobile, ANA_NUMBER, "theirs")
    listed = [
        each
        for each in carrier.sent_since(sent.at - 1000)
        if mobile in (each.sender, each.recipient)
    ]
    assert {(each.body, each.inbound) for each in listed} == {("ours", False), ("theirs", True)}
