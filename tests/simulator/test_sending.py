"""A text through the real library: its way to the phone, and what the backend is told."""

from datetime import UTC, datetime

import pytest
import requests

from tests.simulator.elsewhere import ACCOUNT, EMPTY_SERVICE, MAYA, OTHER, OURS, SERVICE


def test_a_text_goes_from_queued_to_delivered_and_the_backend_hears_of_each_step(
    twilio, simulator, backend, inbox
):
    made = twilio.messages.create(
        to=MAYA, from_=OURS, body="Hello", status_callback=f"{backend.url}/status?id=7&x=a%20b"
    )
    assert made.status == "queued"
    assert made.sid.startswith("SM")
    assert (made.price, made.date_sent) == (None, None)
    assert backend.wait_for(lambda _: len(backend.statuses()) == 3)
    assert backend.statuses() == ["sending", "sent", "delivered"]
    assert all(seen.signed for seen in backend.seen)
    assert all(seen.path == "/status?id=7&x=a%20b" for seen in backend.seen)
    assert backend.seen[-1].form == {
        "MessageSid": made.sid,
        "SmsSid": made.sid,
        "MessageStatus": "delivered",
        "SmsStatus": "delivered",
        "To": MAYA,
        "From": OURS,
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
    }
    now = twilio.messages(made.sid).fetch()
    assert (now.status, now.price, now.price_unit) == ("delivered", "-0.00790", "USD")
    assert abs((datetime.now(UTC) - now.date_sent).total_seconds()) < 5
    (shown,) = inbox(MAYA)
    assert (shown["direction"], shown["body"], shown["sid"]) == ("received", "Hello", made.sid)


def test_dates_are_written_as_twilio_writes_them(twilio, simulator):
    made = twilio.messages.create(to=MAYA, from_=OURS, body="Hello")
    raw = requests.get(
        f"{simulator.url}{made.uri}", auth=(ACCOUNT, "a token of the tests"), timeout=5
    ).json()
    assert datetime.strptime(raw["date_created"], "%a, %d %b %Y %H:%M:%S %z")


def test_a_number_written_as_people_write_it_is_understood(twilio):
    made = twilio.messages.create(to="(404) 555-0187", from_="404-555-0123", body="Hi")
    assert (made.to, made.from_) == (MAYA, OURS)
    assert twilio.messages.create(to=MAYA, from_="4045550123", body="Hi").from_ == OURS


@pytest.mark.parametrize(
    ("behaviour", "status", "code"),
    [
        ({"outcome": "undelivered", "error_code": 30005}, "undelivered", 30005),
        ({"outcome": "failed", "error_code": 30007}, "failed", 30007),
        ({"line_type": "landline"}, "undelivered", 30006),
    ],
)
def test_a_phone_decides_what_becomes_of_a_text(
    twilio, simulator, backend, inbox, behaviour, status, code
):
    url = f"{simulator.url}/simulator/phones"
    assert requests.post(url, json={"phone": MAYA, **behaviour}, timeout=5).ok
    made = twilio.messages.create(
        to=MAYA, from_=OURS, body="Hi", status_callback=f"{backend.url}/status"
    )
    assert backend.wait_for(lambda _: status in backend.statuses())
    last = backend.seen[-1].form
    assert (last["MessageStatus"], last["ErrorCode"]) == (status, str(code))
    assert (made.fetch().status, made.fetch().error_code) == (status, code)
    assert inbox(MAYA) == []


def test_a_carrier_that_never_confirms_leaves_the_text_at_sent(twilio, simulator, inbox):
    url = f"{simulator.url}/simulator/phones"
    assert requests.post(url, json={"phone": MAYA, "outcome": "sent"}, timeout=5).ok
    made = twilio.messages.create(to=MAYA, from_=OURS, body="Hi")
    assert simulator.settle()
    assert made.fetch().status == "sent"
    assert len(inbox(MAYA)) == 1


def test_a_messaging_service_chooses_the_sender_later(twilio, simulator, backend):
    made = twilio.messages.create(
        to=MAYA, messaging_service_sid=SERVICE, body="Hi", status_callback=f"{backend.url}/status"
    )
    assert (made.status, made.from_, made.num_segments) == ("accepted", None, "0")
    assert simulator.settle()
    assert backend.statuses() == ["queued", "sending", "sent", "delivered"]
    now = made.fetch()
    assert (now.from_, now.messaging_service_sid, now.num_segments) == (OTHER, SERVICE, "1")


def test_a_service_without_numbers_cannot_send(refused):
    assert refused(from_=None, messaging_service_sid=EMPTY_SERVICE).code == 21703
    assert refused(from_=None, messaging_service_sid="MG" + "9" * 32).code == 21705


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("a" * 160, "1"),
        ("a" * 161, "2"),
        ("a" * 307, "3"),
        ("€" * 80, "1"),
        ("€" * 81, "2"),
        ("ж" * 70, "1"),
        ("ж" * 71, "2"),
        ("😀" * 35, "1"),
        ("😀" * 36, "2"),
        ("a" * 1600, "11"),
        ("ж" * 1600, "24"),
        ("it’s", "1"),
        ("’" + "a" * 70, "2"),
    ],
)
def test_segments_are_counted_as_twilio_counts_them(twilio, body, segments):
    assert twilio.messages.create(to=MAYA, from_=OURS, body=body).num_segments == segments


def test_every_accepted_text_is_in_the_ledger_and_in_the_log_of_the_phone_once(
    twilio, simulator, inbox
):
    sids = [twilio.messages.create(to=MAYA, from_=OURS, body=f"{n}").sid for n in range(5)]
    assert simulator.settle()
    ledger = requests.get(f"{simulator.url}/simulator/ledger", timeout=5).json()["messages"]
    assert [m["sid"] for m in ledger] == sids
    assert sorted(t["sid"] for t in inbox(MAYA)) == sorted(sids)
